import Conformance
import Dissection
import Network

/// Where each party ended its sessions: by its BYE, or by its answer to one.
///
/// RFC 3261 §15.1.1 for the sender of the BYE; for the other side OMA-TS-SIMPLE_IM-V1_0 §7.1.2.3 and §6.1.1.2.8
struct SessionEnds {
    private struct Side: Hashable {
        var party: PartyName?
        var path: MSRPAddress
    }

    private var ends: [Side: DissectedMessage] = [:]
    /// By how much a message that was only seen to arrive must come later, as it may have been overtaken.
    private let margin: Duration

    init(_ evidence: Evidence) {
        margin = evidence.quietWindow
        let paths = Dictionary(grouping: evidence.dissection.descriptions) { $0.dialog.callID }
        for bye in evidence.messages where bye.isSIP && bye.requestMethod == "BYE" && bye.repeats == nil {
            let success = evidence.dissection.responses(to: bye).first(where: \.isSuccess)
            for (party, end) in [(bye.sender, bye), (success?.sender, success)] {
                guard let end else { continue }
                // A proxy has no session: it only passes on the BYE of another and the answer to it.
                guard party != .server || evidence.original(of: end) == nil && evidence.onward(of: bye) == nil else {
                    continue
                }
                for description in paths[bye.sipSummary?.callID ?? ""] ?? [] {
                    guard let path = description.path.last else { continue }
                    let side = Side(party: party, path: path)
                    if ends[side] == nil { ends[side] = end }
                }
            }
        }
    }

    /// How the sender of this request had ended its session before it, if it had.
    func end(before send: DissectedMessage) -> DissectedMessage? {
        guard let from = send.msrpSummary?.fromPath.last, let to = send.msrpSummary?.toPath.last,
            let end = ends[Side(party: send.sender, path: from)], ends[Side(party: send.sender, path: to)] != nil,
            end.number < send.number, send.wasSent || send.time - end.time > margin
        else { return nil }
        return end
    }
}
