import Conformance
import Foundation
import Scenarios

/// Where a system under test is described: `fixtures/systems/NAME`, or the folder or file that is named.
struct SystemFolder {
    static let option = Option(
        "--sut", "NAME|FILE", "The system under test, as fixtures/systems/NAME/system.yaml or FILE describes it.")

    /// The folder in which `NAME` stands for a system.
    static let home = "fixtures/systems"

    /// What the options call it.
    let argument: String
    let path: String
    let system: SystemProfile

    /// The system that the options name, or nil where they name none.
    init?(_ arguments: Arguments) throws(UsageError) {
        guard let name = arguments.value("--sut") else { return nil }
        let candidates = [name, "\(name)/system.yaml", "\(Self.home)/\(name)/system.yaml"]
        guard let path = candidates.first(where: Self.isFile) else {
            throw UsageError(
                input: "There is no description of a system “\(name)” here or in “\(Self.home)”; “parley new system "
                    + "NAME” writes one to begin with.")
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw UsageError(input: "The description of the system “\(path)” cannot be read.")
        }
        let file = SystemFile(SourceFile(path: path, bytes: [UInt8](data)))
        guard let system = file.system else {
            throw UsageError(input: file.messages.map(\.description).joined(separator: "\n"))
        }
        self.argument = name
        self.path = path
        self.system = system
    }

    /// The known failures beside the description, where there are some.
    var knownFailures: String? { file(besideIt: "known-failures.yaml") }

    /// The statement of what the system supports (ICS) beside the description, where there is one.
    var statement: String? { file(besideIt: "ics.yaml") }

    private func file(besideIt name: String) -> String? {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let file = (folder.map(String.init) + [name]).joined(separator: "/")
        return Self.isFile(file) ? file : nil
    }

    static func isFile(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && !isDirectory.boolValue
    }
}
