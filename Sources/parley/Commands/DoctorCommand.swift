import Conformance
import Execution
import Foundation
import Network
import PacketCapture
import Reporting
import Scenarios
import Transport

/// `parley doctor`: whether everything that a run needs is there, and how to mend what is not.
enum DoctorCommand {
    static let command = Command(
        name: "doctor", summary: "Check that a run can work here, and say how to mend what cannot.", operands: "",
        options: Suite.options + [
            Option("--block", "N", "The block of loopback addresses, 127.0.N.10 on (default: 0)."),
            SystemFolder.option,
        ] + SystemProfile.TLS.options, notes: "Exit status: 0 when runs are possible, 4 when they are not."
    ) { arguments in
        let block = UInt8(try arguments.number("--block", in: 0...255) ?? 0)
        let folder = try SystemFolder(arguments)
        let system = try folder.map { folder throws(UsageError) in try SystemExamination(folder, arguments) }
        if folder == nil, let option = SystemProfile.TLS.options(in: arguments).first {
            throw UsageError("\(option) needs a system that is examined: add --sut.")
        }
        var examinations: [Examination] = []
        func tell(_ examination: Examination) {
            Terminal.print(examination.words)
            examinations.append(examination)
        }
        let library = scenarios(arguments, tell)
        if let folder, let system {
            if let library { tell(StatementExamination.of(folder, library)) }
            system.all(tell)
        } else {
            addresses(block).forEach(tell)
            tell(capture(on: "lo"))
        }
        [reports, tshark].forEach(tell)
        let isFit = !examinations.contains { $0.preventsRuns }
        Terminal.print(isFit ? "Runs are possible." : "Runs are not possible until that is mended.")
        return isFit ? .success : .harness
    }

    /// The scenario files, where they can be read.
    private static func scenarios(_ arguments: Arguments, _ tell: (Examination) -> Void) -> ScenarioLibrary? {
        do {
            let library = try Suite(reading: arguments).library
            let problem = library.errors.isEmpty ? nil : "some have errors; “parley lint” shows them."
            tell(Examination(what: "scenario files (\(library.entries.count) cases)", problem: problem))
            return library
        } catch {
            tell(Examination(what: "scenario files", problem: (error as? UsageError)?.message ?? "\(error)"))
            return nil
        }
    }

    private static func addresses(_ block: UInt8) -> [Examination] {
        Casting.addresses(slot: block).map { place($0, CastingOptions()) }
    }

    /// Whether a party can listen at this address.
    static func place(_ address: IPAddress, _ options: CastingOptions) -> Examination {
        let sipPort = options.transport == .tls ? options.tlsPort : options.sipPort
        let points = [
            ListeningPoint(.udp, SocketAddress(address, port: sipPort)),
            ListeningPoint(.tcp, SocketAddress(address, port: sipPort)),
            ListeningPoint(.tcp, SocketAddress(address, port: options.msrpPort)),
        ]
        var problem: String?
        do throws(TransportError) {
            let loop = try EventLoop()
            defer { loop.shutDown() }
            _ = try loop.add(points, named: "doctor")
        } catch {
            problem = error.description
        }
        return Examination(what: "\(address), ports \(sipPort) and \(options.msrpPort)", problem: problem)
    }

    /// Whether the wire can be a second witness there.
    static func capture(on interface: String) -> Examination {
        var problem: String?
        do throws(CaptureError) {
            _ = try LiveCapture(on: interface, filter: "port 5060").stop()
        } catch {
            problem = error.description
        }
        return Examination(what: "the right to capture on the wire (\(interface))", problem: problem, weight: .lacks)
    }

    private static var reports: Examination {
        let name = "reports"
        let manager = FileManager.default
        try? manager.createDirectory(atPath: name, withIntermediateDirectories: true)
        let isWritable = manager.isWritableFile(atPath: name)
        return Examination(
            what: "the folder for reports", problem: isWritable ? nil : "“reports” cannot be written to; use --out DIR."
        )
    }

    private static var tshark: Examination {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        let isThere = folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/tshark") }
        let problem = isThere ? nil : "captures are written all the same; apt-get install tshark to read them."
        return Examination(what: "tshark", problem: problem, weight: .lacks)
    }
}
