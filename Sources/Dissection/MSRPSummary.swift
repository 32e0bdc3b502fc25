import MSRP

/// What an MSRP message says about paths, contents and reports.
package struct MSRPSummary: Sendable, Hashable {
    package enum Continuation: Sendable, Hashable {
        case complete
        case more
        case aborted
    }

    package var toPath: [String]
    package var fromPath: [String]
    package var messageID: String?
    package var continuation: Continuation
    package var wantsSuccessReport: Bool
    /// Whether a request is to be answered: Failure-Report is `yes` or absent.
    ///
    /// RFC 4975 §7.1
    package var wantsResponse: Bool
}

extension DissectedMessage {
    /// The message in terms of MSRP, or nil where it is none.
    package var msrpSummary: MSRPSummary? {
        guard let msrp else { return nil }
        let continuation: MSRPSummary.Continuation =
            switch msrp.continuation {
            case .complete: .complete
            case .more: .more
            case .aborted: .aborted
            }
        return MSRPSummary(
            toPath: msrp.toPath, fromPath: msrp.fromPath, messageID: msrp.messageID, continuation: continuation,
            wantsSuccessReport: msrp.successReport == true, wantsResponse: (msrp.failureReport ?? .yes) == .yes)
    }
}
