import Bytes

/// A request or response of HTTP/1.1, everything in the order and spelling of the wire.
///
/// RFC 9112 §2
package struct HTTPMessage: Sendable, Equatable {
    package enum StartLine: Sendable, Equatable {
        case request(method: String, target: String)
        /// Without a reason, nothing follows the status code, not even the space that should.
        case response(status: Int, reason: String?)
    }

    package var startLine: StartLine

    /// The version of the start-line, `HTTP/1.1` unless a peer wrote another.
    package var version = "HTTP/1.1"

    package var fields: [HTTPField]

    /// The bytes after the blank line as on the wire, with what cuts them into chunks.
    ///
    /// RFC 9112 §6
    package var body: [UInt8]

    init(startLine: StartLine, version: String, fields: [HTTPField], body: [UInt8]) {
        self.startLine = startLine
        self.version = version
        self.fields = fields
        self.body = body
    }

    /// A request; one with content says how much.
    package init(_ method: String, _ target: String, fields: [HTTPField] = [], content: [UInt8]? = nil) {
        startLine = .request(method: method, target: target)
        self.fields = fields
        body = content ?? []
        if let content { self.fields.append(HTTPField(.contentLength, String(content.count))) }
    }

    /// A response, which says how much content it has unless it can have none.
    ///
    /// RFC 9110 §8.6
    package init(_ status: HTTPStatusCode, fields: [HTTPField] = [], content: [UInt8] = []) {
        startLine = .response(status: status.rawValue, reason: status.reason)
        self.fields = fields
        body = content
        if status.rawValue >= 200, status != .notModified {
            self.fields.append(HTTPField(.contentLength, String(content.count)))
        }
    }

    /// The method of a request, or nil for a response.
    package var method: String? { if case .request(let method, _) = startLine { method } else { nil } }

    /// The request-target of a request, or nil for a response.
    package var target: String? { if case .request(_, let target) = startLine { target } else { nil } }

    /// The status code of a response, or nil for a request.
    package var status: Int? { if case .response(let status, _) = startLine { status } else { nil } }

    /// What the body carries, without chunk sizes and trailers.
    ///
    /// RFC 9110 §6.4
    package var content: [UInt8] {
        guard isChunked else { return body }
        var chunks = ChunkedBody()
        _ = try? chunks.read(body)
        return chunks.data.flatMap { body[$0] }
    }

    package func serialized() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(fields.reduce(128) { $0 + $1.line.count + 2 } + body.count)
        switch startLine {
        case .request(let method, let target): bytes += "\(method) \(target) \(version)".utf8
        case .response(let status, let reason): bytes += "\(version) \(status)\(reason.map { " \($0)" } ?? "")".utf8
        }
        bytes += [.carriageReturn, .lineFeed]
        for field in fields { bytes += field.line + [.carriageReturn, .lineFeed] }
        bytes += [.carriageReturn, .lineFeed]
        return bytes + body
    }
}
