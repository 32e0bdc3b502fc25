import SIPSyntax

/// What becomes of messages to several recipients, and of those of the server itself.
extension Faults {
    /// The recipients who get a copy.
    func addressed(_ recipients: [String], from sender: String) -> [String] {
        if has(.recipientsInOneRequest) { return Array(recipients.prefix(1)) }
        if has(.returnedToSpeaker) { return recipients + [sender] }
        return has(.groupPageMissesMember) ? recipients.dropLast() : recipients
    }

    /// The copy for one recipient.
    func altered(_ copy: SIPMessage, of message: GroupMessage) -> SIPMessage {
        var copy = copy
        if has(.groupPageFromSender), copy.contains(.referredBy) {
            copy.set(.pAssertedIdentity, message.sender.field)
        }
        if has(.groupPageWithoutReferrer) { copy.remove(.referredBy) }
        if has(.listPartForwarded) || has(.recipientsInOneRequest), message.audience == .list {
            copy.set(.contentType, message.request.first(.contentType) ?? "")
            copy.body = message.request.body
        }
        return copy
    }

    /// The status that the sender gets.
    var groupPageStatus: Int { has(.groupPageAnsweredOK) ? 200 : 202 }

    /// Whether a system message is kept for a user who gets it at once.
    var keepsAnnouncements: Bool { has(.systemMessageStored) }

    /// A system message as it is sent.
    func announced(_ request: SIPMessage, of message: SystemMessage, to user: String) -> SIPMessage {
        var request = request
        if has(.systemTagMissing) { request.set(.acceptContact, "*;\(FeatureTag.instantMessaging.rawValue)") }
        if has(.systemMessageFromUser) {
            request.set(.pAssertedIdentity, NameAddress(uri: user).description)
            if var from = try? request.from() {
                from.uri = user
                request.set(.from, from.description)
            }
        }
        if has(.systemTextInside) {
            request.set(.contentType, "text/plain;charset=utf-8")
            request.body = Array(message.text.utf8)
        }
        return request
    }
}
