import SIPSyntax

/// The IM server on the side of the user who sends.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.1
struct OriginatingParticipatingFunction {
    let policy: ServicePolicy
    let host: String

    /// The first reason to refuse a request, in the order of the specification.
    func refusal(of request: IMRequest) -> Refusal? {
        guard let originator = request.originator else { return Refusal(403, because: "Originator not identified") }
        return authorisation(of: originator)
            ?? release(of: request.message)
            ?? request.refusal(by: policy)
            ?? pagerRules(request)
    }

    /// Whether a user may use the service, of which publishing settings is a part.
    ///
    /// §6.1.1.1 step 1 and §6.1.1.5 step 3
    func authorisation(of originator: Originator) -> Refusal? {
        guard let entitled = policy.entitledUsers, !entitled.contains(originator.user) else { return nil }
        return Refusal(403, .serviceNotAuthorised)
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

    /// Anonymity, and messages whose time has passed.
    ///
    /// §6.1.1.3.1 steps 2 and 3
    private func pagerRules(_ request: IMRequest) -> Refusal? {
        guard request.kind == .pager else { return nil }
        if request.message.asksForPrivacy, policy.anonymity == .refused { return Refusal(403, .anonymityNotAllowed) }
        return request.hasExpired ? Refusal(480, because: "The message has expired") : nil
    }
}
