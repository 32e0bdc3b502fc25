import Bytes
import MessageBodies
import Network
import SIPSyntax

/// The answer to one pager-mode message that reaches this client.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.2.1, RFC 3428 §7
struct PageReception: Procedure {
    private let fields: ClientFields
    private let tag: String
    private let pages: ReportedPages
    private let time: Instant
    private var identifiers: Identifiers

    /// The answer to a message that comes at this time, and may be a notification about one of these pages.
    init(fields: ClientFields, pages: ReportedPages, at time: Instant, identifiers: inout Identifiers) {
        self.fields = fields
        self.pages = pages
        self.time = time
        tag = identifiers.tag()
        self.identifiers = identifiers.split()
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .request(let message, let transaction):
            var response = fields.response(200, to: message, tag: tag)
            // §8.2.1 asks for User-Agent and for the address of the user in the response.
            response.add(.userAgent, ClientFields.version)
            response.add(.pPreferredIdentity, "<\(fields.imAddress)>")
            return [.respond(response, to: transaction)] + present(message) + notify(message) + [.finish]
        case .begin, .user, .acknowledged, .cancelled, .response, .failed, .timer, .media, .told, .document:
            return []
        }
    }

    /// Shows the message to the user, what the system says apart from what other users say.
    private func present(_ message: SIPMessage) -> [ProcedureEffect] {
        guard let text = message.pageText else { return message.notifications.compactMap(pages.report) }
        let isAnnouncement = message.isSystemMessage || message.isGroupAdvertisement
        return [
            .report(
                isAnnouncement
                    ? .announced(text: text, from: message.originator)
                    : .received(text: text, from: message.author, session: nil))
        ]
    }

    /// Tells the sender that the message has arrived, where it wants to know.
    private mutating func notify(_ message: SIPMessage) -> [ProcedureEffect] {
        let notification = DeliveryNotification(
            of: message.wholeBody.wrapper, from: message.author, fields: fields, at: time, identifiers: &identifiers)
        return notification.map { [.start($0)] } ?? []
    }
}

extension SIPMessage {
    /// What the message tells of messages of this client, one or several at once.
    ///
    /// RFC 5438 §8
    var notifications: [IMDN] {
        let (type, body) = innermost(contentType: first(.contentType) ?? "text/plain", body: body)
        let whole = MultipartBody.BodyPart(contentType: type, body: body)
        let parts = (try? MultipartBody(parsing: body, contentType: type))?.leaves ?? [whole]
        return parts.compactMap { part in
            let (type, body) = innermost(contentType: part.contentType, body: part.body)
            guard ContentType(parsing: type)?.essence == IMDN.mediaType else { return nil }
            return try? IMDN(parsing: body)
        }
    }

    /// Whether the server speaks to the user.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.4 (2)
    var isSystemMessage: Bool {
        let accepted = (try? acceptContacts()) ?? []
        return accepted.contains { $0.parameters.contains { $0.name.lowercased() == ClientFields.systemMessageTag } }
    }

    fileprivate var wholeBody: MultipartBody.BodyPart {
        MultipartBody.BodyPart(contentType: first(.contentType) ?? "text/plain", body: body)
    }

    fileprivate var isGroupAdvertisement: Bool {
        wholeBody.essence == "application/vnd.poc.group-advertisement+xml"
    }

    /// What the user reads.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §8.2.1 (3)
    fileprivate var pageText: String? {
        isGroupAdvertisement ? first(.subject) : wholeBody.pageText
    }
}

extension MultipartBody.BodyPart {
    /// The message/cpim wrapper that the part is, or that is one part of it.
    var wrapper: CPIMMessage? {
        let multipart = try? MultipartBody(parsing: body, contentType: contentType)
        let part = (multipart?.leaves ?? [self]).first { $0.essence == "message/cpim" }
        return part.flatMap { try? CPIMMessage(parsing: $0.body) }
    }

    /// The text in the body of a page, the reference to one that is elsewhere, or nil where there is neither.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §8.2.1 (5), RFC 4483 §3
    var pageText: String? {
        let multipart = try? MultipartBody(parsing: body, contentType: contentType)
        for part in multipart?.leaves ?? [self] {
            let (type, body) = innermost(contentType: part.contentType, body: part.body)
            let payload = Self(contentType: type, body: body)
            if payload.essence.hasPrefix("text/") { return body.text }
            if payload.essence == "message/external-body" { return ContentType(parsing: type)?.parameter("url") }
        }
        return nil
    }
}
