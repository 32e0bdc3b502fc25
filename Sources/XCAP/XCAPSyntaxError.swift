/// Why a request-target is not the URI of anything.
package struct XCAPSyntaxError: Error, Hashable, Sendable {
    package let rule: XCAPRule
    /// Where the part that breaks the rule begins, in bytes of the target.
    package let offset: Int

    package init(_ rule: XCAPRule, at offset: Int) {
        self.rule = rule
        self.offset = offset
    }
}

/// What a URI consists of, in the words of the specification.
///
/// RFC 4825 §6
package enum XCAPRule: String, Hashable, Sendable {
    /// The path is not below the XCAP root.
    case root = "XCAP root"
    /// The application usage is none of those known.
    case auid = "AUID"
    case documentSelector = "document selector"
    case nodeSelector = "node-selector"
    case step
    case attributeSelector = "attribute-selector"
    case position
    case attributeValue = "att-value"
    /// The query is no sequence of pointer parts.
    case query = "Query"
    /// A prefix that the query does not bind.
    case prefix = "namespace prefix"
    /// A part of the path that could mean another document than it seems to.
    case segment
    case percentEncoding = "pct-encoded"
    /// Not a rule of the RFC: the reader refuses to look at more than its limit.
    case sizeLimit = "size limit"
}
