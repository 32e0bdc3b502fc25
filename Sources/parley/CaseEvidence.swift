import Conformance
import Execution
import PacketCapture

/// What is judged after a performance: the capture as others will read it, not what we happen to remember.
struct CaseEvidence {
    /// The trace that the capture shows.
    let trace: Trace
    /// The packets on the wire where they were captured, and otherwise the actors' own record of them.
    let capture: [UInt8]
    /// The actors' own record, where the wire has been captured too.
    let ownCapture: [UInt8]?
    /// What one witness says and the other does not, which is a fault of the harness.
    let disagreement: String?

    init(_ performance: Performance, wire: Capture?, of testCase: TestCase, run: String) throws {
        let sentences = testCase.sentences
        func describe(_ entry: TraceEntry) -> String? { entry.step.flatMap { sentences[$0] } }
        let recording = Recording(of: performance.trace, runID: run, describe: describe)
        if let wire {
            let annotated = AnnotatedCapture(wire, with: performance.trace, runID: run, describe: describe)
            capture = annotated.capture.serialized()
            ownCapture = recording.capture.serialized()
            disagreement = annotated.comparison.inWords
        } else {
            capture = recording.capture.serialized()
            ownCapture = nil
            disagreement = nil
        }
        trace = try Capture(parsing: capture).trace()
    }
}

extension WitnessComparison {
    fileprivate var inWords: String? {
        guard case .disagree(let sentences) = self else { return nil }
        let more = sentences.count > 3 ? " (and \(sentences.count - 3) more)" : ""
        return "The packets on the wire and the actors' own record disagree. "
            + sentences.prefix(3).joined(separator: " ") + more
    }
}

extension TestCase {
    /// What happens under each label, in words.
    fileprivate var sentences: [String: String] {
        Dictionary(
            procedure.map { ($0.label, $0.sentence) }, uniquingKeysWith: { first, second in "\(first); \(second)" })
    }
}
