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
    /// The service that the session is of.
    package var service: SessionService
    /// What the media line says that the path stands in.
    package var media: MediaSummary
    /// Whether the description says itself who opens the connection.
    package var hasSetup: Bool { media.hasSetup }

    static func all(in messages: [DissectedMessage]) -> [PathDescription] {
        let services = SessionService.all(in: messages)
        return messages.flatMap { message in
            all(in: message, answering: message.answers.map { messages[$0 - 1] }, services)
        }
    }

    /// The paths that a message names.
    ///
    /// - Parameters:
    ///   - message: A message of the trace.
    ///   - request: The request that it answers.
    ///   - services: The services of the sessions by their Call-IDs.
    /// - Returns: the descriptions in the order of the media lines.
    static func all(
        in message: DissectedMessage, answering request: DissectedMessage?, _ services: [String: SessionService]
    ) -> [PathDescription] {
        guard message.repeats == nil, let summary = message.sipSummary else { return [] }
        let answersOffer = request?.mediaDescription != nil
        return message.mediaDescriptions.filter { !$0.path.isEmpty }.map { media in
            PathDescription(
                path: media.path, message: message.number, sender: message.sender, receiver: message.receiver,
                role: answersOffer || message.requestMethod == "ACK" ? .answer : .offer,
                identity: message.identity, dialog: summary.dialog,
                service: services[summary.callID] ?? .conversation, media: media)
        }
    }

    /// By which service a content travels that carries no stored message itself.
    var mode: Condition.Mode {
        if media.file != nil { return .file }
        return switch service {
        case .conversation: .session
        case .largeMessage: .large
        case .deferredMessages: .deferred
        case .history: .history
        }
    }
}

/// What an INVITE opens a session for.
package enum SessionService: Sendable, Hashable {
    /// A session of two or more users, which may also transfer files.
    case conversation
    /// OMA-TS-SIMPLE_IM-V1_0 §9
    case largeMessage
    /// The retrieval or delivery of deferred messages.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.1.1 and §12.2.2.2
    case deferredMessages
    /// The retrieval of recorded conversations.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §13.1.3
    case history

    /// The services of the sessions by their Call-IDs, as the INVITE says that opens them.
    static func all(in messages: [DissectedMessage]) -> [String: SessionService] {
        var services: [String: SessionService] = [:]
        for message in messages where message.requestMethod == "INVITE" && message.isOutsideDialog {
            guard let callID = message.sipSummary?.callID, services[callID] == nil else { continue }
            services[callID] = message.sessionService
        }
        return services
    }
}

extension DissectedMessage {
    /// What an INVITE opens a session for.
    package var sessionService: SessionService {
        switch requestTarget?.function {
        case .deferredMessages: .deferredMessages
        case .history: .history
        case .deletion, nil:
            hasFeatureTag("+g.oma.sip-im.large-message")
                ? .largeMessage
                : isAutomatic && mediaDescription?.direction == "sendonly" ? .deferredMessages : .conversation
        }
    }

    /// Whether the tag stands in Accept-Contact or Contact.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 Appendix D.1: a server between two dialogs puts it into Contact
    package func hasFeatureTag(_ tag: String) -> Bool {
        (values(of: "Accept-Contact") + values(of: "Contact")).contains { value in
            value.split(separator: ";").dropFirst().contains { parameter in
                parameter.prefix { $0 != "=" }.lowercased().filter { !$0.isWhitespace } == tag
            }
        }
    }

    /// Whether the Contact is that of a machine, which delivers what it has stored.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.2 (1e)
    private var isAutomatic: Bool { hasFeatureTag("automata") }
}

/// A function of the server that has a URI of its own.
///
/// OMA-TS-SIMPLE_IM-V1_0 Appendix F.2; it writes the names in either letter case
package enum ServiceFunction: String, Sendable {
    case deferredMessages = "deferred"
    case history
    case deletion = "delete"
}

extension SIPTarget {
    /// The function of the server that the URI names.
    package var function: ServiceFunction? { user.flatMap { ServiceFunction(rawValue: $0.lowercased()) } }
}
