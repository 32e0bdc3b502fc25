import Bytes

extension SIPMessage {
    /// The message as bytes to send; a Content-Length is added where none of the fields is one.
    ///
    /// RFC 3261 §7.5
    package func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(fields.reduce(body.count + 128) { $0 + $1.line.count + 2 })
        switch startLine {
        case .request(let method, let uri): bytes += "\(method.name) \(uri) \(version)\r\n".utf8
        case .response(let status, let reason): bytes += "\(version) \(status) \(reason)\r\n".utf8
        }
        for field in fields {
            bytes += field.line
            bytes += "\r\n".utf8
        }
        if !contains(.contentLength) { bytes += "Content-Length: \(body.count)\r\n".utf8 }
        bytes += "\r\n".utf8
        bytes += body
        return bytes
    }
}
