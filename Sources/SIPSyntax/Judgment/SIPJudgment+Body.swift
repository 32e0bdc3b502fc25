/// The judgment of a body and the fields that describe it.
///
/// RFC 3261 §18.3, §20.14, §20.15
extension SIPJudgment {
    mutating func judgeBody() {
        judgeLength()
        if !message.body.isEmpty, !message.contains(.contentType) {
            note(.contentTypeMissing, at: endOfHead, "There is a body, and no Content-Type says what it is.")
        }
        if let status = message.status, (200...299).contains(status), method == .message, !message.body.isEmpty {
            note(.messageBody, at: endOfHead, "A 2xx response to MESSAGE has a body.")
        }
    }

    private mutating func judgeLength() {
        guard let field = message.field(.contentLength) else {
            if framing == .stream {
                note(.contentLengthMissing, at: endOfHead, "Content-Length is missing in a message over a stream.")
            }
            return
        }
        var scanner = field.scanner
        guard let length: Int = try? scanner.number(), scanner.isAtEnd else { return }
        if length > message.body.count {
            note(
                .contentLengthMismatch, in: field,
                "Content-Length says \(length) and \(message.body.count) bytes of body are there.")
        }
    }
}
