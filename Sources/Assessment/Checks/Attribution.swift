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
            return isNamed ? judgeAlias(copy, evidence) : wrong(copy.identity, copy.identitySource, copy, evidence)
        }
        let strangers = stored.payloads.filter { !evidence.identifies($0.identity, author.client) }
        guard let stranger = strangers.first, strangers.count == stored.payloads.count else {
            return judgeAlias(copy, evidence)
        }
        return wrong(stranger.identity, copy.parts.first, copy, evidence)
    }

    private func wrong(
        _ identity: String?, _ source: Int?, _ copy: InstantMessage, _ evidence: Evidence
    ) -> Outcome {
        guard let source = source.map({ evidence.dissection[$0] }), let identity else {
            return .unknown("nothing in the trace says from whom it comes")
        }
        return .wrong(
            "it comes in the name of \(identity) (\(inWords([source])))", [source],
            party(behind: identity, source, copy, evidence))
    }

    /// Who has brought a wrong name about.
    ///
    /// In a conference that is the server where it gave the author that name, or none; and the author where it did not
    /// wrap the message, so that the receiver has nothing but the name of the group.
    private func party(
        behind identity: String, _ source: DissectedMessage, _ copy: InstantMessage, _ evidence: Evidence
    ) -> PartyName? {
        let client = author.client
        let told = evidence.ownEntities(of: client, before: source.number)
        if told.contains(where: { UserAddress($0) == UserAddress(identity) }) { return .server }
        let isSubscribed = evidence.dissection.notices.contains { $0.receiver == client && $0.message < source.number }
        if told.isEmpty, isSubscribed, copy.mode != .pager { return .server }
        let isOfGroup = evidence.cast.groups.values.contains { UserAddress($0) == UserAddress(identity) }
        let original = evidence.contents(withID: copy.id).first { $0.sender == client && $0.body == copy.body }
        if isOfGroup, original != nil, !copy.parts.contains(source.number) { return client }
        return evidence.claims(identity, client) ? client : source.sender
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
