/// A request or response of MSRP: one chunk of a message, a report, or an answer.
///
/// RFC 4975 §9
package struct MSRPMessage: Sendable, Equatable {
    package enum StartLine: Sendable, Equatable {
        case request(method: String)
        case response(status: Int, comment: String?)
    }

    /// What the end-line says about the rest of the message.
    package enum Continuation: UInt8, Sendable, CaseIterable {
        /// `$`: this chunk ends the message.
        case complete = 0x24
        /// `+`: there are further chunks.
        case more = 0x2B
        /// `#`: the sender has given the message up.
        case aborted = 0x23
    }

    package var transactionID: String
    package var startLine: StartLine
    /// All fields in the order of the wire, paths included.
    package var fields: [MSRPField]
    /// The body, or nil when the message has none.
    package var body: [UInt8]?
    package var continuation: Continuation

    package init(
        transactionID: String, _ startLine: StartLine, toPath: [String], fromPath: [String], fields: [MSRPField] = [],
        body: [UInt8]? = nil, continuation: Continuation = .complete
    ) {
        self.transactionID = transactionID
        self.startLine = startLine
        let paths = [
            MSRPField(.toPath, toPath.joined(separator: " ")), MSRPField(.fromPath, fromPath.joined(separator: " ")),
        ]
        self.fields = paths + fields
        self.body = body
        self.continuation = continuation
    }

    /// The response to a request, sent back one hop for SEND and along the whole path for other methods.
    ///
    /// RFC 4975 §7.2
    package init(status: Int, to request: MSRPMessage) {
        let back = request.method == "SEND" ? Array(request.fromPath.prefix(1)) : request.fromPath
        self.init(
            transactionID: request.transactionID,
            .response(status: status, comment: MSRPStatusCode(rawValue: status)?.comment), toPath: back,
            fromPath: Array(request.toPath.prefix(1)))
    }

    /// The method of a request, or nil for a response.
    package var method: String? { if case .request(let method) = startLine { method } else { nil } }

    /// The status code of a response, or nil for a request.
    package var status: Int? { if case .response(let status, _) = startLine { status } else { nil } }
}
