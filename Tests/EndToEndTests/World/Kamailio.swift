import Foundation
import Network
import TestSupport
import Testing

/// Kamailio of Debian, as `fixtures/systems/kamailio` configures and describes it, in a folder of its own.
final class Kamailio: Sendable {
    /// What came of the commands of the README that start it, examine and test it.
    struct Trial: Sendable {
        let kamailio: Kamailio
        let outcomes: [Program.Outcome]
        let report: Report
    }

    /// The one that the tests share.
    static let trial = Result { () throws -> Trial in
        let kamailio = try Kamailio()
        kamailio.endAtExit()
        let outcomes = try readmeCommands.dropLast().map { try kamailio.workplace.shell(prelude + $0.text) }
        return Trial(kamailio: kamailio, outcomes: outcomes, report: try kamailio.workplace.report())
    }

    let workplace: Workplace
    private let block = AddressBlock.next()
    /// The address at which it serves.
    var address: IPAddress { block.server }

    /// What the packages in `scripts/debian-packages` bring.
    private static let files = [
        "/usr/sbin/kamailio", "/usr/bin/sqlite3", "/usr/share/kamailio/db_sqlite/msilo-create.sql",
    ]
    static var isInstalled: Bool { files.allSatisfy(FileManager.default.fileExists) }

    private static let folder = "fixtures/systems/kamailio"
    /// Other tests may be too much for the interface that all share.
    private static let prelude =
        "parley() { command parley \"$@\" $([ \"$1\" = run ] && echo --capture-source actors); }\n"

    /// Prepares the folder, with addresses that nobody else uses.
    init() throws {
        workplace = try Workplace(.all)
        let prefix = "\(block.server)".split(separator: ".").dropLast().joined(separator: ".")
        for name in try FileManager.default.contentsOfDirectory(atPath: ProjectFiles.root.path + "/" + Self.folder) {
            let file = "\(Self.folder)/\(name)"
            let text = String(decoding: try ProjectFiles.bytes(file), as: UTF8.self)
            try workplace.write(text.replacing("127.0.71.", with: "\(prefix).").utf8, to: file)
        }
        // No program may run whose file anybody can write to, as any child of this process can until it is another
        // program: those that run are copies, which nobody here has opened.
        let copies = "for name in announce start stop; do cp $name copy && chmod +x copy && mv copy $name; done"
        let outcome = try workplace.shell("cd \(Self.folder) && \(copies)")
        #expect(outcome.status == 0)
    }

    /// What the README shows: how it is started, examined, tested, and ended.
    static var readmeCommands: [Document.Command] {
        get throws { try Document("README.md").commands.filter { $0.text.contains("kamailio") } }
    }

    /// Writes its description, changed in one place, into a folder where few scenarios are.
    func describe(replacing old: String, with new: String, as name: String, in elsewhere: Workplace) throws {
        let text = String(decoding: try workplace.bytes("\(Self.folder)/system.yaml"), as: UTF8.self)
        #expect(text.contains(old))
        let password = workplace.url.appending(path: ".build/kamailio/password").path
        let changed = text.replacing(old, with: new).replacing(".build/kamailio/password", with: password)
        try elsewhere.write(changed.utf8, to: "\(name).yaml")
    }

    /// What each case is to come to: its number, the interop verdict, and what the report says why.
    static func verdicts() throws -> [(number: String, interop: String, reason: String)] {
        String(decoding: try ProjectFiles.bytes("\(folder)/verdicts.txt"), as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
            .map { line in
                let words = line.split(separator: " ", maxSplits: 2).map(String.init)
                return (words[0], words[1], words.count > 2 ? words[2] : "")
            }
    }

    /// Ends it with the tests, as it is never released.
    private func endAtExit() {
        workplace.removeAtExit()
        atexit {
            guard case .success(let trial) = Kamailio.trial,
                let pid = try? trial.kamailio.workplace.bytes(".build/kamailio/pid"),
                let identifier = Int32(String(decoding: pid, as: UTF8.self).filter(\.isNumber))
            else { return }
            kill(identifier, SIGTERM)
        }
    }
}
