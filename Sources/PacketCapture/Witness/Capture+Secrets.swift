package import Conformance

extension Capture {
    /// The packets of secured connections, with the secrets by which other programs read them.
    ///
    /// Nothing in them can be compared with what the actors have seen, so that they say only whose they are.
    ///
    /// - Parameters:
    ///   - secrets: A key log, one secret a line.
    ///   - actors: What the actors have seen.
    ///   - runID: The run that the capture belongs to.
    /// - Returns: The capture to be written.
    package func opened(by secrets: [String], with actors: Trace, runID: String? = nil) -> Capture {
        var capture = self
        capture.application = "Parley"
        capture.comments.insert(CaptureMetadata(of: actors, runID: runID).comment, at: 0)
        capture.names = actors.cast.names
        var seen: Set<String> = []
        // Both ends of a connection may be ours, and then tell the same.
        capture.secrets = secrets.filter { seen.insert($0).inserted }
        return capture
    }
}
