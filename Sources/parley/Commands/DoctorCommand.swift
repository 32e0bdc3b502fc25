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
    struct Examination {
        var what: String
        /// What is odd, though a run can do with it.
        var note: String?
        /// What is wrong and how to mend it, or nil.
        var problem: String?
        /// Whether runs are possible in spite of the problem.
        var isOptional = false
    }

    static let command = Command(
        name: "doctor", summary: "Check that a run can work here, and say how to mend what cannot.", operands: "",
        options: Suite.options + [
            Option("--block", "N", "The block of loopback addresses, 127.0.N.10 on (default: 0)."),
            SystemFolder.option,
        ], notes: "Exit status: 0 when runs are possible, 4 when they are not."
    ) { arguments in
        let block = UInt8(try arguments.number("--block", in: 0...255) ?? 0)
        let folder = try SystemFolder(arguments)
        let places = folder.map(SystemExamination.all) ?? addresses(block)
        let library = Result { try Suite(reading: arguments).library }
        let statement = folder.flatMap { folder in
            (try? library.get()).map { StatementExamination.of(folder, for: $0) }
        }
        let examinations =
            [scenarios(library)] + [statement].compactMap(\.self) + places + [capture, reports, tshark]
        for examination in examinations {
            let mark =
                switch (examination.problem, examination.isOptional) {
                case (nil, _): "ok"
                case (_, true): "missing"
                case (_, false): "FAILED"
                }
            let text = [examination.what, examination.problem ?? examination.note].compactMap(\.self).joined(
                separator: ": ")
            Terminal.print(text.wrapped(after: mark, indent: 9))
        }
        let isFit = examinations.allSatisfy { $0.problem == nil || $0.isOptional }
        Terminal.print(isFit ? "Runs are possible." : "Runs are not possible until that is mended.")
        return isFit ? .success : .harness
    }

    private static func scenarios(_ library: Result<ScenarioLibrary, any Error>) -> Examination {
        do {
            let library = try library.get()
            let errors = library.errors.count
            let problem = errors == 0 ? nil : "some have errors; “parley lint” shows them."
            return Examination(what: "scenario files (\(library.entries.count) cases)", problem: problem)
        } catch {
            return Examination(what: "scenario files", problem: (error as? UsageError)?.message ?? "\(error)")
        }
    }

    private static func addresses(_ block: UInt8) -> [Examination] {
        let options = CastingOptions()
        return Casting.addresses(slots: block...block, options: options).map { place($0, options) }
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

    private static var capture: Examination {
        var problem: String?
        do throws(CaptureError) {
            _ = try LiveCapture(on: "lo", filter: "port 5060").stop()
        } catch {
            problem = error.description
        }
        return Examination(what: "the right to capture on the wire", problem: problem, isOptional: true)
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
        return Examination(what: "tshark", problem: problem, isOptional: true)
    }
}
