import Conformance
import Foundation
import Network
import Reporting
import Testing

@Suite struct RunFileTests {
    @Test func `A run that is written and read is the same run`() throws {
        for run in [Sample.run, Sample.partial, Sample.declared] {
            let bytes = RunFile.bytes(of: run)
            let read = try RunFile.run(in: bytes)
            let isSame = read == run
            #expect(isSame)
            #expect(RunFile.bytes(of: read) == bytes)
        }
    }

    @Test func `No property of a result is left out of the file`() throws {
        let result = Sample.failed
        let step = try #require(result.testCase.procedure.first)
        let known: [(Any, String)] = [
            (
                Sample.run,
                "id mode seed systemUnderTest started elapsed cases requirements incomplete remarks stale "
                    + "statement shortfalls"
            ),
            (result, "testCase outcome findings messages cast started elapsed capture remarks attempt"),
            (
                result.testCase,
                "id title objects description references isOptional needs impediments equipment state preamble "
                    + "procedure postamble checks position"
            ),
            (step, "label party action mutations uncheckedBecause position"),
            (try #require(result.testCase.checks.first), "id kind step title requirements condition position unless"),
            (
                try #require(result.findings.first),
                "check kind verdict title requirements expected observed evidence step position party decision known"
            ),
            (
                try #require(result.messages.first),
                "reference time source destination sender receiver protocolName transport label bytes step"
            ),
            (try #require(Sample.cast.parties.first), "name role imAddress addresses"),
            (try #require(Sample.requirements.first), "id document clause level statement"),
        ]
        for (value, properties) in known {
            let labels = Mirror(reflecting: value).children.compactMap(\.label)
            #expect(labels == properties.split(separator: " ").map(String.init))
        }
    }

    @Test func `The same run gives the same bytes, whatever the order of its requirements`() {
        var shuffled = Sample.run
        shuffled.requirements = Dictionary(
            uniqueKeysWithValues: Sample.requirements.reversed().map { ($0.id, $0) })
        #expect(RunFile.bytes(of: shuffled) == RunFile.bytes(of: Sample.run))
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `Any bytes of a message survive`(seed: UInt64) throws {
        var generator = RepeatableGenerator(state: seed)
        var run = Sample.run
        for index in run.cases[1].messages.indices {
            let count = Int.random(in: 0...300, using: &generator)
            run.cases[1].messages[index].bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
        let isSame = try RunFile.run(in: RunFile.bytes(of: run)) == run
        #expect(isSame)
    }

    @Test func `Bytes that are UTF-8 are text, and others are base64 with a lossy text beside it`() throws {
        let messages = try message(9)
        #expect(messages["base64"] == nil)
        let hostile = try message(10)
        #expect(hostile["base64"] != nil)
        #expect(hostile["text"] == .string(String(decoding: Sample.hostileBytes, as: UTF8.self)))
    }

    @Test func `An IPv6 address keeps its port`() throws {
        var run = Sample.run
        let address = try #require(IPAddress("2001:db8::1"))
        run.cases[0].messages[0].source = SocketAddress(address, port: 5061)
        let isSame = try RunFile.run(in: RunFile.bytes(of: run)) == run
        #expect(isSame)
    }

    @Test(arguments: [
        (#""schema": "parley.run/1""#, #""schema": "parley.run/2""#, "schema: Only “parley.run/1” can be read"),
        (#""mode": "simulated""#, #""mode": "dreamt""#, "mode: Not a word that may stand here"),
        (#""seed": "18446744073709551557""#, #""seed": 7"#, "seed: A string expected"),
        (#""outcome": "judged""#, #""outcome": "so-so""#, "cases[0].outcome: Not an outcome"),
        (#""kind": "P""#, #""kind": "Q""#, "cases[0].testCase.checks[0].kind: Not a word that may stand here"),
        (#""systemUnderTest""#, #""system""#, "“systemUnderTest” is missing"),
    ])
    func `A file that is something else is refused with the place`(
        text: String, replacement: String, description: String
    ) throws {
        let file = String(decoding: RunFile.bytes(of: Sample.run), as: UTF8.self)
        let range = try #require(file.range(of: text))
        let spoiled = file.replacingCharacters(in: range, with: replacement)
        do {
            _ = try RunFile.run(in: Array(spoiled.utf8))
            Issue.record("The file was read")
        } catch {
            #expect("\(error)" == description)
        }
    }

    @Test func `A file that is no JSON is refused`() {
        #expect(throws: RunFileError.self) { try RunFile.run(in: Array("<xml/>".utf8)) }
    }

    private func message(_ index: Int) throws -> JSONValue {
        let document = try JSONValue(parsing: RunFile.bytes(of: Sample.run))
        guard case .array(let cases) = document["cases"], case .array(let messages) = cases[1]["messages"] else {
            throw RunFileError(path: "cases", problem: "No messages")
        }
        return messages[index]
    }
}

/// Random numbers that are the same for the same seed.
struct RepeatableGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 33)
    }
}
