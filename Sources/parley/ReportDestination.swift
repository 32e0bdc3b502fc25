import Bytes
import Conformance
import Foundation
import Network
import Reporting

/// The folder that a run writes to: made fresh, and pointed to by `reports/latest`.
final class ReportDestination: Sendable {
    static let options = [
        Option("--out", "DIR", "Where to write the report (default: reports/<run>)."),
        Option("--overwrite", nil, "Let --out name a folder that holds something."),
        Option("--quiet", nil, "Say nothing but what failed and where the report is."),
        Option("--no-color", nil, "Print without colours."),
    ]

    /// The run's id, such as `20260821T143000Z-k3f9a`.
    let id: String
    let folder: String
    private let isDefault: Bool

    init(_ arguments: Arguments, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        id = "\(Instant.now.compactTimestamp)-\(generator.token(length: 5))"
        let manager = FileManager.default
        if let chosen = arguments.value("--out") {
            (folder, isDefault) = (chosen, false)
            let content = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
            guard content.isEmpty || arguments.has("--overwrite") else {
                throw UsageError("The folder “\(folder)” is not empty; choose another, or add --overwrite.")
            }
            if !content.isEmpty, !content.contains("run.json"), !content.contains("cases") {
                throw UsageError("The folder “\(folder)” holds something else than a report; choose another.")
            }
            for name in content { try? manager.removeItem(atPath: "\(folder)/\(name)") }
        } else {
            var name = "reports/\(id)"
            var count = 2
            while manager.fileExists(atPath: name) {
                name = "reports/\(id)-\(count)"
                count += 1
            }
            (folder, isDefault) = (name, true)
        }
        do {
            try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw HarnessError("The folder “\(folder)” cannot be made: \(error.localizedDescription)")
        }
    }

    var indexPath: String { "\(folder)/index.html" }

    /// Stores a file of a case at once, so that nothing measured is lost if the run is.
    func store(_ bytes: [UInt8], at path: String) throws {
        let url = URL(fileURLWithPath: "\(folder)/\(path)")
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url, options: .atomic)
    }

    /// Writes the reports, `done.json` last, and points `reports/latest` to them.
    func write(_ run: RunResult, code: ExitCode, command: [String]) throws -> RunEnvironment {
        let host = ProcessInfo.processInfo
        let environment = RunEnvironment(
            tool: "parley \(Parley.version)", command: command,
            facts: [
                RunEnvironment.Fact("seed", String(run.seed)),
                RunEnvironment.Fact("system", host.operatingSystemVersionString),
                RunEnvironment.Fact("processors", String(host.activeProcessorCount)),
                RunEnvironment.Fact("ets", "OMA-ETS-SIMPLE_IM_INT-V2_0-20140603-C"),
                RunEnvironment.Fact("ts", "OMA-TS-SIMPLE_IM-V1_0-20070816-C"),
            ])
        do {
            try ReportFolder(at: folder).write(run, environment: environment, exitStatus: code.rawValue)
        } catch {
            throw HarnessError(
                "The report cannot be written to “\(folder)”: \(error.localizedDescription) Free some space, or choose another folder with --out."
            )
        }
        guard isDefault else { return environment }
        let link = "reports/latest"
        try? FileManager.default.removeItem(atPath: link)
        try? FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: String(folder.dropFirst("reports/".count)))
        return environment
    }
}

extension Instant {
    /// The present moment.
    static var now: Instant {
        Instant(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000) * 1000)
    }

    /// `20260821T143000Z`.
    fileprivate var compactTimestamp: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
        return formatter.string(from: Date(timeIntervalSince1970: Double(nanoseconds) / 1_000_000_000))
    }
}
