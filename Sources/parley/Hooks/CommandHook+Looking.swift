import Foundation

// What can be seen of a command without running it.
extension CommandHook {
    /// What there is of the program that a command begins with.
    enum Look: Equatable {
        case found
        /// Only the shell that runs it can say what that is.
        case unseen
        /// How to mend what is wrong.
        case missing(String)
    }

    func look() -> Look {
        let (status, complaint) = Self.shell(["-n", "-c", command])
        guard status == 0 else { return .missing("the shell does not understand it\(lastWords(of: complaint)).") }
        let words = command.split(whereSeparator: \.isWhitespace).drop { $0.wholeMatch(of: Self.assignment) != nil }
        // Where the command itself says where programs are, or begins with what the shell does itself, it must be run.
        guard !command.contains("PATH="), let first = words.first?.prefix(while: { !";&|<>()".contains($0) }),
            Self.isPlain(first)
        else {
            return .unseen
        }
        let name = String(first)
        if name.contains("/") { return Self.look(atProgram: name) }
        let (found, place) = Self.shell(["-c", "command -v -- \"$1\"", "sh", name])
        guard found == 0 else {
            return .missing("there is no command “\(name)” in PATH; install it, or name its file.")
        }
        guard place.hasPrefix("/") else { return .unseen }
        let script = words.dropFirst().first ?? ""
        guard Self.interpreters.contains(name), first == words.first, Self.isPlain(script), script.first != "-" else {
            return .found
        }
        return Self.exists(String(script)) ? .found : .missing(Self.noFile(String(script)))
    }

    private static func look(atProgram path: String) -> Look {
        guard exists(path) else { return .missing(noFile(path)) }
        guard FileManager.default.isExecutableFile(atPath: path) else {
            return .missing("“\(path)” is not executable; chmod +x \(path).")
        }
        return .found
    }

    private static func exists(_ path: String) -> Bool { SystemFolder.isFile(path) }

    private static func noFile(_ path: String) -> String {
        let folder = FileManager.default.currentDirectoryPath
        return "there is no file “\(path)”"
            + (path.hasPrefix("/") ? "." : "; paths count from the folder in which parley was started, “\(folder)”.")
    }

    /// Those of which what they run is known too.
    private static let interpreters: Set<String> = ["sh", "bash", "dash", "perl", "python3"]

    /// A variable of the command's environment that stands before it.
    private static var assignment: Regex<Substring> { #/[A-Za-z_][A-Za-z0-9_]*=[^\s'"`$\\;&|<>()]*/# }

    /// Whether the shell takes the word as it stands.
    private static func isPlain(_ word: Substring) -> Bool {
        word.wholeMatch(of: #/[A-Za-z0-9_.\/+@%:,-]+/#) != nil
    }

    /// Asks the shell something that is over at once.
    private static func shell(_ arguments: [String]) -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        do {
            try process.run()
        } catch {
            return (-1, error.reason)
        }
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
