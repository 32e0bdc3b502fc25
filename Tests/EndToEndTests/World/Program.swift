import Foundation
import Network
import TestSupport

/// The built program, run as its users run it.
final class Program {
    struct Outcome: Sendable {
        var status: Int32
        var output: String
        var complaints: String
    }

    /// Where the program and the tests have been built.
    static let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    private let process = Process()
    private let (output, complaints) = (Pipe(), Pipe())
    private let keyboard = Pipe()
    private var told = Data()

    /// Starts a program in a folder, with `parley` in its path and otherwise what the packages of Debian install.
    init(
        _ program: String, _ arguments: [String], in directory: URL, environment: [String: String] = [:],
        terminal: FileHandle? = nil, input: String? = nil
    ) throws {
        process.executableURL = program == "parley" ? Self.folder.appending(path: program) : URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = directory
        var all = ProcessInfo.processInfo.environment
        for name in ["NO_COLOR", "COLUMNS", "TERM"] { all[name] = nil }
        all["PATH"] = Self.folder.path + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
        process.environment = all.merging(environment) { $1 }
        if input == nil { process.standardInput = FileHandle.nullDevice } else { process.standardInput = keyboard }
        if let terminal { process.standardOutput = terminal } else { process.standardOutput = output }
        process.standardError = complaints
        try process.run()
        if let input { enter(input) }
    }

    /// Types something, for a program that was started with input.
    func enter(_ text: String) { try? keyboard.fileHandleForWriting.write(contentsOf: Data(text.utf8)) }

    /// Returns once the program has written this to standard output.
    func waitForOutput(_ text: String) {
        while !String(decoding: told, as: UTF8.self).contains(text) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else { return }
            told += more
        }
    }

    /// Returns once the program has written something to standard error.
    func waitForComplaint() { _ = complaints.fileHandleForReading.availableData }

    /// Returns once somebody receives datagrams at the address, or the program has ended.
    ///
    /// - Returns: whether somebody does.
    func waitForSocket(at address: IPAddress, port: UInt16 = 5060) -> Bool {
        func hexadecimal(_ number: UInt16) -> String { String(number, radix: 16, uppercase: true).leftPadded(to: 4) }
        let host = address.bytes.reversed().map { String(hexadecimal(UInt16($0)).suffix(2)) }.joined()
        let entry = " \(host):\(hexadecimal(port)) "
        while process.isRunning {
            // The kernel tells nobody of a new socket, so that one has to look again.
            if (try? String(contentsOfFile: "/proc/net/udp", encoding: .utf8))?.contains(entry) == true { return true }
            poll(nil, 0, 2)
        }
        return false
    }

    var identifier: Int32 { process.processIdentifier }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for the program to end.
    func finish() -> Outcome {
        // Two pipes are read one after the other: what goes to standard error fits into its pipe.
        if process.standardOutput is Pipe { told += output.fileHandleForReading.readDataToEndOfFile() }
        let complaints = complaints.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: told, as: UTF8.self),
            complaints: String(decoding: complaints, as: UTF8.self))
    }
}

extension String {
    fileprivate func leftPadded(to count: Int) -> String {
        String(repeating: "0", count: max(0, count - self.count)) + self
    }
}
