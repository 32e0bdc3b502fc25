import MessageBodies
import Network
import SIPSyntax

/// The IM server on the side of the user who receives.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.2
struct TerminatingParticipatingFunction {
    /// What becomes of a request.
    enum Decision: Equatable {
        /// It goes to the user.
        case delivery
        /// It is kept until the user comes back.
        case deferral
        case refusal(Refusal)
    }

    let policy: ServicePolicy
    let host: String

    /// The users whom the core has announced as registered.
    private var available: Set<String> = []

    init(policy: ServicePolicy, host: String) {
        self.policy = policy
        self.host = host
    }

    /// Takes the news of the core about a user.
    ///
    /// §5.3
    mutating func note(_ registration: ThirdPartyRegistration) {
        switch registration {
        case .registered(let user): available.insert(user)
        case .deregistered(let user): available.remove(user)
        }
    }

    func isAvailable(_ user: String) -> Bool { available.contains(user) }

    /// What becomes of a request, by the first step of the specification that decides it.
    ///
    /// §6.1.2.1; for a group advertisement §6.1.2.6, which knows no barring
    func decision(
        on request: IMRequest, settings: IMServiceSettings, rules: AccessRules? = nil, at time: Instant
    ) -> Decision {
        let isBarred = !request.isGroupAdvertisement && bars(request, by: settings)
        if isBarred { return .refusal(Refusal(403, .serviceNotAuthorised)) }
        if rules?.reject(request) == true { return .refusal(Refusal(403, .functionNotAllowed)) }
        if let refusal = request.refusal(by: policy, host: host) { return .refusal(refusal) }
        if request.hasExpired(at: time) { return .refusal(Refusal(480, because: "The message has expired")) }
        if isAvailable(request.recipient) { return .delivery }
        return canDefer(request) ? .deferral : .refusal(Refusal(480, because: "The user is not registered"))
    }

    /// Step 1.
    private func bars(_ request: IMRequest, by settings: IMServiceSettings) -> Bool {
        switch request.kind {
        case .session: settings.barsSessions
        case .pager, .largeMessage: settings.barsPagers
        }
    }

    /// Step 5: sessions are never deferred.
    private func canDefer(_ request: IMRequest) -> Bool {
        switch request.kind {
        case .session: false
        case .pager, .largeMessage:
            !request.isEphemeral && policy.deferredMessageUsers?.contains(request.recipient) ?? true
        }
    }
}
