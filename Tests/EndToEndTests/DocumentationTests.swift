import Foundation
import Network
import PacketCapture
import TestSupport
import Testing

/// What README and the guides tell the reader to type does what they say.
@Suite(.waitsForOthers)
struct DocumentationTests {
    static let files = [
        "README.md", "CONTRIBUTING.md", "docs/design.md", "docs/gating-a-release.md", "docs/judging-captures.md",
        "docs/driver.md",
        "docs/results.md", "docs/scenario-language.md", "reports/README.md",
    ]

    @Test(arguments: files)
    func `Every command of a document does what the document says`(file: String) throws {
        // Those about Kamailio are tested with it, and those about real clients with some.
        let commands = try Document(file).commands.filter {
            !$0.text.contains("kamailio") && !$0.text.contains("--real")
        }
        guard !commands.isEmpty else { return }
        let workplace = try Workplace()
        let (block, elsewhere) = (AddressBlock.next(), AddressBlock.next())
        let needsServer = commands.contains { $0.text.contains("--server") }
        let system = needsServer ? SystemUnderTest(at: elsewhere.server, domain: "example.com") : nil
        defer { system?.stop() }
        try writeFieldCapture(in: workplace)
        for command in commands where !command.text.hasPrefix("make ") {
            let outcome = try workplace.shell(Self.prelude(block) + "\n" + Self.here(command.text, elsewhere))
            #expect(outcome.status == command.status, "\(command.text)\n\(outcome.output)\n\(outcome.complaints)")
        }
    }

    /// Keeps the documents' runs apart from other runs on this machine, of whose traffic a capture of the wire would be
    /// full where they are many.
    static func prelude(_ block: AddressBlock) -> String {
        """
        parley() {
            if [ "$1" != run ]; then command parley "$@"; return; fi
            shift
            case " $* " in
            *" --capture"* | *" --simulated "*) command parley run --block \(block.number) "$@" ;;
            *) command parley run --block \(block.number) --capture-source actors "$@" ;;
            esac
        }
        """
    }

    /// The command with addresses of this machine in the place of those that are set aside for documents, a block of
    /// addresses that is free, and few repetitions where many show no more.
    static func here(_ command: String, _ elsewhere: AddressBlock) -> String {
        command.replacing("192.0.2.7:", with: "\(elsewhere.server):")
            .replacing("192.0.2.11", with: "\(elsewhere.client("A"))")
            .replacing("192.0.2.12", with: "\(elsewhere.client("B"))")
            .replacing("--block 5", with: "").replacing(/--repeat-each \d+/, with: "--repeat-each 2")
    }

    /// `field.pcap`, in which Ann pages Ben by way of the server at 192.0.2.7.
    private func writeFieldCapture(in workplace: Workplace) throws {
        let users = ["--user", "A=sip:ann@example.com", "--user", "B=sip:ben@example.com"]
        let run = try Fixtures.Run(["--simulated", "--seed", "7", "IM-2.0-int-201"] + users)
        var capture = try Capture(parsing: run.report.bytes("cases/IM-2.0-int-201/capture.pcapng"))
        for index in capture.packets.indices {
            capture.packets[index].bytes.replace([127, 0, 0, 10], with: [192, 0, 2, 7])
        }
        try workplace.write(capture.asForeignFile, to: "field.pcap")
    }

    @Test func `The documents show commands, and the two that set everything up exist`() throws {
        #expect(try Self.files.flatMap { try Document($0).commands }.count >= 20)
        let workplace = try Workplace()
        for target in ["run", "test"] {
            let outcome = try workplace.shell("make -n -C \(ProjectFiles.root.path) \(target)")
            #expect(outcome.status == 0)
            #expect(outcome.output.contains("scripts/setup run"))
        }
    }

    @Test(arguments: files)
    func `Every link of a document leads somewhere`(file: String) throws {
        let folder = ProjectFiles.root.appending(path: file).deletingLastPathComponent()
        for match in try Document(file).text.matches(of: /\]\(([^)#:]+)\)/) {
            let target = folder.appending(path: String(match.1)).standardizedFileURL
            #expect(FileManager.default.fileExists(atPath: target.path), "\(file) links to \(match.1)")
        }
    }

    @Test func `The picture of the targets is that of the manifest`() throws {
        let manifest = try Document("Package.swift").text
        var expected: [String: Set<String>] = [:]
        for match in manifest.matches(of: #/(?:\btarget\(|name:)\s*"(\w+)",\s*(?:dependencies:\s*)?\[([^\]]*)\]/#) {
            let names = match.2.matches(of: #/"(\w+)"/#).map { String($0.1) }
            // C libraries are those whose names have a second capital letter.
            expected[String(match.1)] = Set(names.filter { $0.wholeMatch(of: /C[A-Z]\w*/) == nil })
        }
        for name in ["TestSupport", "ForeignClient", "SIPBenchmark"] { expected[name] = nil }
        let drawn = try Document("README.md").picture
        #expect(Set(drawn.keys) == Set(expected.filter { !$0.value.isEmpty }.keys))
        for (target, dependencies) in drawn { #expect(dependencies == expected[target], "\(target)") }
    }
}
