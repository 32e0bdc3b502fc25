import Conformance
import Execution
import PacketCapture

/// What is judged after a performance: the capture as others will read it, not what we happen to remember.
struct CaseEvidence {
    /// The trace that the capture shows.
    let trace: Trace
    /// What is judged: the packets on the wire where they were captured and can be read, and otherwise the actors' own
    /// record of them.
    let capture: [UInt8]
    /// The other captures, by the names of their files.
    let others: [(name: String, bytes: [UInt8])]
    /// What the files hold, where that is not the usual, for people.
    let remark: String?
    /// What one witness says and the other does not, which is a fault of the harness.
    let disagreement: String?

    init(_ performance: Performance, wire: Capture?, of testCase: TestCase, run: String) throws {
        let sentences = testCase.sentences
        func describe(_ entry: TraceEntry) -> String? { entry.step.flatMap { sentences[$0] } }
        let recording = Recording(of: performance.trace, runID: run, describe: describe)
        if !performance.secrets.isEmpty {
            let opened = wire?.opened(by: performance.secrets, with: performance.trace, runID: run)
            capture = recording.capture.serialized()
            others = opened.map { [("wire.pcapng", $0.serialized())] } ?? []
            remark =
                "The connections are secured: capture.pcapng is the actors' own record, in plain text, and is judged."
                + (opened == nil
                    ? "" : " wire.pcapng has the packets on the wire, with the secrets by which Wireshark reads them.")
            disagreement = nil
        } else if let wire {
            let annotated = AnnotatedCapture(wire, with: performance.trace, runID: run, describe: describe)
            capture = annotated.capture.serialized()
            others = [("actors.pcapng", recording.capture.serialized())]
            remark = nil
            disagreement = annotated.comparison.inWords
        } else {
            capture = recording.capture.serialized()
            (others, remark) = ([], nil)
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
