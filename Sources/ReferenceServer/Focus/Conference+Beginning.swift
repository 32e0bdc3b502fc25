import Bytes
import MSRP
import MessageBodies
import SDP
import SIPSyntax

/// The set-up of a session.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.2, §7.2.1.3 and §9.3.1.1
extension Conference {
    /// Begins a session that its originator has been admitted to, and invites the others.
    static func begin(
        _ request: ConferenceRequest, inviting entries: [ResourceLists.Entry], at place: Place,
        rules: ConferenceRules, faults: Faults, generator: SeededGenerator
    ) throws(Refusal) -> (Conference, [Effect]) {
        var conference = Conference(
            place: place, kind: request.kind, rules: rules, state: entries.isEmpty ? .running : .inviting,
            faults: faults, generator: generator)
        conference.listed = entries
        let id = try conference.admit(request)
        conference.begin(request.lines, of: id)
        var effects: [Effect] = rules.maximumDuration.map { [.arm(.maximumDuration, after: $0)] } ?? []
        for entry in faults.invited(entries) { effects += conference.invite(entry, by: Inviter(request)) }
        if entries.isEmpty { effects += conference.accept(id) }
        return (conference, effects)
    }

    /// Lets a user in who has invited himself, with a rule of his own for his name.
    ///
    /// §7.2.2.10 step 2a and §7.2.3.2
    mutating func admit(_ request: ConferenceRequest) throws(Refusal) -> Participant.ID {
        let from = request.from
        var alias = AliasTable.Alias(entity: request.originator.user, displayName: name(of: request))
        if request.asksForPrivacy {
            alias = faults.alias(try aliases.alias(for: from), of: request.originator.user, wanting: from)
        } else {
            aliases.enter(alias.entity, displayName: alias.displayName)
        }
        let id = addParticipant(
            request.originator.user, entity: alias.entity, displayName: alias.displayName, standing: .joining)
        participants[id]?.hasRelease = request.message.first(.userAgent).flatMap(ReleaseVersion.init) != nil
        return id
    }

    /// The name that a user has, by the group, by the core, or by his own word.
    ///
    /// §5.5
    private func name(of request: ConferenceRequest) -> String? {
        rules.group?.member(request.originator.user)?.displayName ?? request.originator.displayName
            ?? request.from.displayName
    }

    /// Makes lines of the conference of those that its originator offers.
    private mutating func begin(_ offered: [MediaDescription], of id: Participant.ID) {
        for (index, media) in offered.enumerated() {
            let line = media.canBeAnchored ? newLine(media, by: id) : nil
            participants[id]?.media.take(media, as: line, at: index)
        }
        participants[id]?.offered = offered
    }

    mutating func newLine(_ media: MediaDescription, by id: Participant.ID) -> Int {
        let line = ConferenceLine(id: lines.count, offered: media, offerer: id)
        lines.append(line)
        exchange.usages[line.id] = kind == .largeMessage ? .largeMessage : line.isFile ? .file : .conversation
        return line.id
    }

    /// Accepts a participant who waits, with the lines of his offer.
    ///
    /// §7.2.1.1
    mutating func accept(_ id: Participant.ID, like answers: [Int: MediaDescription] = [:]) -> [Effect] {
        guard let request = participants[id] else { return [] }
        var effects: [Effect] = []
        for (index, line) in request.media.lines.enumerated() {
            guard let number = line.line, let offered = request.offered[safe: index] else { continue }
            effects += accept(id, line: number, at: index, offered: offered, like: answers[number])
        }
        participants[id]?.standing = .connected
        let body = participants[id]?.media.description() ?? []
        let fields = [SIPField(.pAssertedIdentity, NameAddress(uri: place.publicURI).description)]
        effects.append(.command(.accept(DialogAnswer(fields: faults.acceptance(fields), body: body)), id))
        return effects + changed(id)
    }

    /// Accepts one line that a participant has offered, and gives him his seat in it.
    mutating func accept(
        _ id: Participant.ID, line: Int, at index: Int, offered: MediaDescription, like answer: MediaDescription?
    ) -> [Effect] {
        participants[id]?.media.accept(offered, at: index, like: answer)
        return open(line, of: id, at: index, theirs: offered, role: .waits)
    }
}
