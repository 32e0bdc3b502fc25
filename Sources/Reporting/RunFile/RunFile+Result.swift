import Conformance
import Network

extension RunFile {
    static func json(of result: CaseResult) -> JSONValue {
        .object(of: [
            "outcome": .string(word(for: result.outcome)),
            "interop": judged(result).map { .string($0.interop.word) },
            "conformance": judged(result).map { .string($0.conformance.word) },
            "reason": result.reason.map { .string($0) },
            "attempt": .integer(result.attempt),
            "started": .string(result.started.timestamp),
            "elapsedNanoseconds": .integer(result.elapsed.nanoseconds),
            "capture": result.capture.map { .string($0) },
            "remarks": .strings(result.remarks),
            "testCase": json(of: result.testCase),
            "cast": .array(result.cast.parties.map(json)),
            "findings": .array(result.findings.map(json)),
            "messages": .array(result.messages.map(json)),
        ])
    }

    static func result(_ reader: JSONReader) throws(RunFileError) -> CaseResult {
        CaseResult(
            testCase: try testCase(reader.member("testCase")), outcome: try outcome(reader),
            findings: try reader.list("findings", finding), messages: try reader.list("messages", message),
            cast: Cast(try reader.list("cast", party)), started: try instant(reader.member("started")),
            elapsed: .nanoseconds(try reader.member("elapsedNanoseconds").integer(Int64.self)),
            capture: try reader.optionalString("capture"), remarks: try reader.strings("remarks"),
            attempt: try reader.member("attempt").integer())
    }

    private static func word(for outcome: CaseResult.Outcome) -> String {
        switch outcome {
        case .judged: "judged"
        case .error: "error"
        case .notApplicable: "not applicable"
        case .outOfTime: "out of time"
        }
    }

    private static func judged(_ result: CaseResult) -> (interop: Verdict, conformance: Verdict)? {
        guard case .judged(let interop, let conformance) = result.outcome else { return nil }
        return (interop, conformance)
    }

    private static func outcome(_ reader: JSONReader) throws(RunFileError) -> CaseResult.Outcome {
        let word = try reader.member("outcome")
        switch try word.string() {
        case "judged":
            return .judged(
                interop: try verdict(reader.member("interop")), conformance: try verdict(reader.member("conformance")))
        case "error": return .error(reason: try reader.string("reason"))
        case "not applicable": return .notApplicable(reason: try reader.string("reason"))
        case "out of time": return .outOfTime(reason: try reader.string("reason"))
        default: throw word.error("Not an outcome")
        }
    }

    static func verdict(_ reader: JSONReader) throws(RunFileError) -> Verdict {
        guard let verdict = Verdict(word: try reader.string()) else { throw reader.error("Not a verdict") }
        return verdict
    }

    private static func json(of party: Party) -> JSONValue {
        .object(of: [
            "name": .string(party.name.description),
            "role": .string(party.role.rawValue),
            "imAddress": party.imAddress.map { .string($0) },
            "addresses": .strings(party.addresses.map(\.description)),
        ])
    }

    private static func party(_ reader: JSONReader) throws(RunFileError) -> Party {
        Party(
            name: PartyName(try reader.string("name")), role: try reader.member("role").choice(),
            imAddress: try reader.optionalString("imAddress"),
            addresses: try reader.list("addresses") { address throws(RunFileError) in
                guard let parsed = IPAddress(try address.string()) else { throw address.error("Not an IP address") }
                return parsed
            })
    }
}
