import Conformance
import Foundation
import Scenarios

/// The scenario files that a command works with.
struct Suite {
    static let options = [
        Option("--scenarios", "DIR", "The folder of scenario files (default: scenarios).")
    ]

    let library: ScenarioLibrary
    let directory: String

    /// Reads the library; throws a `UsageError` when there is none or a file of it has an error.
    init(_ arguments: Arguments) throws {
        self = try Suite(reading: arguments)
        guard library.errors.isEmpty else {
            for message in library.errors.prefix(20) { Terminal.complain(message.description, prefix: false) }
            let count = library.errors.count
            throw UsageError("\(count) error\(count == 1 ? "" : "s") in the scenario files; nothing has been sent.")
        }
    }

    /// Reads the library, whatever is wrong with its files.
    init(reading arguments: Arguments) throws {
        directory = arguments.value("--scenarios") ?? "scenarios"
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw UsageError(
                "There is no folder “\(directory)” with scenario files here; name it with --scenarios DIR.")
        }
        do {
            library = try ScenarioLibrary(directory: directory, in: .real)
        } catch {
            throw UsageError("The scenario files cannot be read: \(error.localizedDescription)")
        }
    }

    /// The cases that the patterns choose and `--skip` does not take away.
    func select(_ arguments: Arguments) throws -> [TestCase] {
        let patterns = arguments.operands.map(SelectionPattern.init)
        let selection = library.select(patterns)
        if let unmatched = selection.unmatched.first, patterns.count > selection.unmatched.count {
            throw UsageError("The pattern “\(unmatched)” matches no test case; “parley list” shows them all.")
        }
        let skipped = Set(library.select(arguments.values("--skip").map(SelectionPattern.init)).testCases.map(\.id))
        guard !arguments.values("--skip").isEmpty else { return selection.testCases }
        return selection.testCases.filter { !skipped.contains($0.id) }
    }
}

extension FileSystem {
    /// The files of this machine.
    static let real = FileSystem(
        read: { path in try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) },
        list: { directory in
            try FileManager.default.contentsOfDirectory(atPath: directory).map { name in
                var isDirectory: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: "\(directory)/\(name)", isDirectory: &isDirectory)
                return Entry(name: name, isDirectory: isDirectory.boolValue)
            }
        })
}
