import Dispatch
import Foundation
import Reporting
import Synchronization
import Transport

/// The wish of the user to stop: the first signal lets the current cases end, the second ends the program.
final class Interruption: Sendable {
    private let code = Mutex<ExitCode?>(nil)
    private let doorbell = Mutex<Doorbell?>(nil)
    private let announcement: String?
    // Kept so that they go on listening, and never touched again.
    private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

    /// Listens to SIGINT and SIGTERM as long as the object lives.
    init(
        announcing announcement: String? =
            "stopping after what is under way; once more abandons it, and the report with it"
    ) {
        self.announcement = announcement
        let queue = DispatchQueue(label: "signals")
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number, queue: queue)
        }
        for (source, code) in zip(sources, [ExitCode.interrupted, .terminated]) {
            source.setEventHandler { [weak self] in self?.note(code) }
            source.activate()
        }
    }

    /// The exit code of the signal that came first, or nil while none has come.
    var request: ExitCode? { code.withLock { $0 } }

    /// Wakes a loop too when the wish comes.
    func ring(_ doorbell: Doorbell) { self.doorbell.withLock { $0 = doorbell } }

    private func note(_ new: ExitCode) {
        let isFirst = code.withLock { code in
            defer { code = code ?? new }
            return code == nil
        }
        guard isFirst else { _exit(Int32(new.rawValue)) }
        doorbell.withLock { $0?.ring() }
        if let announcement { Terminal.complain(announcement) }
    }
}
