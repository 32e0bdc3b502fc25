import Conformance
import Network

extension RunFile {
    static func json(of finding: Finding) -> JSONValue {
        .object(of: [
            "check": .string(finding.check),
            "kind": .string(finding.kind.rawValue),
            "verdict": .string(finding.verdict.word),
            "title": .string(finding.title),
            "expected": .string(finding.expected),
            "observed": .string(finding.observed),
            "party": finding.party.map { .string($0.description) },
            "step": finding.step.map { .string($0) },
            "requirements": .strings(finding.requirements.map(\.description)),
            "evidence": .array(finding.evidence.map(json)),
            "decision": json(of: finding.decision),
            "position": finding.position.map(json),
            "known": finding.known.map { .string($0) },
        ])
    }

    static func finding(_ reader: JSONReader) throws(RunFileError) -> Finding {
        var finding = Finding(
            check: try reader.string("check"), kind: try reader.member("kind").choice(),
            verdict: try verdict(reader.member("verdict")), title: try reader.string("title"),
            requirements: try reader.strings("requirements").map { RequirementID($0) },
            expected: try reader.string("expected"), observed: try reader.string("observed"),
            evidence: try reader.list("evidence", reference), step: try reader.optionalString("step"),
            position: try reader.optional("position").map(position),
            party: try reader.optionalString("party").map { PartyName($0) },
            decision: try decision(reader.member("decision")))
        finding.known = try reader.optionalString("known")
        return finding
    }

    static func json(of position: SourcePosition) -> JSONValue {
        .object(of: [
            "file": .string(position.file), "line": .integer(position.line), "column": .integer(position.column),
        ])
    }

    static func position(_ reader: JSONReader) throws(RunFileError) -> SourcePosition {
        SourcePosition(
            file: try reader.string("file"), line: try reader.member("line").integer(),
            column: try reader.member("column").integer())
    }

    static func json(of reference: MessageReference) -> JSONValue {
        .object(of: [
            "message": .integer(reference.message), "packet": reference.packet.map { .integer($0) },
        ])
    }

    static func reference(_ reader: JSONReader) throws(RunFileError) -> MessageReference {
        MessageReference(
            message: try reader.member("message").integer(), packet: try packet(reader))
    }

    private static func packet(_ reader: JSONReader) throws(RunFileError) -> Int? {
        guard let packet = try reader.optional("packet") else { return nil }
        return try packet.integer()
    }

    private static func json(of decision: Decision) -> JSONValue {
        switch decision {
        case .presence: .object(of: ["by": "presence"])
        case .fence(let message): .object(of: ["by": "fence", "message": json(of: message)])
        case .window(let duration, let reason):
            .object(of: [
                "by": "window", "nanoseconds": .integer(duration.nanoseconds), "reason": .string(reason.rawValue),
            ])
        }
    }

    private static func decision(_ reader: JSONReader) throws(RunFileError) -> Decision {
        let by = try reader.member("by")
        switch try by.string() {
        case "presence": return .presence
        case "fence": return .fence(try reference(reader.member("message")))
        case "window":
            return .window(
                .nanoseconds(try reader.member("nanoseconds").integer(Int64.self)), try reader.member("reason").choice()
            )
        default: throw by.error("Not a way to decide")
        }
    }
}
