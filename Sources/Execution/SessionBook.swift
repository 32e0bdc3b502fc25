import Conformance

/// Which session of the scenario goes by which name at which client.
///
/// An inviter uses the name of the scenario; an invited client has made up a name of its own when it was invited.
struct SessionBook: Sendable {
    private struct Session: Sendable {
        var name: String
        var inviter: PartyName
        var invited: [PartyName]
        var localNames: [PartyName: String] = [:]
    }

    private var sessions: [Session] = []

    mutating func open(_ name: String, by inviter: PartyName, with invited: [PartyName]) {
        sessions.append(Session(name: name, inviter: inviter, invited: invited, localNames: [inviter: name]))
    }

    /// Gives the invited client's name to the oldest session to which that inviter has invited it.
    ///
    /// An invitation in nobody's or the wrong name belongs to the oldest session without a name at that client:
    /// the play goes on, and the trace tells.
    mutating func bind(_ localName: String, of party: PartyName, invitedBy inviter: PartyName?) {
        let candidates = sessions.indices.filter { index in
            sessions[index].invited.contains(party) && sessions[index].localNames[party] == nil
        }
        let index = candidates.first { sessions[$0].inviter == inviter } ?? candidates.first
        if let index { sessions[index].localNames[party] = localName }
    }

    /// The inviter and those invited.
    func participants(in name: String) -> [PartyName] {
        sessions.last { $0.name == name }.map { [$0.inviter] + $0.invited } ?? []
    }

    /// The inviter and those whom the invitation has reached.
    func members(of name: String) -> [PartyName] {
        let session = sessions.last { $0.name == name }
        return participants(in: name).filter { session?.localNames[$0] != nil }
    }

    func localName(of name: String, at party: PartyName) -> String {
        sessions.last { $0.name == name }?.localNames[party] ?? name
    }

    func scenarioName(of localName: String, at party: PartyName) -> String {
        sessions.last { $0.localNames[party] == localName }?.name ?? localName
    }
}
