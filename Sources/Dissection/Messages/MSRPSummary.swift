import MSRP

/// What an MSRP message says about paths, contents and reports.
package struct MSRPSummary: Sendable, Hashable {
    package enum Continuation: Sendable, Hashable {
        case complete
        case more
        case aborted
    }

    /// Which answers a request asks for.
    ///
    /// RFC 4975 §7.1.1 Failure-Report
    package enum Response: Sendable, Hashable {
        case always
        case onFailure
        case never
    }

    package var toPath: [MSRPAddress]
    package var fromPath: [MSRPAddress]
    package var messageID: String?
    package var hasByteRange: Bool
    package var hasBody: Bool
    package var continuation: Continuation
    package var wantsSuccessReport: Bool
    package var response: Response

    init(_ message: MSRPMessage) {
        toPath = message.toPath.map(MSRPAddress.init)
        fromPath = message.fromPath.map(MSRPAddress.init)
        messageID = message.messageID
        hasByteRange = message.first(.byteRange) != nil
        hasBody = message.body != nil
        continuation =
            switch message.continuation {
            case .complete: .complete
            case .more: .more
            case .aborted: .aborted
            }
        wantsSuccessReport = message.successReport == true
        response =
            switch message.failureReport ?? .yes {
            case .yes: .always
            case .partial: .onFailure
            case .no: .never
            }
    }
}

/// One URI of a path: equal to another where both name the same end of the same session.
///
/// RFC 4975 §6.1
package struct MSRPAddress: Sendable, Hashable, CustomStringConvertible {
    /// The URI as written.
    package let description: String
    private let canonical: String

    package init(_ text: String) {
        description = text
        guard let uri = try? MSRPURI(parsing: text) else {
            canonical = text
            return
        }
        let scheme = uri.isSecure ? "msrps" : "msrp"
        let port = uri.port.map { ":\($0)" } ?? ""
        canonical =
            "\(scheme)://\(uri.host.lowercased())\(port)/\(uri.sessionID ?? "");\(uri.transport.lowercased())"
    }

    package static func == (left: Self, right: Self) -> Bool { left.canonical == right.canonical }

    package func hash(into hasher: inout Hasher) { hasher.combine(canonical) }
}
