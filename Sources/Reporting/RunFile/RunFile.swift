package import Conformance
import Network

/// `run.json`: the results of a run, whole; every other report can be made from it.
package enum RunFile {
    /// The version of the form; a file that says anything else is refused.
    package static let schema = "parley.run/1"

    /// The file of a run; the same run always gives the same bytes.
    package static func bytes(of run: RunResult) -> [UInt8] { json(of: run).document }

    /// The run that a file holds.
    package static func run(in bytes: [UInt8]) throws(RunFileError) -> RunResult {
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch {
            throw RunFileError(path: "", problem: "Not JSON: \(error)")
        }
        return try run(in: JSONReader(value))
    }

    static func json(of run: RunResult) -> JSONValue {
        .object(of: [
            "schema": .string(schema),
            "id": .string(run.id),
            "mode": .string(run.mode.rawValue),
            "seed": run.seed.map { .string(String($0)) },
            "systemUnderTest": .string(run.systemUnderTest),
            "started": .string(run.started.timestamp),
            "elapsedNanoseconds": .integer(run.elapsed.nanoseconds),
            "incomplete": run.incomplete.map { .string($0) },
            "remarks": .strings(run.remarks),
            "stale": run.stale.isEmpty ? nil : .strings(run.stale),
            "ics": run.statement.map { json(of: $0, shortfalls: run.shortfalls) },
            "cases": .array(run.cases.map(json)),
            "requirements": .array(run.requirements.values.sorted { $0.id < $1.id }.map(json)),
        ])
    }

    private static func run(in reader: JSONReader) throws(RunFileError) -> RunResult {
        let schema = try reader.member("schema")
        guard try schema.string() == Self.schema else { throw schema.error("Only “\(Self.schema)” can be read") }
        let requirements = try reader.list("requirements", requirement)
        var run = RunResult(
            id: try reader.string("id"), mode: try reader.member("mode").choice(),
            seed: try reader.optional("seed").map(seed),
            systemUnderTest: try reader.string("systemUnderTest"), started: try instant(reader.member("started")),
            elapsed: .nanoseconds(try reader.member("elapsedNanoseconds").integer(Int64.self)),
            cases: try reader.list("cases", result),
            requirements: Dictionary(requirements.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
            incomplete: try reader.optionalString("incomplete"), remarks: try reader.strings("remarks"))
        run.stale = try reader.optionalList("stale") { reader throws(RunFileError) in try reader.string() }
        if let ics = try reader.optional("ics") {
            run.statement = try statement(ics)
            run.shortfalls = try ics.list("shortfalls", shortfall)
        }
        return run
    }

    /// The seed is a string, because many readers of JSON lose digits beyond 2^53.
    private static func seed(_ reader: JSONReader) throws(RunFileError) -> UInt64 {
        guard let seed = UInt64(try reader.string()) else { throw reader.error("A whole number of 64 bits expected") }
        return seed
    }

    static func instant(_ reader: JSONReader) throws(RunFileError) -> Instant {
        guard let instant = Instant(timestamp: try reader.string()) else {
            throw reader.error("A time such as 2026-08-21T14:30:00.000000000Z expected")
        }
        return instant
    }

    private static func json(of requirement: Requirement) -> JSONValue {
        .object(of: [
            "id": .string(requirement.id.description),
            "document": .string(requirement.document),
            "clause": .string(requirement.clause),
            "level": .string(requirement.level.rawValue),
            "statement": .string(requirement.statement),
        ])
    }

    private static func requirement(_ reader: JSONReader) throws(RunFileError) -> Requirement {
        Requirement(
            id: RequirementID(try reader.string("id")), document: try reader.string("document"),
            clause: try reader.string("clause"), level: try reader.member("level").choice(),
            statement: try reader.string("statement"))
    }
}
