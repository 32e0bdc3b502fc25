import Conformance
import HTTPSyntax

/// The last stage before the wire for requests to the document servers: defects and mutations.
struct OutgoingHTTP: Sendable {
    private let defects: Set<ClientDefect>
    /// The changes that the current step makes to what is composed during it.
    var mutations: [Mutation] = []

    init(defects: Set<ClientDefect>) {
        self.defects = defects
    }

    /// The writes that the request becomes: none when it is lost on purpose.
    func copies(of message: HTTPMessage) -> [[UInt8]] {
        var altered = message
        if defects.contains(.groupDocumentMistyped), message.method == "PUT" {
            altered.set(.contentType, "text/xml")
        }
        let meant = mutations.filter { $0.message == message.method }
        for mutation in meant { mutation.alter(&altered) }
        let bytes = meant.compactMap(\.replacement).last ?? altered.serialized()
        return Array(repeating: bytes, count: meant.compactMap(\.times).last ?? 1)
    }
}

extension Mutation {
    fileprivate func alter(_ message: inout HTTPMessage) {
        switch change {
        case .set(field: "Request-URI", let value):
            if let method = message.method { message.startLine = .request(method: method, target: value) }
        case .set(let field, let value): message.set(HTTPFieldName(field), value)
        case .omit(let field): message.fields.removeAll { $0.isNamed(HTTPFieldName(field)) }
        case .repeat, .raw: break
        }
    }
}
