import Conformance
import Dissection

/// Whether a client receives a text, complete, byte for byte, so many times, and from the right client.
struct Reception {
    var client: PartyName
    var content: Condition.Content
    var author: Condition.Author
    var mode: Condition.Mode
    var times: Count

    private var sender: PartyName { author.client }

    private var expected: String {
        let name = author.alias.map { " as “\($0)”" } ?? ""
        return "\(client) receives \(content.inWords) from \(sender)\(name) \(mode.inWords), \(times) complete"
    }

    func judge(_ evidence: Evidence) -> Judgment {
        let copies = evidence.contents(received: content, at: client, mode)
        let sent = evidence.contents(of: content, from: sender, mode)
        if copies.count > times.range.upperBound {
            let party = sent.count >= copies.count ? sender : copies.last?.sender
            return .fail(expected, observed: "\(copies.count) copies", evidence.parts(of: copies), party)
        }
        guard times.range.contains(copies.count) else { return missing(copies, sent, evidence) }
        if let judgment = wrongIdentity(copies, evidence) { return judgment }
        let last = (copies + sent).flatMap { $0.parts + $0.responses }.max() ?? 0
        guard let decision = evidence.calm(at: client, mode, after: last) else {
            return .inconclusive(
                expected, observed: "\(copies.count), but the trace does not show that no other was on its way",
                evidence.parts(of: copies))
        }
        return .pass(expected, observed: "\(copies.count) complete", evidence.parts(of: copies), decision)
    }

    private func wrongIdentity(_ copies: [InstantMessage], _ evidence: Evidence) -> Judgment? {
        guard let stranger = copies.first(where: { !evidence.identifies($0.identity, sender) }) else { return nil }
        let parts = evidence.parts(of: [stranger])
        guard let source = stranger.identitySource.map({ evidence.dissection[$0] }) else {
            return .inconclusive(expected, observed: "nothing in the trace says from whom it comes", parts)
        }
        return .fail(
            expected, observed: "it comes in the name of \(stranger.identity ?? "nobody") (\(inWords([source])))",
            parts + [source], evidence.claims(stranger.identity, sender) ? sender : source.sender)
    }

    private func missing(_ copies: [InstantMessage], _ sent: [InstantMessage], _ evidence: Evidence) -> Judgment {
        guard let last = sent.last else { return unsent(evidence) }
        let count = copies.isEmpty ? "none" : "only \(copies.count)"
        if let altered = evidence.altered(last, at: client) {
            return .fail(
                expected, observed: "“\(altered.text.prefix(60))” came instead",
                evidence.parts(of: [last, altered]), altered.sender)
        }
        let others = evidence.contents(at: client, mode).filter {
            !evidence.is($0, content) && !evidence.texts.contains($0.text)
        }
        let instead = others.prefix(3).map { "“\($0.text.prefix(60))”" + ($0.isComplete ? "" : " (incomplete)") }
        let observed = count + (instead.isEmpty ? "" : "; what came is \(instead.joined(separator: ", "))")
        if mode == .pager {
            return Delivery(request: evidence.dissection[last.parts[0]], client: client).judge(
                expected, observed: observed, evidence.parts(of: copies + others), evidence)
        }
        return Relay(content: last, client: client).judge(
            expected, observed: observed, evidence.parts(of: copies + others), evidence)
    }

    /// The sender has not sent the text, as far as the trace shows.
    private func unsent(_ evidence: Evidence) -> Judgment {
        let other: Condition.Mode = mode == .pager ? .session : .pager
        let elsewhere = evidence.contents(of: content, from: sender, other)
        if !elsewhere.isEmpty {
            return .fail(
                expected, observed: "\(sender) sent it \(other.inWords)", evidence.parts(of: elsewhere), sender)
        }
        let own = evidence.contents(from: sender, mode).filter { !evidence.texts.contains($0.text) }
        if let wrong = own.first(where: \.isComplete) {
            return .fail(
                expected, observed: "\(sender) sent “\(wrong.text.prefix(60))” instead", evidence.parts(of: [wrong]),
                sender)
        }
        let observed = own.isEmpty ? "\(sender) sent no such text" : "\(sender) sent no such text completely"
        return .inconclusive(expected, observed: "\(observed), so nothing is shown", evidence.parts(of: own))
    }
}
