import HTTPSyntax
import XCAP
import XMLTree

/// A response to a request of XCAP other than success.
struct XCAPRefusal: Error, Equatable {
    var status: HTTPStatusCode
    var fields: [HTTPField] = []
    var content: [UInt8] = []

    init(_ status: HTTPStatusCode, fields: [HTTPField] = []) {
        self.status = status
        self.fields = fields
    }

    /// A refusal with an explanation for people.
    init(_ status: HTTPStatusCode, because explanation: String) {
        self.status = status
        fields = [HTTPField(.contentType, "text/plain; charset=utf-8")]
        content = Array((explanation + "\n").utf8)
    }

    /// What a change that cannot be made is answered with.
    ///
    /// RFC 4825 §11
    init(_ conflict: XCAPConflict) {
        status = .conflict
        fields = [HTTPField(.contentType, XCAPConflict.contentType)]
        content = conflict.document.serialized()
    }

    /// RFC 4825 §8: what is not the URI of a resource that could exist is malformed, or not there.
    init(_ error: XCAPSyntaxError) {
        switch error.rule {
        case .root, .auid, .documentSelector:
            self.init(.notFound)
        case .sizeLimit:
            self.init(.uriTooLong)
        case .nodeSelector, .step, .attributeSelector, .position, .attributeValue, .query, .prefix, .segment,
            .percentEncoding:
            self.init(.badRequest, because: "The request-target breaks the rule \(error.rule.rawValue)")
        }
    }

    var response: HTTPMessage { HTTPMessage(status, fields: fields, content: content) }
}
