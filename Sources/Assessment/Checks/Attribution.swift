import Conformance
import Dissection

/// Whether a content comes in the name of the client that it is from.
struct Attribution {
    enum Outcome {
        case right
        case wrong(String, [DissectedMessage], PartyName?)
        case unknown(String)
    }

    var author: Condition.Author
    var receiver: PartyName

    func judge(_ copy: InstantMessage, _ evidence: Evidence) -> Outcome {
        guard let stored = copy.stored else {
            // A page to a group is asserted to be the group's, and refers to its sender (§8.3.2.1 (4b)).
            let isNamed = [copy.identity, copy.referrer].contains { evidence.identifies($0, author.client) }
            return isNamed ? judgeAlias(copy, evidence) : wrong(copy.identity, copy.identitySource, evidence)
        }
        let strangers = stored.payloads.filter { !evidence.identifies($0.identity, author.client) }
        guard let stranger = strangers.first, strangers.count == stored.payloads.count else {
            return judgeAlias(copy, evidence)
        }
        return wrong(stranger.identity, copy.parts.first, evidence)
    }

    private func wrong(_ identity: String?, _ source: Int?, _ evidence: Evidence) -> Outcome {
        guard let source = source.map({ evidence.dissection[$0] }), let identity else {
            return .unknown("nothing in the trace says from whom it comes")
        }
        return .wrong(
            "it comes in the name of \(identity) (\(inWords([source])))", [source],
            evidence.claims(identity, author.client) ? author.client : source.sender)
    }

    /// Whether the receiver knows the sender by its alias, from the conference state or from the message itself.
    ///
    /// A server may add to an alias what makes it unique (OMA-TS-SIMPLE_IM-V1_0 §7.2.3.2 (2)).
    private func judgeAlias(_ copy: InstantMessage, _ evidence: Evidence) -> Outcome {
        guard let alias = author.alias else { return .right }
        let names = evidence.names(of: author.client, at: receiver) + [copy.formalName].compactMap(\.self)
        if names.contains(where: { $0.hasPrefix(alias) }) { return .right }
        guard let name = names.last else { return .unknown("nothing tells \(receiver) a name of \(author.client)") }
        let join = evidence.openingRequests("INVITE", .sent, at: author.client).last
        let isAsked = join?.displayName == alias
        return .wrong(
            "\(receiver) knows \(author.client) as “\(name)”", [join].compactMap(\.self),
            isAsked ? .server : author.client)
    }
}
