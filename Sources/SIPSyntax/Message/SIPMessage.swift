/// A request or a response: the lines that arrived or shall be sent, and a body.
///
/// RFC 3261 §7
package struct SIPMessage: Sendable {
    package enum StartLine: Hashable, Sendable {
        case request(SIPMethod, uri: String)
        case response(status: Int, reason: String)
    }

    package var startLine: StartLine { didSet { received = nil } }

    /// The version of the start line, `SIP/2.0` unless a peer wrote another.
    package var version = "SIP/2.0" { didSet { received = nil } }

    package var fields: [SIPField] { didSet { received = nil } }
    package var body: [UInt8] { didSet { received = nil } }

    /// The bytes that were parsed, as long as nothing has been changed since.
    package internal(set) var received: [UInt8]?

    package init(_ method: SIPMethod, uri: String, fields: [SIPField] = [], body: [UInt8] = []) {
        startLine = .request(method, uri: uri)
        self.fields = fields
        self.body = body
    }

    init(startLine: StartLine, version: String, fields: [SIPField], body: [UInt8], received: [UInt8]) {
        self.startLine = startLine
        self.version = version
        self.fields = fields
        self.body = body
        self.received = received
    }

    package var isRequest: Bool { method != nil }

    /// The method of a request, nil in a response.
    package var method: SIPMethod? {
        guard case .request(let method, _) = startLine else { return nil }
        return method
    }

    /// The Request-URI of a request, nil in a response.
    package var requestURI: String? {
        guard case .request(_, let uri) = startLine else { return nil }
        return uri
    }

    /// The status code of a response, nil in a request.
    package var status: Int? {
        guard case .response(let status, _) = startLine else { return nil }
        return status
    }
}

extension SIPMessage: Equatable {
    /// Messages are equal when all their parts are, whether received or composed.
    package static func == (first: Self, second: Self) -> Bool {
        first.startLine == second.startLine && first.version == second.version && first.fields == second.fields
            && first.body == second.body
    }
}
