package import Conformance

/// An MSRP path as a session description names it: who says it, to whom, and in whose name.
package struct PathDescription: Sendable {
    package enum Role: Sendable, Hashable {
        case offer
        case answer
    }

    package var path: [MSRPAddress]
    /// The number of the message that carries the description.
    package var message: Int
    package var sender: PartyName?
    package var receiver: PartyName?
    package var role: Role
    /// The user whom the message identifies, as a URI.
    package var identity: String?
    package var dialog: DialogName
    /// Whether the description says itself who opens the connection.
    package var hasSetup: Bool

    static func all(in messages: [DissectedMessage]) -> [PathDescription] {
        var descriptions: [PathDescription] = []
        for message in messages where message.repeats == nil {
            guard let media = message.mediaDescription, !media.path.isEmpty, let summary = message.sipSummary else {
                continue
            }
            let answersOffer = message.answers.map { messages[$0 - 1].mediaDescription != nil } ?? false
            descriptions.append(
                PathDescription(
                    path: media.path, message: message.number, sender: message.sender, receiver: message.receiver,
                    role: answersOffer || message.requestMethod == "ACK" ? .answer : .offer,
                    identity: message.identity, dialog: summary.dialog, hasSetup: media.hasSetup))
        }
        return descriptions
    }
}
