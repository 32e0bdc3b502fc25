import SIPSyntax

/// The conferences of the server, and how they are found.
struct ConferenceTable {
    private var conferences: [Int: Conference] = [:]
    /// By the user part of the session identity.
    private var byIdentity: [String: Int] = [:]
    /// By the address of record of the group whose session it is.
    private var byGroup: [String: Int] = [:]

    var count: Int { conferences.count }

    var ids: [Int] { conferences.keys.sorted() }

    subscript(id: Int) -> Conference? { conferences[id] }

    /// The conference that a URI is the identity of.
    func conference(at uri: SIPURI) -> Int? { uri.user.flatMap { byIdentity[$0] } }

    /// The session of a group that is not ending.
    func session(ofGroup uri: String) -> Int? {
        byGroup[uri].flatMap { id in
            switch conferences[id]?.state {
            case .inviting?, .running?: id
            case .ending?, .ended?, nil: nil
            }
        }
    }

    /// The conferences of groups, with the URIs of those.
    var groups: [(id: Int, uri: String)] { byGroup.map { ($0.value, $0.key) }.sorted { $0.id < $1.id } }

    mutating func insert(_ conference: Conference, as id: Int, group: String?) {
        conferences[id] = conference
        if let user = (try? SIPURI(parsing: conference.place.identity))?.user { byIdentity[user] = id }
        if let group { byGroup[group] = id }
    }

    mutating func change<Result, Failure: Error>(
        _ id: Int, _ change: (inout Conference) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard var conference = conferences.removeValue(forKey: id) else { return nil }
        defer { conferences[id] = conference }
        return try change(&conference)
    }

    mutating func remove(_ id: Int) {
        guard let conference = conferences.removeValue(forKey: id) else { return }
        if let user = (try? SIPURI(parsing: conference.place.identity))?.user { byIdentity[user] = nil }
        for (group, session) in byGroup where session == id { byGroup[group] = nil }
    }
}
