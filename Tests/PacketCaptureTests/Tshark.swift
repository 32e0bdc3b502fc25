import Foundation

/// The dissector that the readers of our captures use, where it is installed.
enum Tshark {
    private static let path = "/usr/bin/tshark"

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    /// A question that tshark does not understand.
    struct Refusal: Error {
        let arguments: [String]
    }

    /// What tshark prints about the file with these arguments.
    static func run(on file: [UInt8], _ arguments: String...) throws -> String {
        let url = FileManager.default.temporaryDirectory.appending(path: "parley-\(UUID().uuidString).pcapng")
        try Data(file).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = ["-r", url.path()] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Refusal(arguments: arguments) }
        return String(decoding: text, as: UTF8.self)
    }
}
