import MessageBodies
import Network
import SIPSyntax

/// One pager-mode message from this client, until its final response.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.1.1, RFC 3428 §4
struct PageOrigination: Procedure {
    /// The size from which on a message is not for pager mode.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §8.1
    static let limit = 1300

    let request: SIPMessage
    /// What notifications call the message, if any are wanted.
    let messageID: String?
    private let text: String

    init(
        text: String, to destination: Destination, profile: IMClient.Profile, at time: Instant,
        identifiers: inout Identifiers
    ) {
        self.text = text
        let fields = ClientFields(profile)
        let uri =
            switch destination {
            case .user(let uri), .group(let uri): uri
            case .users: Self.uri(ofLists: profile)
            }
        var request = fields.initialRequest(.message, to: uri, callID: identifiers.callID(), tag: identifiers.tag())
        fields.address(&request)
        switch profile.deliveryReports {
        case .unasked:
            messageID = nil
            request.add(.contentType, "text/plain")
            request.body = Array(text.utf8)
        case .asked:
            let messageID = identifiers.token()
            self.messageID = messageID
            var wrapper = CPIMMessage(
                from: profile.imAddress, to: destination.uris, contentType: "text/plain", body: Array(text.utf8))
            let wanted = IMDNRequest(messageID: messageID, dispositions: [.positiveDelivery, .negativeDelivery])
            wrapper.request(wanted, dateTime: time.dateTime)
            request.add(.contentType, "message/cpim")
            request.body = wrapper.serialized()
        }
        if case .users(let uris) = destination { request.add(recipients: uris, boundary: identifiers.token()) }
        self.request = request
    }

    /// Where messages to lists go.
    private static func uri(ofLists profile: IMClient.Profile) -> String {
        switch profile.listMessages {
        case .factory: "\(profile.services.conferenceFactory);sessiontype=adhoc"
        case .exploder: profile.services.exploder
        }
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .begin:
            return [.send(request)]
        case .response(let response, to: .message) where response.isSuccess:
            return [.report(.paged(text: text, status: response.status ?? 200)), .finish]
        case .response(let response, to: .message) where response.isFinal:
            return [.report(.pageFailed(text: text, reason: response.outcome)), .finish]
        case .failed(.message, let failure):
            return [.report(.pageFailed(text: text, reason: "no response (\(failure.status))")), .finish]
        case .user, .request, .acknowledged, .cancelled, .response, .failed, .timer, .media, .told, .document:
            return []
        }
    }
}

extension Destination {
    /// Who is written to, in a wrapper.
    fileprivate var uris: [String] {
        switch self {
        case .user(let uri), .group(let uri): [uri]
        case .users(let uris): uris
        }
    }
}
