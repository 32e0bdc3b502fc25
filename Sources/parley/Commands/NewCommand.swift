import Foundation
import Reporting
import Scenarios

/// `parley new`: writes a file to begin with.
enum NewCommand {
    static let command = Command(
        name: "new", summary: "Write the description of a system under test to begin with.", operands: "system NAME",
        options: [],
        notes: """
            Writes fixtures/systems/NAME/system.yaml, which says where the system is and who
            its users are, and known-failures.yaml beside it. Nothing that is there is
            replaced. Then: parley doctor --sut NAME, and parley run --sut NAME.

            Exit status: 0 written, 2 usage, 4 when it cannot be written.
            """
    ) { arguments in
        guard arguments.operands.count == 2, arguments.operands[0] == "system" else {
            throw UsageError("Say what is to be written: parley new system NAME.")
        }
        let name = arguments.operands[1]
        let allowed = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        guard !name.isEmpty, allowed, name.first != "." else {
            throw UsageError("A name of a system is letters, digits, “-”, “_” and “.”, not “\(name)”.")
        }
        let folder = "\(SystemFolder.home)/\(name)"
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw UsageError(input: "“\(folder)” is there already; change it, or choose another name.")
        }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data(SystemTemplate.system(named: name).utf8).write(to: URL(fileURLWithPath: "\(folder)/system.yaml"))
            try Data(SystemTemplate.knownFailures.utf8).write(
                to: URL(fileURLWithPath: "\(folder)/known-failures.yaml"))
        } catch {
            throw HarnessError("“\(folder)” cannot be written: \(error.reason)")
        }
        Terminal.print("Written: \(folder)/system.yaml and known-failures.yaml.")
        Terminal.print("Next: change them, then parley doctor --sut \(name).")
        return .success
    }
}
