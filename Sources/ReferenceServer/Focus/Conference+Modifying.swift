import MSRP
import SDP
import SIPSyntax

/// Re-INVITEs of participants: media that begin, end, or move.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.6, §7.2.2.6 and §10.1
extension Conference {
    mutating func modify(_ request: SIPMessage, by id: Participant.ID) -> [Effect] {
        guard let body = request.body(of: "application/sdp") else { return [.command(.acceptUnchanged, id)] }
        guard let offer = try? SessionDescription(parsing: body), let media = participants[id]?.media,
            offer.media.count >= media.lines.count
        else { return [.command(.refuse(Refusal(488, because: "Media lines are missing")), id)] }
        let offered = ConferenceLine.offered(in: offer)
        let isNew = offered.indices.filter { index in
            guard let known = media.lines[safe: index] else { return true }
            return !known.isOpen && offered[index].canBeAnchored
        }
        let new = isNew.filter { offered[$0].canBeAnchored }
        guard new.isEmpty || growth == nil else { return [.command(.refuse(Refusal(491)), id)] }

        var effects: [Effect] = []
        for (index, known) in media.lines.enumerated() where known.isOpen {
            effects += settle(known, as: offered[index], at: index, of: id)
        }
        for index in isNew where !new.contains(index) {
            participants[id]?.media.take(offered[index], as: nil, at: index)
        }
        guard !new.isEmpty else { return effects + answer(id) }
        return effects + grow(offered, by: id, new: new)
    }

    /// A line that was open: closed, led elsewhere, or as it was.
    private mutating func settle(
        _ known: ParticipantMedia.Line, as offered: MediaDescription, at index: Int, of id: Participant.ID
    ) -> [Effect] {
        guard let line = known.line else { return [] }
        guard offered.canBeAnchored else {
            participants[id]?.media.close(at: index)
            return close(line, of: id) + endForOthers(line, than: id)
        }
        let place = MSRPSwitch.SeatID(participant: id, line: line)
        guard exchange.seats[place]?.path != offered.path else { return [] }
        return close(line, of: id) + open(line, of: id, at: index, theirs: offered, role: .waits)
    }

    /// Whoever has begun a transfer has ended it: it ends for the others when they have got everything.
    mutating func endForOthers(_ line: Int, than id: Participant.ID) -> [Effect] {
        guard lines[line].offerer == id, exchange.usages[line] != .conversation else { return [] }
        closing.formUnion(exchange.seats.keys.filter { $0.line == line && $0.participant != id })
        return closeDrainedLines()
    }

    mutating func closeDrainedLines() -> [Effect] {
        let drained = closing.filter { exchange.isDrained($0) }.sorted {
            ($0.participant, $0.line) < ($1.participant, $1.line)
        }
        closing.subtract(drained)
        var effects: [Effect] = []
        for id in Set(drained.map(\.participant)).sorted() {
            let lines = Set(drained.filter { $0.participant == id }.map(\.line))
            effects += propose(.close(lines), to: id)
        }
        return effects
    }

    /// Accepts a modification with what holds now.
    private mutating func answer(_ id: Participant.ID) -> [Effect] {
        let body = participants[id]?.media.description() ?? []
        return [.command(.accept(DialogAnswer(body: body)), id)] + rebase(id)
    }

    // MARK: Further media

    /// Offers the others what one participant offers.
    private mutating func grow(
        _ offered: [MediaDescription], by id: Participant.ID, new: [Int]
    ) -> [Effect] {
        let others = inOrder.filter { $0.standing == .connected && $0.id != id }
        var added: [Int: Int] = [:]
        for index in new {
            let line = newLine(offered[index], by: id)
            participants[id]?.media.take(offered[index], as: line, at: index)
            added[index] = line
        }
        guard !others.isEmpty else { return answer(id) }
        growth = Extension(by: id, offered: offered, lines: added, unanswered: Set(others.map(\.id)))
        let lines = added.values.sorted()
        var effects: [Effect] = []
        for other in others {
            for line in lines {
                exchange.expect(
                    seat(of: other.id, in: self.lines[line], theirs: nil), at: .init(participant: other.id, line: line))
            }
            effects += propose(.add(lines), to: other.id)
        }
        return effects
    }

    /// Notes what somebody has made of the further media, and answers their offerer when that is settled.
    ///
    /// The specification leaves the order open: each line has to be accepted by somebody, or all have to have answered.
    private mutating func noteGrowth(_ accepted: [Int: MediaDescription], by id: Participant.ID) -> [Effect] {
        guard growth?.unanswered.remove(id) != nil else { return [] }
        for (line, media) in accepted where growth?.lines.values.contains(line) == true {
            if growth?.accepted[line] == nil { growth?.accepted[line] = media }
        }
        guard let growth, growth.unanswered.isEmpty || growth.accepted.count == growth.lines.count else { return [] }
        self.growth = nil
        var effects: [Effect] = []
        for (index, line) in growth.lines.sorted(by: { $0.key < $1.key }) where growth.accepted[line] != nil {
            effects += accept(
                growth.by, line: line, at: index, offered: growth.offered[index], like: growth.accepted[line])
        }
        return effects + answer(growth.by)
    }

    /// The offerer no longer wants his further media.
    mutating func cancelExtension(by id: Participant.ID) -> [Effect] {
        guard let growth, growth.by == id else { return [] }
        self.growth = nil
        var effects: [Effect] = [.command(.refuse(Refusal(487)), id)]
        for index in growth.lines.keys { participants[id]?.media.close(at: index) }
        effects += growth.unanswered.sorted().map { .command(.cancelModification, $0) }
        for line in growth.lines.values.sorted() { effects += endForOthers(line, than: id) }
        return effects
    }

    // MARK: Proposals to participants

    /// Offers a participant a change, after those that he is being offered.
    func proposed(_ change: Participant.Change, to media: ParticipantMedia) -> ParticipantMedia {
        var media = media
        switch change {
        case .add(let added):
            for line in added { media.offer(lines[line]) }
        case .close(let closed):
            for (index, line) in media.lines.enumerated() {
                if let number = line.line, closed.contains(number) { media.close(at: index) }
            }
        }
        return media
    }

    mutating func propose(_ change: Participant.Change, to id: Participant.ID) -> [Effect] {
        guard let participant = participants[id], participant.standing == .connected else { return [] }
        guard participant.proposal == nil else {
            participants[id]?.changes.append(change)
            return []
        }
        var media = proposed(change, to: participant.media)
        let body = media.description()
        participants[id]?.proposal = Participant.Proposal(change: change, media: media)
        return [.command(.modify(.init(body: body, patience: .waits)), id)]
    }

    /// Proposes again what still waits, after the participant himself has changed something.
    private mutating func rebase(_ id: Participant.ID) -> [Effect] {
        guard let proposal = participants[id]?.proposal else { return [] }
        participants[id]?.proposal = nil
        return propose(proposal.change, to: id)
    }

    mutating func modified(_ response: SIPMessage, by id: Participant.ID) -> [Effect] {
        guard let proposal = participants[id]?.proposal else { return [] }
        participants[id]?.proposal = nil
        participants[id]?.media = proposal.media
        let answer = try? SessionDescription(parsing: response.body)
        let answered = answer.map(ConferenceLine.offered(in:)) ?? []
        var effects: [Effect] = []
        switch proposal.change {
        case .add:
            effects += settle(answered, of: id)
            effects += noteGrowth(accepted(answered, of: id), by: id)
        case .close(let closed):
            effects += closed.sorted().flatMap { close($0, of: id) }
        }
        return effects + proposeNext(to: id)
    }

    mutating func modificationRefused(by id: Participant.ID) -> [Effect] {
        guard let proposal = participants[id]?.proposal else { return [] }
        participants[id]?.proposal = nil
        var effects: [Effect] = []
        switch proposal.change {
        case .add(let added):
            effects += added.flatMap { close($0, of: id) } + noteGrowth([:], by: id)
        case .close(let closed):
            effects += closed.sorted().flatMap { close($0, of: id) }
        }
        return effects + proposeNext(to: id)
    }

    private mutating func proposeNext(to id: Participant.ID) -> [Effect] {
        guard participants[id]?.changes.isEmpty == false, let next = participants[id]?.changes.removeFirst() else {
            return []
        }
        return propose(next, to: id)
    }

    /// A participant has left, of whom an answer was awaited or for whom the others were asked.
    mutating func forgetGrowth(of id: Participant.ID) -> [Effect] {
        participants[id]?.proposal = nil
        participants[id]?.changes = []
        if growth?.by == id {
            let lines = growth.map { $0.lines.values.sorted() } ?? []
            growth = nil
            return lines.flatMap { endForOthers($0, than: id) }
        }
        return noteGrowth([:], by: id)
    }
}
