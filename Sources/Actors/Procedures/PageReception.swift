import Bytes
import MessageBodies
import SIPSyntax

/// The answer to one pager-mode message that reaches this client.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.2.1, RFC 3428 §7
struct PageReception: Procedure {
    private let fields: ClientFields
    private let tag: String
    private let pages: ReportedPages

    /// The answer to a message, which may be a notification about one of these pages.
    init(fields: ClientFields, pages: ReportedPages, identifiers: inout Identifiers) {
        self.fields = fields
        self.pages = pages
        tag = identifiers.tag()
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .request(let message, let transaction):
            var response = fields.response(200, to: message, tag: tag)
            // §8.2.1 asks for User-Agent and for the address of the user in the response.
            response.add(.userAgent, ClientFields.version)
            response.add(.pPreferredIdentity, "<\(fields.imAddress)>")
            return [.respond(response, to: transaction)] + present(message)
                + (message.wholeBody.wrapper.map { [.notify($0, author: message.author)] } ?? []) + [.finish]
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
}

extension SIPMessage {
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
