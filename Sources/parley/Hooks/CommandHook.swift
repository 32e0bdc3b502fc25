import Foundation

/// A command that does what the operator is asked, which it finds in its environment.
struct CommandHook {
    let command: String
    private let seconds: Int
    private let redaction: Redaction

    /// The command as it is told.
    private var words: String { redaction(command) }

    /// - Parameters:
    ///   - command: A command line of the shell.
    ///   - seconds: How long it may take.
    ///   - redaction: Hides what is never to be told; the values of the variables that the command names are hidden too.
    init(_ command: String, seconds: Int, hiding redaction: Redaction) {
        self.command = command
        self.seconds = seconds
        var redaction = redaction
        for match in command.matches(of: #/\$\{?([A-Za-z_][A-Za-z0-9_]*)/#) where !match.1.hasPrefix("PARLEY_") {
            // What is shorter is no secret, but a part of many words.
            guard let value = ProcessInfo.processInfo.environment[String(match.1)], value.count > 3 else { continue }
            redaction.hide(value, as: "$\(match.1)")
        }
        self.redaction = redaction
    }

    /// Runs the command to its end, or to the end of its time.
    ///
    /// - Returns: Why it has not done its work, with its last words, or nil.
    func run(_ variables: [String: String]) -> String? {
        // A file, for what it leaves running may hold a pipe open.
        let path = FileManager.default.temporaryDirectory.appending(path: "parley-hook-\(UUID().uuidString)").path
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let output = FileHandle(forWritingAtPath: path)
        else { return "the hook “\(words)” cannot be run, for \(path) cannot be written" }
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
            return "the hook “\(words)” cannot be run (\(redaction(error.reason)))"
        }
        process.waitUntilExit()
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        let lastWords = lastWords(of: text)
        switch (process.terminationReason, process.terminationStatus) {
        case (.exit, 0): return nil
        // “timeout” says so, or goes the way of what it had to kill.
        case (.exit, 124), (.exit, 137), (.uncaughtSignal, _):
            return "the hook “\(words)” did not end within \(seconds) s\(lastWords)"
        case (_, let status): return "the hook “\(words)” ended with status \(status)\(lastWords)"
        }
    }

    func lastWords(of text: String) -> String { SystemHooks.lastWords(text, redaction) }
}
