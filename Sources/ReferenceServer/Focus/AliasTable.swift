import SIPSyntax

/// The names by which the participants of a session know each other, each of which only one has.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.3.2
struct AliasTable {
    struct Alias: Equatable {
        /// The URI, which is the entity in conference state and the From of messages.
        let entity: String
        let displayName: String?
    }

    let collision: ConferencePolicy.AliasCollision
    /// All that was ever used in the session.
    private var entities: Set<String> = []
    private var names: [String: Set<String>] = [:]

    init(collision: ConferencePolicy.AliasCollision) {
        self.collision = collision
    }

    /// Notes a user who shows himself.
    mutating func enter(_ entity: String, displayName: String?) {
        entities.insert(entity)
        if let displayName { names[displayName.lowercased(), default: []].insert(entity) }
    }

    /// The alias of a user who wants to be known by this one only, changed where another has it.
    mutating func alias(for from: NameAddress) throws(Refusal) -> Alias {
        let wanted = from.displayName.flatMap { $0.isEmpty || $0.lowercased() == "anonymous" ? nil : $0 }
        if let wanted, isTaken(wanted), collision == .reject {
            throw Refusal(403, .explanation("122 Alias in use"))
        }
        let name = firstFree(wanted ?? "Anonymous", isFree: { !isTaken($0) }) { "\($0)-\($1)" }
        let uri = from.uri.isAnonymous ? from.uri : AnonymousURI.text
        let entity = firstFree(uri, isFree: { !entities.contains($0) }) { uri, number in
            guard var parsed = try? SIPURI(parsing: uri) else { return "\(uri)\(number)" }
            parsed.user = (parsed.user ?? "anonymous") + String(number)
            return parsed.description
        }
        enter(entity, displayName: name)
        return Alias(entity: entity, displayName: name)
    }

    /// Forgets the name of a user who has left; his URI stays his.
    mutating func leave(_ entity: String) {
        for name in names.keys { names[name]?.remove(entity) }
    }

    private func isTaken(_ name: String) -> Bool { names[name.lowercased()]?.isEmpty == false }

    private func firstFree(_ text: String, isFree: (String) -> Bool, _ numbered: (String, Int) -> String) -> String {
        if isFree(text) { return text }
        var number = 2
        while !isFree(numbered(text, number)) { number += 1 }
        return numbered(text, number)
    }
}

extension String {
    /// Whether the URI names nobody.
    ///
    /// RFC 3323 §4.1.1.3
    fileprivate var isAnonymous: Bool {
        (try? SIPURI(parsing: self))?.host.lowercased() == "anonymous.invalid"
    }
}
