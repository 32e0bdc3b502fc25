import MessageBodies
import SIPSyntax

/// MESSAGE requests to several recipients.
extension Client {
    /// A page to the recipients of a list.
    func page(
        _ text: String, toList recipients: [String], at target: String = "sip:exploder@home.example",
        type: String = "text/plain", _ lines: String = "Accept-Contact: *;+g.oma.sip-im"
    ) -> SIPMessage {
        let body = MultipartBody(
            boundary: "part",
            parts: [
                MultipartBody.BodyPart(contentType: type, body: Array(text.utf8)),
                MultipartBody.BodyPart(
                    contentType: ResourceLists.mediaType, disposition: .recipientList,
                    body: ResourceLists(recipients).serialized()),
            ])
        return request(
            "MESSAGE", target, lines + "\nRequire: recipient-list-message", type: "multipart/mixed;boundary=part",
            body: String(decoding: body.serialized(), as: UTF8.self))
    }
}
