import Conformance
import Network

extension RunFile {
    static func json(of testCase: TestCase) -> JSONValue {
        .object(of: [
            "id": .string(testCase.id),
            "title": .string(testCase.title),
            "objects": .strings(testCase.objects.map(\.rawValue)),
            "description": .string(testCase.description),
            "references": .object(of: [
                "specification": .strings(testCase.references.specification),
                "scr": .strings(testCase.references.scr),
                "etr": .strings(testCase.references.etr),
            ]),
            "isOptional": .bool(testCase.isOptional),
            "ics": testCase.needs.isEmpty ? nil : json(of: testCase.needs),
            "notApplicable": testCase.impediments.isEmpty ? nil : .array(testCase.impediments.map(json)),
            "equipment": .object(of: [
                "clients": .strings(testCase.equipment.clients.map(\.description)),
                "servers": .integer(testCase.equipment.servers),
                "groups": .array(testCase.equipment.groups.map(json)),
                "contents": contents(testCase.equipment.contents),
            ]),
            "state": .array(
                testCase.state.map { state in
                    .object(of: ["text": .string(state.text), "isOptional": .bool(state.isOptional)])
                }),
            "preamble": .array(testCase.preamble.map(json)),
            "procedure": .array(testCase.procedure.map(json)),
            "postamble": .array(testCase.postamble.map(json)),
            "checks": .array(testCase.checks.map(json)),
            "position": json(of: testCase.position),
        ])
    }

    static func testCase(_ reader: JSONReader) throws(RunFileError) -> TestCase {
        let references = try reader.member("references")
        let equipment = try reader.member("equipment")
        return TestCase(
            id: try reader.string("id"), title: try reader.string("title"),
            objects: try reader.list("objects") { object throws(RunFileError) in try object.choice() },
            description: try reader.string("description"),
            references: References(
                specification: try references.strings("specification"), scr: try references.strings("scr"),
                etr: try references.strings("etr")),
            isOptional: try reader.member("isOptional").bool(), needs: try reader.optional("ics").map(needs) ?? [:],
            impediments: try reader.optionalList("notApplicable", impediment),
            equipment: Equipment(
                clients: try equipment.strings("clients").map { PartyName($0) },
                servers: try equipment.member("servers").integer(), groups: try equipment.optionalList("groups", group),
                contents: try equipment.optionalList("contents", content)),
            state: try reader.list("state") { state throws(RunFileError) in
                Precondition(text: try state.string("text"), isOptional: try state.member("isOptional").bool())
            },
            preamble: try reader.list("preamble", step), procedure: try reader.list("procedure", step),
            postamble: try reader.list("postamble", step), checks: try reader.list("checks", check),
            position: try position(reader.member("position")))
    }

    private static func json(of impediment: Impediment) -> JSONValue {
        .object(of: ["deviation": .string(impediment.deviation.rawValue), "because": .string(impediment.reason)])
    }

    private static func impediment(_ reader: JSONReader) throws(RunFileError) -> Impediment {
        Impediment(deviation: try reader.member("deviation").choice(), reason: try reader.string("because"))
    }

    private static func json(of check: Check) -> JSONValue {
        .object(of: [
            "id": .string(check.id),
            "kind": .string(check.kind.rawValue),
            "step": check.step.map { .string($0) },
            "title": .string(check.title),
            "requirements": .strings(check.requirements.map(\.description)),
            "condition": json(of: check.condition),
            "position": json(of: check.position),
            "unless": check.unless.map { .string($0.rawValue) },
        ])
    }

    private static func check(_ reader: JSONReader) throws(RunFileError) -> Check {
        Check(
            id: try reader.string("id"), kind: try reader.member("kind").choice(),
            step: try reader.optionalString("step"), title: try reader.string("title"),
            requirements: try reader.strings("requirements").map { RequirementID($0) },
            condition: try condition(reader.member("condition")), position: try position(reader.member("position")),
            unless: try reader.optional("unless")?.choice())
    }
}
