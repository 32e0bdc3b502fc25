import Bytes

/// The name of a header field, compared without letter case.
///
/// RFC 4975 §9; literals of an ABNF match in either case (RFC 5234 §2.3).
package struct MSRPFieldName: Hashable, Sendable, CustomStringConvertible {
    package let description: String
    private let folded: [UInt8]

    package init(_ name: String) {
        description = name
        folded = name.utf8.map(\.lowercased)
    }

    package static let toPath = MSRPFieldName("To-Path")
    package static let fromPath = MSRPFieldName("From-Path")
    package static let messageID = MSRPFieldName("Message-ID")
    package static let successReport = MSRPFieldName("Success-Report")
    package static let failureReport = MSRPFieldName("Failure-Report")
    package static let byteRange = MSRPFieldName("Byte-Range")
    package static let status = MSRPFieldName("Status")
    package static let contentType = MSRPFieldName("Content-Type")
    package static let contentDisposition = MSRPFieldName("Content-Disposition")

    package static func == (left: MSRPFieldName, right: MSRPFieldName) -> Bool { left.folded == right.folded }

    package func hash(into hasher: inout Hasher) { hasher.combine(folded) }

    /// Whether the bytes spell this name.
    package func matches(_ spelling: ArraySlice<UInt8>) -> Bool {
        guard spelling.count == folded.count else { return false }
        return zip(spelling, folded).allSatisfy { $0.lowercased == $1 }
    }

    /// Whether the name is that of a field of the body, as every field beginning with `Content-` is.
    package var describesBody: Bool { folded.starts(with: "content-".utf8) }
}
