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

    init(_ evidence: Evidence) {
        reports = Set(
            evidence.messages.filter { $0.msrpSummary != nil && $0.requestMethod == "REPORT" }.map { report in
                Key(id: report.msrpSummary?.messageID ?? "", sender: report.source, receiver: report.destination)
            })
    }

    /// Whether a report about the content has come back along its connection.
    func has(_ content: InstantMessage, _ evidence: Evidence) -> Bool {
        guard let last = content.parts.last.map({ evidence.dissection[$0] }) else { return false }
        return reports.contains(Key(id: content.id, sender: last.destination, receiver: last.source))
    }

    /// Whether a relay has passed the content on and has no report about it itself yet.
    func waitForOthers(_ content: InstantMessage, _ evidence: Evidence) -> Bool {
        guard content.receiver == .server else { return false }
        let onward = evidence.dissection.instantMessages.filter { copy in
            copy.sender == .server && copy.mode == .session && copy.payload == content.payload
                && copy.receiver != content.sender && (copy.parts.first ?? 0) > (content.parts.first ?? 0)
        }
        return !onward.isEmpty && onward.allSatisfy { !has($0, evidence) }
    }
}
