import Conformance
import Execution
import Foundation
import Reporting
import Synchronization
import Transport

/// A program that works the real clients, by lines of JSON on its standard input and output (docs/driver.md).
final class Driver: Operative {
    /// The version of the protocol, which both sides must have.
    static let version = "1"
    /// The longest line that a driver may write, in bytes.
    static let longestLine = 1 << 20
    /// How long the driver may take to end once it has been told to.
    private static let farewell = 5.0

    private struct State {
        var replies: [Reply] = []
        var doorbell: Doorbell?
        var hasSaidHello = false
        /// Whether it has been told to end.
        var isEnding = false
        /// What it is asked for at the moment.
        var open: Set<Int> = []
    }

    let command: String
    private let contents: ContentFiles
    private let state = Mutex(State())
    private let process = Process()
    private let (input, output) = (Pipe(), Pipe())

    /// Starts the program and greets it.
    ///
    /// - Parameters:
    ///   - command: A command line for the shell.
    ///   - contents: Where the contents are that clients are to send.
    /// - Throws: Why it cannot be started.
    init(_ command: String, contents: ContentFiles) throws(HarnessError) {
        self.command = command
        self.contents = contents
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "exec \(command)"]
        process.standardInput = input
        process.standardOutput = output
        do {
            try process.run()
        } catch {
            throw HarnessError("The driver “\(command)” cannot be started: \(error.reason)")
        }
        let thread = Thread { [self] in listen() }
        thread.start()
        send(
            .object(of: [
                "type": "hello", "protocol": .number(Self.version), "tool": .string("parley \(Parley.version)"),
            ]))
    }

    /// Whether it has answered the greeting.
    var hasSaidHello: Bool { state.withLock { $0.hasSaidHello } }

    func configure(_ sheet: ConfigurationSheet) { send(sheet.json) }

    func ask(_ prompt: Prompt) {
        state.withLock { _ = $0.open.insert(prompt.id) }
        send(DriverStep(prompt) { self.contents.path(of: $0, in: prompt.testCase) }.json)
    }

    func withdraw(_ id: Int) {
        state.withLock { _ = $0.open.remove(id) }
        send(.object(of: ["type": "over", "id": .integer(id)]))
    }

    func takeReplies() -> [Reply] {
        state.withLock { state in
            defer { state.replies = [] }
            return state.replies
        }
    }

    func use(_ doorbell: Doorbell) { state.withLock { $0.doorbell = doorbell } }

    /// Tells the program that nothing more will be asked, and ends it where it does not end by itself.
    func end() {
        state.withLock { $0.isEnding = true }
        send(.object(of: ["type": "end"]))
        try? input.fileHandleForWriting.close()
        let deadline = Date(timeIntervalSinceNow: Self.farewell)
        while process.isRunning, Date() < deadline { usleep(10_000) }
        if process.isRunning { process.terminate() }
    }

    private func send(_ message: JSONValue) {
        // A program that is gone is told of where its output ends.
        try? input.fileHandleForWriting.write(contentsOf: Data(message.line))
    }

    /// Reads what the program says until it has nothing more to say.
    private func listen() {
        var rest = Data()
        while true {
            let piece = output.fileHandleForReading.availableData
            guard !piece.isEmpty else { break }
            rest += piece
            while let end = rest.firstIndex(of: 0x0A) {
                hear(rest[rest.startIndex..<end])
                rest = Data(rest[rest.index(after: end)...])
            }
            if rest.count > Self.longestLine {
                reply(.gone(reason: "The driver “\(command)” writes a line of more than \(Self.longestLine) bytes."))
                return process.terminate()
            }
        }
        process.waitUntilExit()
        let how =
            process.terminationReason == .exit
            ? "ended with exit status \(process.terminationStatus)" : "was ended by signal \(process.terminationStatus)"
        reply(.gone(reason: "The driver “\(command)” \(how) while it was needed."))
    }

    private func hear(_ line: Data) {
        guard line.contains(where: { $0 > 0x20 }) else { return }
        do throws(DriverMessage.Misunderstanding) {
            switch try DriverMessage(parsing: Array(line)) {
            case .hello:
                state.withLock { state in
                    state.hasSaidHello = true
                    state.doorbell?.ring()
                }
            case .ready, .done: break
            case .cannotBegin(let reason): reply(.gone(reason: "The driver “\(command)” cannot begin: \(reason)"))
            case .cannot(let id, let reason): reply(.cannot(id, reason: reason))
            case .answer(let id, let isSo): reply(.answer(id, isSo: isSo))
            }
        } catch {
            reply(.gone(reason: "The driver “\(command)” does not speak the protocol: \(error.reason)"))
        }
    }

    private func reply(_ reply: Reply) {
        state.withLock { state in
            if case .gone = reply, state.isEnding { return }
            state.replies.append(reply)
            state.doorbell?.ring()
        }
    }
}
