import SIPSyntax

/// Who wants others to be invited, as they get to know him.
struct Inviter: Equatable {
    let originator: Originator
    /// The From of his request, without its tag.
    let from: NameAddress
    let asksForPrivacy: Bool
    let subject: String?

    init(_ request: ConferenceRequest) {
        originator = request.originator
        from = NameAddress(displayName: request.from.displayName, uri: request.from.uri)
        asksForPrivacy = request.asksForPrivacy
        subject = request.message.first(.subject)
    }
}
