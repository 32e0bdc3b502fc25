import Conformance

extension CaseReader {
    /// The items that an ICS must claim, which must stand in the tables.
    mutating func needs(of clients: [PartyName]) -> [PartyName: [SCRItemID]] {
        guard fields.optional("ics") != nil else { return [:] }
        let claims = fields.fields("ics")
        var needs: [PartyName: [SCRItemID]] = [:]
        for entry in claims.entries {
            let party = PartyName(entry.key)
            if party != .server, !clients.contains(party) {
                let known = clients.map(\.description).joined(separator: ", ")
                let text = "Client \(party) does not belong to the equipment: \(known)"
                messages.append(LintMessage(.unknownParty, at: entry.position, text))
            }
            var items: [SCRItemID] = []
            for node in claims.list(entry.key) {
                let id = SCRItemID(node.text)
                checkItem(id, of: party == .server ? .server : .client, node)
                if items.contains(id) { refuse(.duplicate, node, "\(id) is there twice") }
                items.append(id)
            }
            needs[party] = items
        }
        return needs
    }

    /// The deviations under which the case cannot be tested.
    mutating func impediments() -> [Impediment] {
        var impediments: [Impediment] = []
        for row in fields.mappings("not-applicable") {
            let node = row.required("deviation")
            guard let deviation = Deviation(rawValue: node.text) else { continue }
            if impediments.contains(where: { $0.deviation == deviation }) {
                refuse(.duplicate, node, "The deviation \(deviation.rawValue) is there twice")
            }
            impediments.append(Impediment(deviation: deviation, reason: row.text("because")))
        }
        return impediments
    }

    private mutating func checkItem(_ id: SCRItemID, of role: Role, _ node: YAMLNode) {
        guard let item = tables[id] else {
            let hint = Suggestion.hint(for: id.description, among: tables.items.map(\.id.description))
            return refuse(.unknownItem, node, "No table has the item \(id)\(hint)")
        }
        if item.role != role {
            refuse(.unknownItem, node, "\(id) is an item of a \(item.role.rawValue), not of a \(role.rawValue)")
        }
    }
}
