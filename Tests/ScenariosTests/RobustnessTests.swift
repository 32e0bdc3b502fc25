import Bytes
import Conformance
import Scenarios
import Testing

/// No text, however broken, stops the reader: it becomes a test case or messages.
@Suite struct RobustnessTests {
    private let sample = Array(Samples.scenario.utf8)

    private func isRead(_ bytes: [UInt8]) -> Bool {
        let library = ScenarioLibrary([SourceFile(path: Samples.path, bytes: bytes), Samples.requirements])
        return library.testCases.count == 1 ? library.errors.isEmpty : !library.errors.isEmpty
    }

    @Test func `A file cut short anywhere is a test case or says why not`() {
        for length in stride(from: 0, to: sample.count, by: 5) {
            #expect(isRead(Array(sample.prefix(length))), "cut after \(length) bytes")
        }
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `A file with bytes changed at random is a test case or says why not`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let place = Int.random(in: bytes.indices, using: &generator)
                bytes[place] = Array("\n\t :-[]{}&*!|>'\"%@`,#a0\u{0}\u{7F}".utf8).randomElement(using: &generator) ?? 0
            }
            #expect(isRead(bytes), "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    @Test func `Lines of a scenario in any order are a test case or messages`() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<100 {
            let lines = Samples.scenario.split(separator: "\n").shuffled(using: &generator)
            #expect(isRead(Array(lines.joined(separator: "\n").utf8)))
        }
    }
}
