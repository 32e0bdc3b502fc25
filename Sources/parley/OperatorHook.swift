import Foundation
import Network

/// The command that lets a system under test do what only its operator can bring about.
struct OperatorHook: Sendable {
    let command: String

    init(_ command: String) { self.command = command }

    /// Runs the command with what is asked in its environment, and does not wait for its end.
    ///
    /// - Returns: Why it cannot be run, or nil.
    @Sendable func perform(_ request: OperatorRequest) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        var environment = ProcessInfo.processInfo.environment
        switch request {
        case .announce(let text, let user):
            environment["PARLEY_TEXT"] = text
            environment["PARLEY_USER"] = user
        case .empty: return "only the embedded server empties stores on request"
        }
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.standardError
        do {
            try process.run()
            return nil
        } catch {
            return "the command “\(command)” cannot be run (\(error.reason))"
        }
    }
}
