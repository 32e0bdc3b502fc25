import Foundation

/// Where text goes: what was asked for to standard output, complaints to standard error.
enum Terminal {
    /// Writes a line to standard output.
    static func print(_ text: String) {
        write(text + "\n")
    }

    /// Writes to standard output as it is.
    ///
    /// A reader that has gone away, as in `parley run | head`, is no reason to stop measuring.
    static func write(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }

    /// Tells what is wrong, on standard error.
    static func complain(_ text: String, prefix: Bool = true) {
        try? FileHandle.standardError.write(contentsOf: Data(((prefix ? "parley: " : "") + text + "\n").utf8))
    }

    /// Whether somebody watches standard output on a terminal.
    static var isInteractive: Bool { isatty(1) == 1 && environment("TERM") != "dumb" }

    /// Whether colour is welcome; see https://no-color.org.
    static var allowsColor: Bool { isInteractive && (environment("NO_COLOR") ?? "").isEmpty }

    /// The columns of the terminal, 80 where nothing says otherwise.
    static var width: Int {
        var size = winsize()
        if ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 { return Int(size.ws_col) }
        return environment("COLUMNS").flatMap(Int.init) ?? 80
    }

    private static func environment(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }
}
