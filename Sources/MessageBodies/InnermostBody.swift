/// The payload inside any number of message/cpim wrappers, up to eight.
///
/// What does not parse as its type says stays as it is.
package func innermost(contentType: String, body: [UInt8]) -> (contentType: String, body: [UInt8]) {
    var payload = (contentType: contentType, body: body)
    for _ in 0..<8 {
        guard ContentType(parsing: payload.contentType)?.essence == "message/cpim",
            let message = try? CPIMMessage(parsing: payload.body)
        else { break }
        payload = (message.contentType, message.body)
    }
    return payload
}
