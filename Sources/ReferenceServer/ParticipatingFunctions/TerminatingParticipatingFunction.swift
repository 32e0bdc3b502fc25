import MessageBodies
import SIPSyntax

/// The IM server on the side of the user who receives.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.2
struct TerminatingParticipatingFunction {
    let policy: ServicePolicy

    /// The users whom the core has announced as registered.
    private var available: Set<String> = []

    init(policy: ServicePolicy) {
        self.policy = policy
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

    /// The first reason to refuse a request, in the order of the specification.
    ///
    /// §6.1.2.1
    func refusal(of request: IMRequest, settings: IMServiceSettings) -> Refusal? {
        barring(of: request, by: settings)
            ?? request.refusal(by: policy)
            ?? (request.hasExpired ? Refusal(480, because: "The message has expired") : nil)
            ?? (available.contains(request.recipient) ? nil : Refusal(480, because: "The user is not registered"))
    }

    private func barring(of request: IMRequest, by settings: IMServiceSettings) -> Refusal? {
        let isBarred =
            switch request.kind {
            case .session: settings.barsSessions
            case .pager, .largeMessage: settings.barsPagers
            }
        return isBarred ? Refusal(403, .serviceNotAuthorised) : nil
    }
}
