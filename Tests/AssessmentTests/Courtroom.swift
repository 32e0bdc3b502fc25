import Assessment
import Conformance
import Network
import Scenarios
import TestSupport

/// The shipped test cases, by which traces made by hand are judged.
enum Courtroom {
    static var library: ScenarioLibrary { ShippedScenarios.library }

    static func testCase(_ number: Int) -> TestCase {
        guard let testCase = library["IM-2.0-int-\(number)"] else {
            preconditionFailure("There is no case \(number)")
        }
        return testCase
    }

    /// A test case of one criterion and nothing else.
    static func testCase(of condition: Condition, kind: Check.Kind, step: String?) -> TestCase {
        let position = SourcePosition(file: "test", line: 1, column: 1)
        let steps = ["Hello B", "Hello A"].map { text in
            Step(label: "3", party: .a, action: .send(text: text, session: "chat"), position: position)
        }
        return TestCase(
            id: "test", title: "", objects: [], description: "",
            references: References(specification: [], scr: [], etr: []), isOptional: false,
            equipment: Equipment(clients: [.a, .b], servers: 1), state: [], preamble: [], procedure: steps,
            postamble: [],
            checks: [
                Check(
                    id: "check", kind: kind, step: step, title: "", requirements: [], condition: condition,
                    position: position)
            ], position: position)
    }
}

extension TraceBuilder {
    func assessed(_ number: Int) -> Assessed { Assessor(Courtroom.testCase(number)).assess(trace()) }

    /// What the trace says about one condition.
    func judged(_ condition: Condition, kind: Check.Kind = .criterion, step: String? = "1") -> Finding {
        let assessed = Assessor(Courtroom.testCase(of: condition, kind: kind, step: step)).assess(trace())
        guard let finding = assessed.findings.first(where: { $0.check == "check" }) else {
            preconditionFailure("Every check has a finding")
        }
        return finding
    }

    /// What the trace says about one general rule.
    func judged(byRule id: String) -> [Finding] {
        precondition(GeneralRule.all.contains { $0.id == id }, "There is no rule \(id)")
        let never = Condition.order(
            first: MessageSelector(at: .a, direction: .sent, start: .request("NONE")),
            second: MessageSelector(at: .a, direction: .sent, start: .request("NONE")), precedence: .one)
        let assessed = Assessor(Courtroom.testCase(of: never, kind: .warning, step: nil)).assess(trace())
        return assessed.findings.filter { $0.check == id }
    }

    /// The number of the message of a line in the dissected trace.
    func number(of label: String) -> Int {
        lines[...index(of: label)].filter { line in
            switch line.content {
            case .sip, .msrp, .raw: !(line.isLost && line.sender == .server)
            case .opened, .gap, .closed: false
            }
        }.count
    }
}

extension Assessed {
    /// What is not as it should be, in lines for people.
    var complaints: [String] {
        findings.filter { $0.verdict != .pass && $0.kind != .warning }.map(\.line)
    }

    /// What fails, in lines for people.
    var failures: [String] {
        findings.filter { $0.verdict == .fail && $0.kind != .warning }.map(\.line)
    }
}

extension Finding {
    var line: String {
        "\(check): \(verdict.word)\(party.map { " of \($0)" } ?? ""), expected \(expected), observed \(observed)"
    }

    /// The numbers of the messages that decide.
    var numbers: [Int] { evidence.map(\.message) }
}
