import Bytes
import Conformance
import Foundation
import Network
import Reporting
import Synchronization

/// The folder that a run writes to: made fresh, and pointed to by `reports/latest`.
final class ReportDestination: Sendable {
    static let options = [
        Option("--out", "DIR", "Where to write the report (default: reports/<run>)."),
        Option("--overwrite", nil, "Let --out name a folder that holds a report, which is replaced."),
        Option("--quiet", nil, "Say nothing but what failed and where the report is."),
        Option("--no-color", nil, "Print without colors."),
    ]

    /// The arguments without those that say where and how to report, so that repeating a run spares its report.
    static func withoutOptions(_ arguments: ArraySlice<String>) -> [String] {
        var kept: [String] = []
        var rest = arguments
        while let argument = rest.popFirst() {
            guard let option = options.first(where: { argument == $0.name || argument.hasPrefix($0.name + "=") }) else {
                kept.append(kept.last == "--account" || argument.hasPrefix("--account=") ? veiled(argument) : argument)
                continue
            }
            if option.placeholder != nil, argument == option.name { _ = rest.popFirst() }
        }
        return kept
    }

    /// An account without its password, which no report may hold.
    private static func veiled(_ account: String) -> String {
        account.firstIndex(of: ":").map { account[...$0] + "…" } ?? account
    }

    /// The run's id, such as `20260821T143000Z-k3f9a`.
    let id: String
    let folder: String
    private let isDefault: Bool
    /// What an older report left in the folder.
    private let leftovers: [String]
    /// The captures that have been stored; nil until the folder has been made.
    private let stored = Mutex<[Completion.File]?>(nil)

    /// What the top of a report holds, and nothing else does.
    private static let names: Set = [
        "cases", "done.json", "environment.json", "index.html", "junit.xml", "run.json", "summary.md",
    ]

    init(_ arguments: Arguments, seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        id = "\(Instant.now.compactTimestamp)-\(generator.token(length: 5))"
        let manager = FileManager.default
        guard let chosen = arguments.value("--out") else {
            var name = "reports/\(id)"
            var count = 2
            while manager.fileExists(atPath: name) {
                name = "reports/\(id)-\(count)"
                count += 1
            }
            (folder, isDefault, leftovers) = (name, true, [])
            return
        }
        (folder, isDefault) = (chosen, false)
        leftovers = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        guard leftovers.isEmpty || arguments.has("--overwrite") else {
            throw UsageError("The folder “\(folder)” is not empty; choose another, or add --overwrite.")
        }
        if let stranger = leftovers.sorted().first(where: { !Self.names.contains($0) }) {
            throw UsageError(
                "The folder “\(folder)” holds “\(stranger)”, which is no part of a report; choose another folder.")
        }
    }

    var indexPath: String { "\(folder)/index.html" }

    /// Makes the folder and clears it, unless that has been done.
    func prepare() throws {
        try stored.withLock { files in
            guard files == nil else { return }
            do {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                for name in leftovers { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
            } catch {
                throw HarnessError(
                    "No report can be written to “\(folder)”: \(error.reason) Choose another folder with --out.")
            }
            files = []
        }
    }

    /// Stores a file of a case at once, so that nothing measured is lost if the run is.
    func store(_ bytes: [UInt8], at path: String) throws {
        try prepare()
        let url = URL(fileURLWithPath: "\(folder)/\(path)")
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url)
        } catch {
            throw HarnessError(
                "The capture cannot be written to “\(folder)”: \(error.reason) Make room there, or choose another "
                    + "folder with --out.")
        }
        stored.withLock { $0?.append(Completion.File(path: path, bytes: bytes)) }
    }

    /// Writes the reports, `done.json` last, and points `reports/latest` to them.
    func write(_ run: RunResult, environment: RunEnvironment, code: ExitCode) throws {
        try prepare()
        let captures = (stored.withLock { $0 } ?? []).sorted { $0.path < $1.path }
        do {
            try ReportFolder(at: folder).write(
                run, environment: environment, exitStatus: code.rawValue, stored: captures)
        } catch {
            throw HarnessError(
                "The report cannot be written to “\(folder)”: \(error.reason) Choose another folder with --out.")
        }
        guard isDefault else { return }
        let link = "reports/latest"
        try? FileManager.default.removeItem(atPath: link)
        try? FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: String(folder.dropFirst("reports/".count)))
    }

    /// What the run was made with.
    func environment(of run: RunResult, command: [String], ics: StatementSource? = nil) -> RunEnvironment {
        let host = ProcessInfo.processInfo
        return RunEnvironment(
            tool: "parley \(Parley.version)", command: command,
            facts: (run.seed.map { [RunEnvironment.Fact("seed", String($0))] } ?? []) + [
                RunEnvironment.Fact("system", host.operatingSystemVersionString),
                RunEnvironment.Fact("processors", String(host.activeProcessorCount)),
                RunEnvironment.Fact("ets", "OMA-ETS-SIMPLE_IM_INT-V2_0-20140603-C"),
                RunEnvironment.Fact("ts", "OMA-TS-SIMPLE_IM-V1_0-20070816-C"),
            ] + (ics.map { [RunEnvironment.Fact("ics", "\($0.path), SHA-256 \($0.digest)")] } ?? []))
    }
}

extension Instant {
    /// The present moment.
    static var now: Instant {
        Instant(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000_000) * 1000)
    }

    /// `20260821T143000Z`.
    fileprivate var compactTimestamp: String {
        zonelessTimestamp.filter { $0 != "-" && $0 != ":" } + "Z"
    }
}
