import MSRP
import SDP

/// The media of participants, and the messages that pass between them.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.3
extension Conference {
    /// Takes what a participant has answered to the lines that he was offered.
    mutating func settle(_ answered: [MediaDescription], of id: Participant.ID) -> [Effect] {
        var effects: [Effect] = []
        for (index, line) in (participants[id]?.media.lines ?? []).enumerated() where line.isOpen {
            guard let number = line.line else { continue }
            let place = MSRPSwitch.SeatID(participant: id, line: number)
            guard let theirs = answered[safe: index], theirs.canBeAnchored else {
                participants[id]?.media.close(at: index)
                effects += perform(exchange.close(place))
                continue
            }
            if exchange.seats[place]?.session == nil {
                effects += open(number, of: id, at: index, theirs: theirs, role: .opens)
            }
        }
        return effects
    }

    /// Opens the session of a line, and gives the participant his seat.
    mutating func open(
        _ line: Int, of id: Participant.ID, at index: Int, theirs: MediaDescription, role: MSRPSession.Role
    ) -> [Effect] {
        guard let own = participants[id]?.media.lines[safe: index] else { return [] }
        let end = MSRPEndpoint.End(
            localURI: own.uri, remotePath: theirs.path, role: role, acceptedTypes: own.own.acceptTypes,
            answering: .onceJudged)
        let seat = seat(of: id, in: lines[line], theirs: theirs)
        return [.media(.open(end), of: id)]
            + perform(exchange.open(seat, at: MSRPSwitch.SeatID(participant: id, line: line)))
    }

    /// The seat of a participant in a line, which he may not have answered yet.
    func seat(of id: Participant.ID, in line: ConferenceLine, theirs: MediaDescription?) -> MSRPSwitch.Seat {
        let participant = participants[id]
        let own = participant?.media.index(ofLine: line.id).flatMap { participant?.media.lines[$0] }
        let types = ((own?.own.acceptTypes ?? []) + (own?.own.acceptWrappedTypes ?? []))
            .filter { $0.lowercased() != "message/cpim" }
        let isForOthers = line.offered.ownDirection != .receiveOnly && line.offered.ownDirection != .inactive
        return MSRPSwitch.Seat(
            entity: participant?.entity ?? "", session: theirs == nil ? nil : own?.session,
            path: theirs?.path ?? [], wantsMessages: theirs?.wantsMessages ?? isForOthers, maximumSize: theirs?.maxSize,
            payloadTypes: types.isEmpty ? nil : types,
            mayWritePrivately: rules.allowsPrivateMessages(of: participant?.address ?? ""),
            hasRelease: participant?.hasRelease ?? false)
    }

    /// Ends the session of a line of one participant.
    mutating func close(_ line: Int, of id: Participant.ID) -> [Effect] {
        let place = MSRPSwitch.SeatID(participant: id, line: line)
        let session = exchange.seats[place]?.session
        closing.remove(place)
        return perform(exchange.close(place)) + (session.map { [.media(.close(session: $0), of: id)] } ?? [])
    }

    /// Ends all sessions of one participant.
    mutating func closeMedia(of id: Participant.ID) -> [Effect] {
        let own = exchange.seats.keys.filter { $0.participant == id }.map(\.line).sorted()
        return own.flatMap { close($0, of: id) }
    }

    mutating func handle(_ notice: MSRPEndpoint.Notice, session: String, of id: Participant.ID) -> [Effect] {
        guard let line = participants[id]?.media.line(ofSession: session) else { return [] }
        let place = MSRPSwitch.SeatID(participant: id, line: line)
        guard exchange.seats[place]?.session == session else { return [] }
        var effects = perform(exchange.handle(notice, at: place))
        if notice == .closed { effects += awaitReturn(of: id, line: line) }
        return effects + (state == .ending ? removeDrained() : closeDrainedLines())
    }

    /// Lets a participant whose connection has ended open another.
    private func awaitReturn(of id: Participant.ID, line: Int) -> [Effect] {
        guard let index = participants[id]?.media.index(ofLine: line), let own = participants[id]?.media.lines[index],
            let path = exchange.seats[MSRPSwitch.SeatID(participant: id, line: line)]?.path
        else { return [] }
        let end = MSRPEndpoint.End(
            localURI: own.uri, remotePath: path, role: .waits, acceptedTypes: own.own.acceptTypes,
            answering: .onceJudged)
        return [.media(.open(end), of: id)]
    }
}
