import Conformance
import Dissection

/// Whether a client receives a content, complete, byte for byte, so many times, and from the right client.
struct Reception {
    let client: PartyName
    let author: Condition.Author
    let mode: Condition.Mode
    let times: Count
    private let wanted: WantedContent

    init(
        client: PartyName, content: Condition.Content, author: Condition.Author, mode: Condition.Mode, times: Count
    ) {
        self.client = client
        self.author = author
        self.mode = mode
        self.times = times
        wanted = WantedContent(content)
    }

    private var sender: PartyName { author.client }

    private var expected: String {
        let name = author.alias.map { " as “\($0)”" } ?? ""
        return "\(client) receives \(wanted.inWords) from \(sender)\(name) \(mode.inWords), \(times) complete"
    }

    func judge(_ evidence: Evidence) -> Judgment {
        let copies = wanted.copies(among: evidence.contents(at: client, mode))
        let sent = wanted.copies(among: evidence.contents(from: sender, for: mode))
        if copies.count > times.range.upperBound {
            // What should not come at all is the doing of whoever brings it, unless it was meant for everybody.
            let isPublic =
                sender != client
                && sent.contains { content in
                    !content.addressees.isEmpty && !content.addressees.contains { evidence.client(behind: $0) != nil }
                }
            let isSenders = times == .never ? isPublic && copies.allSatisfy(\.isAddressed) : sent.count >= copies.count
            let first = copies.first?.parts.first ?? 0
            let keeper =
                times == .never ? evidence.keeper(of: sender, at: first) ?? evidence.keeper(of: client, at: first) : nil
            let party = keeper ?? (isSenders ? sender : copies.last?.sender)
            return .fail(expected, observed: "\(copies.count) copies", evidence.parts(of: copies), party)
        }
        guard times.range.contains(copies.count) else { return missing(copies, sent, evidence) }
        if let judgment = wrongIdentity(copies, evidence) ?? wrongType(copies, sent, evidence) { return judgment }
        let last = (copies + sent).flatMap { $0.parts + $0.responses }.max() ?? 0
        guard let decision = evidence.calm(at: client, mode, after: last) else {
            return .inconclusive(
                expected, observed: "\(copies.count), but the trace does not show that no other was on its way",
                evidence.parts(of: copies))
        }
        return .pass(expected, observed: "\(copies.count) complete", evidence.parts(of: copies), decision)
    }

    private func wrongIdentity(_ copies: [InstantMessage], _ evidence: Evidence) -> Judgment? {
        let attribution = Attribution(author: author, receiver: client)
        for copy in copies {
            switch attribution.judge(copy, evidence) {
            case .right: continue
            case .unknown(let why):
                return .inconclusive(expected, observed: why, evidence.parts(of: [copy]))
            case .wrong(let why, let source, let party):
                return .fail(expected, observed: why, evidence.parts(of: [copy]) + source, party)
            }
        }
        return nil
    }

    private func wrongType(
        _ copies: [InstantMessage], _ sent: [InstantMessage], _ evidence: Evidence
    ) -> Judgment? {
        guard let wrong = copies.first(where: { !wanted.hasType($0) }) else { return nil }
        let origin = sent.first { !wanted.hasType($0) }
        return .fail(
            expected, observed: "it comes as \(wrong.contentType ?? "nothing that has a type")",
            evidence.parts(of: [wrong] + (origin.map { [$0] } ?? [])), origin == nil ? wrong.sender : sender)
    }

    private func missing(_ copies: [InstantMessage], _ sent: [InstantMessage], _ evidence: Evidence) -> Judgment {
        guard let last = sent.last else { return unsent(evidence) }
        let count = copies.isEmpty ? "none" : "only \(copies.count)"
        if let altered = evidence.altered(last, at: client) {
            return .fail(
                expected, observed: "\(wanted.inWords(of: altered)) came instead",
                evidence.parts(of: [last, altered]), altered.sender)
        }
        let others = evidence.contents(at: client, mode).filter { !wanted.is($0) && !evidence.isExpected($0) }
        let instead = others.prefix(3).map { wanted.inWords(of: $0) + ($0.isComplete ? "" : " (incomplete)") }
        let observed = count + (instead.isEmpty ? "" : "; what came is \(instead.joined(separator: ", "))")
        let came = evidence.parts(of: copies + others)
        return switch mode {
        case .pager:
            Delivery(request: evidence.dissection[last.parts[0]], client: client)
                .judge(expected, observed: observed, came, evidence)
        case .session, .large, .file:
            Relay(content: last, client: client).judge(expected, observed: observed, came, evidence)
        case .deferred, .history:
            StoredDelivery(content: last, client: client, store: mode == .history ? .history : .deferred)
                .judge(expected, observed: observed, came, evidence)
        }
    }

    /// The sender has not sent the content, as far as the trace shows.
    private func unsent(_ evidence: Evidence) -> Judgment {
        let own = evidence.contents(from: sender, for: mode)
        for other in Condition.Mode.allCases where other != mode && ![mode, other].contains(where: \.isOfStore) {
            let elsewhere = wanted.copies(among: evidence.contents(from: sender, other))
            guard !elsewhere.isEmpty else { continue }
            return .fail(
                expected, observed: "\(sender) sent it \(other.inWords)", evidence.parts(of: elsewhere), sender)
        }
        if own.isEmpty, let invite = refusedInvitation(evidence) {
            return Delivery(request: invite, client: client).judge(expected, observed: "none", [], evidence)
        }
        let strange = own.filter { !evidence.isExpected($0) }
        if let wrong = strange.first(where: \.isComplete) {
            return .fail(
                expected, observed: "\(sender) sent \(wanted.inWords(of: wrong)) instead",
                evidence.parts(of: [wrong]), sender)
        }
        let what = if case .text = wanted.content { "no such text" } else { "no such content" }
        let observed = strange.isEmpty ? "\(sender) sent \(what)" : "\(sender) sent \(what) completely"
        return .inconclusive(expected, observed: "\(observed), so nothing is shown", evidence.parts(of: strange))
    }
}

extension Reception {
    /// The sender's last invitation to a session of its own for the content, where nobody has accepted it.
    private func refusedInvitation(_ evidence: Evidence) -> DissectedMessage? {
        let invites = evidence.openingRequests("INVITE", .sent, at: sender).filter { invite in
            switch mode {
            case .large: invite.hasFeatureTag("+g.oma.sip-im.large-message")
            case .file: invite.mediaDescriptions.contains { $0.file != nil }
            case .pager, .session, .deferred, .history: false
            }
        }
        guard let invite = invites.last, case .refused = evidence.fate(of: invite) else { return nil }
        return invite
    }
}

extension Condition.Mode {
    /// Whether what travels so comes from a store of the server.
    fileprivate var isOfStore: Bool { self == .deferred || self == .history }
}

extension InstantMessage {
    /// Whether its wrapper says for whom it is.
    fileprivate var isAddressed: Bool { !addressees.isEmpty }
}
