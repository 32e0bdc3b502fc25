import Conformance

/// Makes a test case of a checked file, and sees to it that every name in it stands for something.
struct CaseReader {
    let fields: Fields
    let file: SourceFile
    let catalogue: RequirementCatalogue
    let tables: SCRTables
    var messages: [LintMessage] = []
    /// The clients of the equipment.
    private var clients: [PartyName] = []
    /// The clients that act or are looked at.
    private var mentioned: Set<PartyName> = []
    /// The groups and contents of the equipment.
    private(set) var groups: [Group] = []
    private(set) var contents: [MediaContent] = []
    /// The sessions of the steps so far.
    var sessions: [String: Gathering] = [:]
    /// The numbers of the procedure.
    var stepLabels: [String] = []

    init(_ fields: Fields, file: SourceFile, catalogue: RequirementCatalogue, tables: SCRTables) {
        self.fields = fields
        self.file = file
        self.catalogue = catalogue
        self.tables = tables
    }

    mutating func testCase() -> TestCase {
        checkFileName()
        let equipment = equipment()
        let references = fields.fields("references")
        let preamble = steps("preamble")
        let procedure = steps("procedure")
        let postamble = steps("postamble")
        checkNumbering(procedure)
        stepLabels = procedure.map(\.label)
        let checks = criteria()
        checkCoverage(of: procedure, by: checks)
        checkClients()
        return TestCase(
            id: fields.text("id"), title: fields.text("title"),
            objects: fields.texts("object").compactMap(TestObject.init), description: fields.text("description"),
            references: References(
                specification: references.texts("specification"), scr: references.texts("scr"),
                etr: references.texts("etr")),
            isOptional: fields.flag("optional", default: false), needs: needs(of: equipment.clients),
            impediments: impediments(), equipment: equipment, state: state(), preamble: preamble, procedure: procedure,
            postamble: postamble,
            checks: checks, position: fields.node.position)
    }

    mutating func refuse(_ rule: LintRule, _ node: YAMLNode, _ text: String) {
        messages.append(LintMessage(rule, at: node.position, text))
    }

    private mutating func checkFileName() {
        let id = fields.text("id")
        if file.name != id {
            refuse(.fileName, fields.required("id"), "The id is \(id), but the file is named \(file.name).yaml")
        }
    }

    private mutating func equipment() -> Equipment {
        let equipment = fields.fields("equipment")
        for node in equipment.list("clients") {
            let name = PartyName(node.text)
            if clients.contains(name) { refuse(.duplicate, node, "Client \(name) is there twice") }
            clients.append(name)
        }
        groups = equipment.mappings("groups").map { group($0) }
        contents = equipment.mappings("contents").map { content in
            MediaContent(
                name: content.text("name"), type: content.text("type"), size: Int(content.text("size")) ?? 1)
        }
        refuseDuplicates(equipment, "groups")
        refuseDuplicates(equipment, "contents")
        return Equipment(
            clients: clients, servers: Int(equipment.text("servers")) ?? 0, groups: groups, contents: contents)
    }

    private mutating func group(_ said: Fields) -> Group {
        let members = said.list("members").map { client($0) }
        return Group(
            name: said.text("name"), members: members, invitesMembers: said.flag("invites-members", default: false),
            isOpen: members.isEmpty, allowsAnonymity: said.flag("anonymity", default: false),
            allowsPrivateMessages: said.flag("private-messages", default: true),
            releasesWithOriginator: said.flag("auto-release", default: false),
            maximumParticipants: said.optional("maximum").flatMap { Int($0.text) })
    }

    private mutating func refuseDuplicates(_ equipment: Fields, _ key: String) {
        var names: Set<String> = []
        for row in equipment.mappings(key) where !names.insert(row.text("name")).inserted {
            refuse(.duplicate, row.required("name"), "The name “\(row.text("name"))” is there twice")
        }
    }

    private mutating func checkClients() {
        for node in fields.fields("equipment").list("clients") where !mentioned.contains(PartyName(node.text)) {
            refuse(.unusedClient, node, "Client \(node.text) does nothing in the case, and nothing is asked of it")
        }
    }

    private func state() -> [Precondition] {
        let state = fields.fields("state")
        return state.texts("mandatory").map { Precondition(text: $0, isOptional: false) }
            + state.texts("optional").map { Precondition(text: $0, isOptional: true) }
    }

    /// The client under the key, which must belong to the equipment.
    mutating func party(_ fields: Fields, _ key: String) -> PartyName { client(fields.required(key)) }

    /// The clients in the list under the key.
    mutating func parties(_ fields: Fields, _ key: String) -> [PartyName] { fields.list(key).map { client($0) } }

    /// The client that the node names, which must belong to the equipment.
    mutating func client(_ node: YAMLNode) -> PartyName {
        let name = PartyName(node.text)
        mentioned.insert(name)
        if !clients.contains(name) {
            let known = clients.map(\.description).joined(separator: ", ")
            refuse(.unknownParty, node, "Client \(name) does not belong to the equipment: \(known)")
        }
        return name
    }
}
