import Conformance
import Dissection
import Network

/// The reports of a trace by the message that they are about.
struct ReportIndex {
    private struct Key: Hashable {
        var id: String
        var sender: SocketAddress
        var receiver: SocketAddress
    }

    private let reports: Set<Key>
    /// What relays pass on, by its bytes.
    private let passedOn: [[UInt8]: [InstantMessage]]

    init(_ evidence: Evidence) {
        reports = Set(
            evidence.messages.filter { $0.isMSRP && $0.requestMethod == "REPORT" }.map { report in
                Key(id: report.msrpSummary?.messageID ?? "", sender: report.source, receiver: report.destination)
            })
        passedOn = Dictionary(
            grouping: evidence.dissection.instantMessages.filter { $0.sender == .server && $0.mode != .pager },
            by: \.payload)
    }

    /// Whether a report about the content has come back along its connection.
    func has(_ content: InstantMessage, _ evidence: Evidence) -> Bool {
        guard let last = content.parts.last.map({ evidence.dissection[$0] }) else { return false }
        return reports.contains(Key(id: content.id, sender: last.destination, receiver: last.source))
    }

    /// Whether a relay has passed the content on and has no report about it itself yet.
    func waitForOthers(_ content: InstantMessage, _ evidence: Evidence) -> Bool {
        guard content.receiver == .server else { return false }
        let onward = (passedOn[content.payload] ?? []).filter { copy in
            copy.receiver != content.sender && (copy.parts.first ?? 0) > (content.parts.first ?? 0)
        }
        return !onward.isEmpty && onward.allSatisfy { !has($0, evidence) }
    }
}
