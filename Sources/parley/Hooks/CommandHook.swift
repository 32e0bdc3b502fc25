import Foundation

/// A command that does what the operator is asked, which it finds in its environment.
struct CommandHook {
    private let command: String
    private let seconds: Int

    init(_ command: String, seconds: Int) {
        self.command = command
        self.seconds = seconds
    }

    /// Runs the command to its end, or to the end of its time.
    ///
    /// - Returns: Why it has not done its work, with its last words, or nil.
    func run(_ variables: [String: String]) -> String? {
        // A file, for what it leaves running may hold a pipe open.
        let path = FileManager.default.temporaryDirectory.appending(path: "parley-hook-\(UUID().uuidString)").path
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let output = FileHandle(forWritingAtPath: path)
        else { return "the hook “\(command)” cannot be run, for \(path) cannot be written" }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let process = Process()
        // It ends what the command has started, too.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
        process.arguments = ["--kill-after=1", String(seconds), "/bin/sh", "-c", command]
        process.environment = ProcessInfo.processInfo.environment.merging(variables) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        do {
            try process.run()
        } catch {
            return "the hook “\(command)” cannot be run (\(error.reason))"
        }
        process.waitUntilExit()
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        let words = SystemHooks.lastWords(text)
        switch (process.terminationReason, process.terminationStatus) {
        case (.exit, 0): return nil
        // “timeout” says so, or goes the way of what it had to kill.
        case (.exit, 124), (.exit, 137), (.uncaughtSignal, _):
            return "the hook “\(command)” did not end within \(seconds) s\(words)"
        case (_, let status): return "the hook “\(command)” ended with status \(status)\(words)"
        }
    }
}
