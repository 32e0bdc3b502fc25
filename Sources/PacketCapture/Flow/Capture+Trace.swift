package import Conformance
import Network

extension Capture {
    /// What the packets show, as seen on the path between the parties.
    ///
    /// A capture of ours says of which test case it is, who takes part, and to which step a packet belongs.
    /// - Parameter cast: Who takes part, where the caller knows; in place of what the capture says.
    /// - Returns: The trace; its defects are those of the file and of what it shows.
    package func trace(cast: Cast? = nil) -> Trace {
        let dissection = CaptureDissection(self)
        let metadata = metadata
        let entries = dissection.sightings.map { sighting in
            var entry = sighting.entry
            if metadata != nil { entry.step = step(ofPacket: sighting.packet) }
            return entry
        }
        let latest = packets.lazy.map(\.time).max() ?? Instant(nanoseconds: 0)
        return Trace(
            testCaseID: metadata?.testCaseID, cast: cast ?? metadata?.cast ?? Cast([]),
            datagramsKeepOrder: metadata?.datagramsKeepOrder ?? false, knownFor: metadata?.deviations ?? [],
            entries: entries, end: max(latest, metadata?.end ?? latest),
            defects: (metadata?.defects ?? []) + defects + dissection.defects)
    }

    /// What the capture says about itself, or nil for one that another program has written.
    package var metadata: CaptureMetadata? {
        comments.lazy.compactMap { CaptureMetadata(parsing: $0) }.first
    }

    private func step(ofPacket number: Int) -> String? {
        packets[number - 1].comments.lazy.compactMap { StepComment(parsing: $0)?.step }.first
    }
}

/// The comment of a packet that names its step, such as `step 3: A sends “Hello B” in the session`.
struct StepComment: Equatable {
    var step: String
    /// What happens in the step.
    var sentence: String?

    init(step: String, sentence: String?) {
        self.step = step
        self.sentence = sentence
    }

    init?(parsing comment: String) {
        guard comment.hasPrefix("step ") else { return nil }
        let rest = comment.dropFirst(5)
        let label = rest.prefix { $0 != ":" }
        guard !label.isEmpty else { return nil }
        step = String(label)
        sentence = label.endIndex == rest.endIndex ? nil : String(rest[label.endIndex...].dropFirst(2))
    }

    var text: String { "step \(step)" + (sentence.map { ": \($0)" } ?? "") }
}
