/// A place where bytes leave the grammar of MSRP.
package struct MSRPSyntaxError: Error, Hashable, Sendable {
    package let rule: MSRPRule
    /// How many bytes had been understood.
    package let offset: Int

    package init(_ rule: MSRPRule, at offset: Int) {
        self.rule = rule
        self.offset = offset
    }
}

/// The rules of the grammar, spelled as there.
///
/// RFC 4975 §9
package enum MSRPRule: String, Hashable, Sendable {
    case start = "msrp-req-or-resp"
    case transactionID = "transact-id"
    case method
    case statusCode = "status-code"
    case comment
    case headers
    case endLine = "end-line"
    case continuationFlag = "continuation-flag"
    case data

    case uri = "MSRP-URI"
    case scheme = "msrp-scheme"
    case authority
    case sessionID = "session-id"
    case transport
    case uriParameter = "URI-parameter"

    /// Not a rule of the RFC: the reader refuses to hold more than its limit.
    case sizeLimit = "size limit"
}
