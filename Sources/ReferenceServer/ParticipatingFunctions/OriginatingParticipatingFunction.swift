import Network
import SIPSyntax

/// The IM server on the side of the user who sends.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.1
struct OriginatingParticipatingFunction {
    let policy: ServicePolicy
    let host: String

    /// When the time is over that each user has, or had, for the answer to a system message.
    private var answersDue: [String: Instant] = [:]

    init(policy: ServicePolicy, host: String) {
        self.policy = policy
        self.host = host
    }

    /// Takes note that a user must answer a system message by this time: Ts1.
    ///
    /// §5.4 step 7; the earliest of several counts.
    mutating func expectAnswer(of user: String, by time: Instant) {
        answersDue[user] = min(time, answersDue[user] ?? time)
    }

    /// Takes note that a user has answered all system messages.
    mutating func noteAnswer(of user: String) { answersDue[user] = nil }

    /// The first reason to refuse a request, in the order of the specification.
    func refusal(of request: IMRequest, at time: Instant) -> Refusal? {
        refusal(of: request.message, by: request.originator, at: time)
            ?? sessionRules(request)
            ?? request.refusal(by: policy, host: host)
            ?? pagerRules(request, at: time)
    }

    /// The first reason to refuse any request of a served client, whatever it wants.
    ///
    /// §5.1, and §6.1.1.1 steps 1 to 3
    func refusal(of request: SIPMessage, by originator: Originator?, at time: Instant) -> Refusal? {
        guard let originator else { return Refusal(403, because: "Originator not identified") }
        return authorisation(of: originator) ?? answer(of: originator, at: time) ?? release(of: request)
    }

    /// Whether a user may use the service, of which publishing settings is a part.
    ///
    /// §6.1.1.1 step 1 and §6.1.1.5 step 3
    func authorisation(of originator: Originator) -> Refusal? {
        guard let entitled = policy.entitledUsers, !entitled.contains(originator.user) else { return nil }
        return Refusal(403, .serviceNotAuthorised)
    }

    /// Whether the user owes an answer to a system message.
    ///
    /// §6.1.1.1 step 2
    private func answer(of originator: Originator, at time: Instant) -> Refusal? {
        guard let due = answersDue[originator.user], due <= time else { return nil }
        return Refusal(403, fields: [SIPField(.errorInfo, "<sip:system-message-unanswered@\(host)>")])
    }

    /// Whether the client names a release that the server requires.
    ///
    /// §6.1.1.1 step 3
    private func release(of request: SIPMessage) -> Refusal? {
        guard let accepted = policy.acceptedReleases else { return nil }
        let release = request.first(.userAgent).flatMap(ReleaseVersion.init)
        if let release, accepted.contains(release.version) { return nil }
        return Refusal(403, fields: [SIPField(.errorInfo, "<sip:release-not-supported@\(host)>")])
    }

    /// Whether one user may invite another.
    private func sessionRules(_ request: IMRequest) -> Refusal? {
        guard request.kind == .session, policy.oneToOneSessions == .byFactory else { return nil }
        return Refusal(403, .functionNotAllowed)
    }

    /// Anonymity, and messages whose time has passed.
    ///
    /// §6.1.1.3.1 steps 2 and 3
    private func pagerRules(_ request: IMRequest, at time: Instant) -> Refusal? {
        guard request.kind == .pager else { return nil }
        if request.message.asksForPrivacy, policy.anonymity == .refused { return Refusal(403, .anonymityNotAllowed) }
        return request.hasExpired(at: time) ? Refusal(480, because: "The message has expired") : nil
    }
}
