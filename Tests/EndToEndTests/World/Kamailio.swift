import Foundation
import Network
import TestSupport
import Testing

/// Kamailio of Debian, as `fixtures/systems/kamailio` configures and describes it, in a folder of its own.
final class Kamailio {
    let workplace: Workplace

    /// What the packages in `scripts/debian-packages` bring.
    private static let files = [
        "/usr/sbin/kamailio", "/usr/bin/sqlite3", "/usr/share/kamailio/db_sqlite/msilo-create.sql",
    ]
    static var isInstalled: Bool { files.allSatisfy(FileManager.default.fileExists) }

    private static let folder = "fixtures/systems/kamailio"

    /// Prepares the folder, with addresses that nobody else uses.
    init() throws {
        workplace = try Workplace(.all)
        let prefix = "\(AddressBlock.next().server)".split(separator: ".").dropLast().joined(separator: ".")
        for name in ["kamailio.cfg", "known-failures.yaml", "start", "stop", "system.yaml"] {
            let file = "\(Self.folder)/\(name)"
            let text = String(decoding: try ProjectFiles.bytes(file), as: UTF8.self)
            try workplace.write(text.replacing("127.0.71.", with: "\(prefix).").utf8, to: file)
        }
        let outcome = try workplace.shell("chmod +x \(Self.folder)/start \(Self.folder)/stop")
        #expect(outcome.status == 0)
    }

    deinit { if workplace.exists(".build/kamailio/pid") { _ = try? stop() } }

    /// Starts it; it serves when this returns.
    func start() throws {
        let outcome = try workplace.shell("\(Self.folder)/start")
        #expect(outcome.status == 0, "\(outcome.complaints)")
    }

    func stop() throws {
        let outcome = try workplace.shell("\(Self.folder)/stop")
        #expect(outcome.status == 0, "\(outcome.complaints)")
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
}
