import Bytes

extension SIPMessage {
    /// Frames one whole message; field values are kept as they are and judged elsewhere.
    ///
    /// The body is as long as Content-Length says, or what is there, whichever is shorter; without a usable
    /// Content-Length it is the rest. A line may end in a lone LF, and CRLF may come before the start line.
    ///
    /// RFC 3261 §7, §7.5, §18.3
    package init(parsing datagram: [UInt8]) throws(SIPSyntaxError) {
        var lines = SIPLines(datagram)
        lines.skipEmptyLines()
        let (startLine, version) = try SIPStartLine.parse(datagram, try lines.start())
        var fields: [SIPField] = []
        fields.reserveCapacity(16)
        while let field = try lines.field() {
            if fields.count == SIPLimits.fields { throw SIPSyntaxError(.messageHeader, at: lines.position) }
            fields.append(field)
        }

        var end = datagram.count
        if let field = fields.first(where: { $0.name == .contentLength }) {
            var scanner = field.scanner
            if let length: Int = try? scanner.number(), scanner.isAtEnd {
                end = min(end, lines.position + min(length, datagram.count))
            }
        }
        if end - lines.position > SIPLimits.bodyBytes { throw SIPSyntaxError(.messageBody, at: lines.position) }
        let body = end > lines.position ? Array(datagram[lines.position..<end]) : []
        self.init(startLine: startLine, version: version, fields: fields, body: body, received: datagram)
    }
}
