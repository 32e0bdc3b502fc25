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
            replaced. Then: parley ics new NAME, which says what the system supports,
            parley doctor --sut NAME, and parley run --sut NAME.

            Exit status: 0 written, 2 usage, 4 when it cannot be written.
            """
    ) { arguments in
        guard arguments.operands.count == 2, arguments.operands[0] == "system" else {
            throw UsageError("Say what is to be written: parley new system NAME.")
        }
        let name = arguments.operands[1]
        let folder = try SystemFolder.path(of: name)
        try SystemFolder.write([
            ("\(folder)/system.yaml", SystemTemplate.system(named: name)),
            ("\(folder)/known-failures.yaml", SystemTemplate.knownFailures),
        ])
        Terminal.print("Written: \(folder)/system.yaml and known-failures.yaml.")
        Terminal.print("Next: change them, then parley ics new \(name), and parley doctor --sut \(name).")
        return .success
    }
}
