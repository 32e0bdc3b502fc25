import Bytes

extension SIPMessage {
    /// Frames one whole message; field values are kept as they are and judged elsewhere.
    ///
    /// The body is as long as the first Content-Length that is a number says, or what is there, whichever is
    /// shorter; without one it is the rest. A line may end in a lone LF, and CRLF may precede the start line.
    ///
    /// RFC 3261 §7, §7.5, §18.3
    package init(parsing datagram: [UInt8]) throws(SIPSyntaxError) {
        if datagram.count > SIPLimits.messageBytes { throw SIPSyntaxError(.message, at: SIPLimits.messageBytes) }
        var lines = SIPLines(datagram)
        lines.skipEmptyLines()
        let (startLine, version) = try SIPStartLine.parse(datagram, try lines.start())
        var fields: [SIPField] = []
        fields.reserveCapacity(16)
        var length: Int?
        while let field = try lines.field() {
            if fields.count == SIPLimits.fields { throw SIPSyntaxError(.messageHeader, at: lines.position) }
            if field.known == .contentLength, length == nil { length = field.length }
            fields.append(field)
        }
        let end = min(datagram.count, lines.position + min(length ?? .max, datagram.count))
        let body = end > lines.position ? Array(datagram[lines.position..<end]) : []
        self.init(startLine: startLine, version: version, fields: fields, body: body, received: datagram)
    }
}

extension SIPField {
    /// The value as a number of bytes, or nil when it is none.
    fileprivate var length: Int? {
        var scanner = scanner
        guard let length: Int = try? scanner.number(), scanner.isAtEnd else { return nil }
        return length
    }
}
