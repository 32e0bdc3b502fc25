/// A test case as its scenario file describes it: the rows of the ETS table, the steps, and the checks.
package struct TestCase: Sendable, Equatable {
    package var id: String
    package var title: String
    /// The test object of the ETS table: who is being tested.
    package var objects: [TestObject]
    package var description: String
    package var references: References
    /// Whether the ETS marks the case as including optional features.
    package var isOptional: Bool
    /// The items that an ICS must claim for the case to apply, by who of its parties is tested.
    package var needs: [PartyName: [SCRItemID]]
    /// What keeps the case from being applicable to a system that deviates.
    package var impediments: [Impediment]
    package var equipment: Equipment
    package var state: [Precondition]
    package var preamble: [Step]
    package var procedure: [Step]
    package var postamble: [Step]
    package var checks: [Check]
    package var position: SourcePosition

    package init(
        id: String, title: String, objects: [TestObject], description: String, references: References,
        isOptional: Bool, needs: [PartyName: [SCRItemID]] = [:], impediments: [Impediment] = [], equipment: Equipment,
        state: [Precondition], preamble: [Step], procedure: [Step], postamble: [Step], checks: [Check],
        position: SourcePosition
    ) {
        self.id = id
        self.title = title
        self.objects = objects
        self.description = description
        self.references = references
        self.isOptional = isOptional
        self.needs = needs
        self.impediments = impediments
        self.equipment = equipment
        self.state = state
        self.preamble = preamble
        self.procedure = procedure
        self.postamble = postamble
        self.checks = checks
        self.position = position
    }

    /// How many steps there can be to wait for, one after the other, and the farewell after them.
    package var numberOfScenes: Int { preamble.count + procedure.count + postamble.count + 1 }

    /// The number that the ids of the checks begin with: `101` for `IM-2.0-int-101`.
    package var number: String {
        String(id.split(separator: "-").last ?? "")
    }
}

package enum TestObject: String, CaseIterable, Sendable {
    case client = "IM Client"
    case server = "IM Server"
}

/// The specification, SCR and ETR references of the ETS table.
package struct References: Sendable, Equatable {
    package var specification: [String]
    package var scr: [String]
    package var etr: [String]

    package init(specification: [String], scr: [String], etr: [String]) {
        self.specification = specification
        self.scr = scr
        self.etr = etr
    }
}

/// The parties a test case needs.
package struct Equipment: Sendable, Equatable {
    package var clients: [PartyName]
    package var servers: Int
    package var groups: [Group]
    /// The pictures and texts that large messages and files consist of.
    package var contents: [MediaContent]

    package init(clients: [PartyName], servers: Int, groups: [Group] = [], contents: [MediaContent] = []) {
        self.clients = clients
        self.servers = servers
        self.groups = groups
        self.contents = contents
    }
}

/// A state that the ETS asks for before step 1.
package struct Precondition: Sendable, Equatable {
    package var text: String
    package var isOptional: Bool

    package init(text: String, isOptional: Bool) {
        self.text = text
        self.isOptional = isOptional
    }
}

/// One row of the procedure: a party does something.
package struct Step: Sendable, Equatable {
    /// The number of the ETS step, `preamble`, or `postamble`.
    package var label: String
    package var party: PartyName
    package var action: Action
    package var mutations: [Mutation]
    /// Why the step has no criterion, where it has none.
    package var uncheckedBecause: String?
    package var position: SourcePosition

    package init(
        label: String, party: PartyName, action: Action, mutations: [Mutation] = [],
        uncheckedBecause: String? = nil, position: SourcePosition
    ) {
        self.label = label
        self.party = party
        self.action = action
        self.mutations = mutations
        self.uncheckedBecause = uncheckedBecause
        self.position = position
    }
}
