import Foundation
import Synchronization
import Transport

/// The lines of standard input, as they come.
final class LineInbox: Sendable {
    private struct State {
        var lines: [String] = []
        var isOver = false
    }

    private let state = Mutex(State())

    init(ringing doorbell: Doorbell) {
        let thread = Thread { [self] in
            while let line = readLine() {
                state.withLock { $0.lines.append(line) }
                doorbell.ring()
            }
            state.withLock { $0.isOver = true }
            doorbell.ring()
        }
        thread.start()
    }

    var hasNews: Bool { state.withLock { !$0.lines.isEmpty || $0.isOver } }

    /// The lines that have come since the last call; nil after the last of all.
    func take() -> [String]? {
        state.withLock { state in
            defer { state.lines = [] }
            return state.lines.isEmpty && state.isOver ? nil : state.lines
        }
    }
}
