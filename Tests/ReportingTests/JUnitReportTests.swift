import Conformance
import Reporting
import Testing

@Suite struct JUnitReportTests {
    /// One case of every outcome, with the mark that its element must say when it is read back.
    private static let marks: [(index: Int, mark: Mark)] = [
        (0, .pass), (1, .fail), (2, .inconclusive), (3, .error), (4, .notApplicable), (5, .outOfTime),
    ]

    @Test(arguments: marks)
    func `The verdict that is read back is the verdict that was written`(index: Int, mark: Mark) throws {
        var run = Sample.run
        run.cases = [run.cases[index]]
        let element = try #require(try XMLOutline.root(of: JUnitReport(run).bytes).all("testcase").first)
        #expect(Sample.run.cases[index].mark == mark)
        #expect(Self.mark(of: element) == mark)
    }

    @Test func `A warning leaves the case passed and stands among its properties`() throws {
        let element = try #require(try cases().first)
        let properties = Self.properties(of: element)
        #expect(Self.mark(of: element) == .pass)
        #expect(properties["warnings"]?.contains("101.7 Server names the release first") == true)
    }

    @Test func `The counts of the root and of each suite are those of the elements`() throws {
        let root = try XMLOutline.root(of: JUnitReport(Sample.run).bytes)
        #expect(root.name == "testsuites")
        for suite in [root] + root.all("testsuite") {
            #expect(suite.attributes["tests"] == String(suite.all("testcase").count))
            #expect(suite.attributes["failures"] == String(suite.all("failure").count))
            #expect(suite.attributes["errors"] == String(suite.all("error").count))
            #expect(suite.attributes["skipped"] == String(suite.all("skipped").count))
        }
        #expect(root.all("testcase").count == Sample.run.cases.count)
    }

    @Test func `Every case has a name, a class name, a file and a time`() throws {
        for element in try cases() {
            for name in ["name", "classname", "file", "time"] {
                #expect(element.attributes[name]?.isEmpty == false)
            }
        }
        #expect(Set(try cases().compactMap { $0.attributes["name"] }).count == Sample.run.cases.count)
    }

    @Test func `A case is described by properties`() throws {
        let properties = Self.properties(of: try cases()[1])
        #expect(properties["interop"] == "fail")
        #expect(properties["conformance"] == "fail")
        #expect(properties["testfest"] == "Fail")
        #expect(properties["spec"] == "8.1.1")
        #expect(properties["clause"] == "OMA-TS-SIMPLE_IM-V1_0 §8.1.1")
        #expect(properties["seed"] == Sample.run.seed.map { String($0) })
        #expect(properties["mode"] == "simulated")
        #expect(properties["suspect-party"] == "server")
        #expect(properties["attachment"] == "cases/IM-2.0-int-201/capture.pcapng")
    }

    @Test func `A failure says what was expected and observed, by whom, where, and shows the messages`() throws {
        let failure = try #require(try cases()[1].all("failure").first)
        #expect(failure.attributes["type"] == "201.1")
        #expect(failure.attributes["message"]?.contains("\n") == false)
        for part in [
            "expected: exactly 1 MESSAGE with “Hello 1”", "observed: 2: the retransmission", "at fault: server",
            "message: #11 (packet 30) server → B", "clause: RFC 3261 §17.2.2", "scenario: scenarios/simple-im/int/",
            "201.4 MESSAGE carries no Contact", "✗   #14   +32.044 s",
        ] {
            #expect(failure.text.contains(part), "\(part)")
        }
    }

    @Test func `The ladder in a failure has no more than 40 lines`() {
        for result in Sample.run.cases {
            #expect(LadderText(result).excerpt(limit: 40).count <= 40)
        }
        var long = Sample.failed
        long.messages = (0..<400).map { index in
            var message = Sample.passed.messages[index % 26]
            message.reference.message = index + 1
            return message
        }
        long.findings[0].evidence = [3, 50, 51, 200, 397].map(Sample.reference)
        let lines = LadderText(long).excerpt(limit: 40)
        #expect(lines.count <= 40)
        for number in [3, 50, 51, 200, 397] {
            #expect(lines.contains { $0.contains("✗ ") && $0.contains("#\(number) ") })
        }
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `The file is XML whatever a peer sends`(seed: UInt64) throws {
        var generator = RepeatableGenerator(state: seed)
        var run = Sample.run
        for _ in 0..<20 {
            let scalars = (0..<200).compactMap { _ in
                let limit: UInt32 = Bool.random(using: &generator) ? 0xA0 : 0x10FFFF
                return Unicode.Scalar(UInt32.random(in: 0...limit, using: &generator))
            }
            let text = scalars.reduce(into: "]]>&<\"'") { $0.unicodeScalars.append($1) }
            run.cases[1].findings[0].observed = text
            run.cases[1].findings[0].expected = text
            run.cases[1].messages[10].label = text
            run.cases[3].outcome = .error(reason: text)
            run.systemUnderTest = text
            let root = try XMLOutline.root(of: JUnitReport(run).bytes)
            #expect(root.all("testcase").count == run.cases.count)
        }
    }

    @Test(arguments: [
        ("IM-2.0-int-101", "oma-ets-im-2.0.int-1xx"), ("IM-2.0-int-608", "oma-ets-im-2.0.int-6xx"),
        ("IM-2.0-con-001", "oma-ets-im-2.0.con-0xx"), ("regress-0123", "scenarios.simple-im.int"),
    ])
    func `The class name is the group of the ETS, or else the folder of the scenario`(id: String, name: String) {
        var testCase = Sample.establishment
        testCase.id = id
        #expect(JUnitReport.className(of: testCase) == name)
    }

    private func cases() throws -> [XMLOutline.Element] {
        let elements = try XMLOutline.root(of: JUnitReport(Sample.run).bytes).all("testcase")
        return Sample.run.cases.compactMap { result in
            elements.first { $0.attributes["name"]?.hasPrefix(result.name) == true }
        }
    }

    private static func properties(of element: XMLOutline.Element) -> [String: String] {
        Dictionary(
            element.all("property").compactMap { property in
                property.attributes["name"].map { ($0, property.attributes["value"] ?? "") }
            }, uniquingKeysWith: { first, _ in first })
    }

    /// What a reader of JUnit files makes of a case.
    private static func mark(of element: XMLOutline.Element) -> Mark? {
        guard let outcome = element.children.first(where: { ["failure", "error", "skipped"].contains($0.name) }) else {
            return .pass
        }
        let message = outcome.attributes["message"] ?? ""
        switch (outcome.name, outcome.attributes["type"]) {
        case ("failure", _): return .fail
        case ("error", "inconclusive"): return .inconclusive
        case ("error", "harness"): return .error
        case ("skipped", _) where message.hasPrefix("N/A: "): return .notApplicable
        case ("skipped", _) where message == "OUT-OF-TIME": return .outOfTime
        default: return nil
        }
    }
}
