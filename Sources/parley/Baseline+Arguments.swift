import Conformance
import Network
import Reporting
import Scenarios

extension Baseline {
    static let options = [
        Option("--known-failing", "FILE", "What is known to fail, as a known-failures.yaml; it decides nothing.")
    ]

    /// The baseline that the options name; without one nothing is known to fail.
    ///
    /// - Parameter system: The system under test, beside whose description its known failures may be.
    init(_ arguments: Arguments, of system: SystemFolder? = nil) throws {
        var entries: [KnownFailure] = []
        for path in arguments.values("--known-failing") + [system?.knownFailures].compactMap(\.self) {
            let bytes: [UInt8]
            do {
                bytes = try FileSystem.real.read(path)
            } catch {
                throw UsageError("The known failures “\(path)” cannot be read: \(error.reason)")
            }
            let file = KnownFailureFile(SourceFile(path: path, bytes: bytes))
            if let first = file.messages.first { throw UsageError(input: first.description) }
            entries += file.knownFailures
        }
        self.init(entries, today: CivilTime(Instant.now).date)
    }
}
