import Conformance

/// Which session of the scenario goes by which name at which client, and who should be in it by now.
///
/// An inviter uses the name of the scenario; an invited client has made up a name of its own when it was invited.
struct SessionBook: Sendable {
    /// What kind of session it is, which decides who is in it and when it ends.
    enum Kind: Sendable, Equatable {
        case oneToOne
        /// A conference by way of the factory; it ends when its originator leaves.
        ///
        /// OMA-TS-SIMPLE_IM-V1_0 §7.2.2.8
        case adHoc
        case group(Group)
    }

    private struct Session: Sendable {
        var kind: Kind
        var originator: PartyName
        var invited: [PartyName]
        var present: [PartyName]
        var localNames: [PartyName: String]
        /// The files that were offered last, and by whom.
        var offer: (files: [MediaContent], by: PartyName)?
        /// Whether it consists of files alone.
        var isTransfer = false
    }

    private var sessions: [String: Session] = [:]
    /// The names in the order of their beginning.
    private var order: [String] = []
    /// What every local name has ever meant.
    private var meanings: [PartyName: [String: String]] = [:]

    mutating func open(_ name: String, _ kind: Kind, by originator: PartyName, with invited: [PartyName]) {
        sessions[name] = Session(
            kind: kind, originator: originator, invited: invited, present: [originator],
            localNames: [originator: name])
        meanings[originator, default: [:]][name] = name
        order.removeAll { $0 == name }
        order.append(name)
    }

    /// Notes that a client is to be in the session from now on.
    mutating func enter(_ name: String, _ party: PartyName) {
        guard sessions[name]?.present.contains(party) == false else { return }
        sessions[name]?.present.append(party)
    }

    /// Notes that a client goes in of its own accord, and so under the name of the scenario.
    mutating func join(_ name: String, _ party: PartyName) {
        if sessions[name]?.localNames[party] == nil { call(name, name, at: party) }
        enter(name, party)
    }

    mutating func leave(_ name: String, _ party: PartyName) {
        sessions[name]?.present.removeAll { $0 == party }
    }

    mutating func invite(_ clients: [PartyName], to name: String) { sessions[name]?.invited += clients }

    /// Makes a conference of a session of two: whoever else is in it is invited there, and gives it another name.
    mutating func confer(_ name: String, by originator: PartyName) {
        guard var session = sessions[name] else { return }
        session.kind = .adHoc
        session.originator = originator
        session.invited = session.present.filter { $0 != originator }
        session.localNames = session.localNames.filter { $0.key == originator }
        sessions[name] = session
    }

    /// Those in the session whom the invitation there has not reached.
    func expected(in name: String) -> [PartyName] {
        sessions[name].map { session in session.present.filter { session.localNames[$0] == nil } } ?? []
    }

    mutating func offer(_ files: [MediaContent], in name: String, by party: PartyName) {
        sessions[name]?.offer = (files, party)
    }

    mutating func markTransfer(_ name: String) { sessions[name]?.isTransfer = true }

    /// Gives the invited client's name to the oldest session to which that inviter has invited it.
    ///
    /// An invitation in nobody's or the wrong name belongs to the oldest session without a name at that client:
    /// the play goes on, and the trace tells.
    mutating func bind(_ localName: String, of party: PartyName, invitedBy inviter: PartyName?) {
        let candidates = order.filter { name in
            sessions[name].map { $0.invited.contains(party) && $0.localNames[party] == nil } ?? false
        }
        let name = candidates.first { sessions[$0]?.originator == inviter } ?? candidates.first
        if let name { call(name, localName, at: party) }
    }

    func exists(_ name: String) -> Bool { sessions[name] != nil }

    func isConference(_ name: String) -> Bool { sessions[name].map { $0.kind != .oneToOne } ?? false }

    func isTransfer(_ name: String) -> Bool { sessions[name]?.isTransfer ?? false }

    /// The sessions of files alone that the party is in; each ends when its files are transferred.
    func transfers(of party: PartyName) -> [String] {
        order.filter { sessions[$0]?.isTransfer == true && sessions[$0]?.present.contains(party) == true }
    }

    func originator(of name: String) -> PartyName? { sessions[name]?.originator }

    func offer(in name: String) -> (files: [MediaContent], by: PartyName)? { sessions[name]?.offer }

    /// Those who should be in the session, in the order in which they came.
    func present(in name: String) -> [PartyName] { sessions[name]?.present ?? [] }

    /// Everybody to whom the session means something: those who are in it, and those whom an invitation has reached.
    func members(of name: String) -> [PartyName] {
        guard let session = sessions[name] else { return [] }
        let reached = session.invited.filter { session.localNames[$0] != nil && !session.present.contains($0) }
        return session.present + (session.kind == .oneToOne ? reached : [])
    }

    /// Whether the session ends for everybody when this client leaves.
    func ends(_ name: String, without party: PartyName) -> Bool {
        guard let session = sessions[name] else { return false }
        return switch session.kind {
        case .oneToOne: true
        case .adHoc: session.originator == party
        case .group(let group): group.releasesWithOriginator && session.originator == party
        }
    }

    func localName(of name: String, at party: PartyName) -> String {
        sessions[name]?.localNames[party] ?? name
    }

    func scenarioName(of localName: String, at party: PartyName) -> String {
        meanings[party]?[localName] ?? localName
    }

    private mutating func call(_ name: String, _ localName: String, at party: PartyName) {
        sessions[name]?.localNames[party] = localName
        meanings[party, default: [:]][localName] = name
    }
}
