import Dispatch
import Foundation
import Synchronization

/// The wish of the user to stop: the first signal lets the current cases end, the second ends the program.
enum Interruption {
    private static let count = Atomic<Int>(0)

    /// Listens to SIGINT from now on.
    static func listen() {
        signal(SIGINT) { _ in
            if Interruption.count.add(1, ordering: .relaxed).newValue > 1 { _exit(130) }
            let words = Array(
                "\nparley: stopping after the cases that are under way; press again to abandon them\n".utf8)
            _ = words.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
        }
    }

    static var isRequested: Bool { count.load(ordering: .relaxed) > 0 }
}
