import Foundation
import Glibc

/// A pseudo terminal of 80 columns, and what a program has written to it.
final class PseudoTerminal {
    struct Refusal: Error {}

    private let controller: FileHandle
    private let end: FileHandle
    private var written: [UInt8] = []

    init(columns: UInt16 = 80) throws {
        let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        // What unlockpt and ptsname do, which this C library shows to those alone who ask for all of X/Open.
        let (unlock, number) = (UInt(0x4004_5431), UInt(0x8004_5430))
        var (isLocked, terminal): (Int32, UInt32) = (0, 0)
        guard descriptor >= 0, ioctl(descriptor, unlock, &isLocked) == 0, ioctl(descriptor, number, &terminal) == 0
        else { throw Refusal() }
        controller = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        let peer = open("/dev/pts/\(terminal)", O_RDWR | O_NOCTTY)
        guard peer >= 0, ioctl(peer, UInt(TIOCSWINSZ), &size) == 0 else { throw Refusal() }
        end = FileHandle(fileDescriptor: peer, closeOnDealloc: true)
    }

    /// Runs `parley` on the terminal and returns what it has written, byte for byte.
    func parley(_ arguments: [String], in directory: URL, environment: [String: String] = [:]) throws -> String {
        let program = try start(arguments, in: directory, environment: environment)
        readToEnd()
        _ = program.finish()
        return text
    }

    /// Starts `parley` on the terminal.
    func start(
        _ arguments: [String], in directory: URL, environment: [String: String] = [:]
    ) throws -> Program {
        let environment = environment.merging(["TERM": "xterm"]) { first, _ in first }
        let program = try Program("parley", arguments, in: directory, environment: environment, terminal: end)
        try end.close()
        return program
    }

    /// Returns once this has been written.
    func wait(for words: String) {
        while !text.contains(words), read() {}
    }

    /// Returns once the last writer has closed its end.
    func readToEnd() {
        while read() {}
    }

    /// What has been written so far.
    var text: String { String(decoding: written, as: UTF8.self).replacing("\r\n", with: "\n") }

    /// Reads what there is; false at the end, where reading fails.
    private func read() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(controller.fileDescriptor, &buffer, buffer.count)
        if count > 0 { written += buffer[..<count] }
        return count > 0
    }
}
