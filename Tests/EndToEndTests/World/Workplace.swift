import Foundation
import Synchronization
import TestSupport

/// A folder to run the program in, with scenarios of the project; gone after the test.
final class Workplace: Sendable {
    /// Which of the scenarios are there: two stand for all where the cases are not what is tested.
    enum Scenarios: Sendable {
        case two
        case all
        case these([String])
    }

    let url: URL

    /// The folders of those fixtures that live until the end of all tests.
    private static let remaining = Mutex<Set<URL>>([])

    init(_ scenarios: Scenarios = .two) throws {
        url = FileManager.default.temporaryDirectory.appending(path: "parley-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        var names = ["docs"]
        switch scenarios {
        case .all: names.append("scenarios")
        case .two, .these:
            var numbers = ["101", "201"]
            if case .these(let chosen) = scenarios { numbers = chosen }
            try FileManager.default.createDirectory(
                at: url.appending(path: "scenarios/simple-im/int"), withIntermediateDirectories: true)
            names += ["scenarios/requirements", "scenarios/scr"]
            names += numbers.map { "scenarios/simple-im/int/IM-2.0-int-\($0).yaml" }
        }
        for name in names {
            try FileManager.default.createSymbolicLink(
                at: url.appending(path: name), withDestinationURL: ProjectFiles.root.appending(path: name))
        }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Has the folder removed when all tests have ended, for a fixture that is never released.
    func removeAtExit() {
        let isFirst = Self.remaining.withLock { urls in
            defer { urls.insert(url) }
            return urls.isEmpty
        }
        guard isFirst else { return }
        atexit {
            for url in Workplace.remaining.withLock({ $0 }) { try? FileManager.default.removeItem(at: url) }
        }
    }

    /// Runs `parley` with these arguments.
    func parley(_ arguments: String...) throws -> Program.Outcome { try parley(arguments) }

    func parley(_ arguments: [String]) throws -> Program.Outcome {
        try Program("parley", arguments, in: url).finish()
    }

    /// Runs a command line as the users' shell does.
    func shell(_ command: String, environment: [String: String] = [:]) throws -> Program.Outcome {
        try Program("/bin/bash", ["-c", command], in: url, environment: environment).finish()
    }

    /// The report in this folder.
    func report(_ folder: String = "reports/latest") throws -> Report { try Report(url.appending(path: folder)) }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: url.appending(path: name).path) }

    func bytes(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: url.appending(path: name))) }

    func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
        let file = url.appending(path: name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    /// Writes small scenario files into a folder of their own, where nothing else is.
    func writeScenarios(_ scenarios: [SmallScenario]) throws {
        try FileManager.default.createDirectory(at: url.appending(path: "small"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: url.appending(path: "small/requirements"),
            withDestinationURL: ProjectFiles.root.appending(path: "scenarios/requirements"))
        for scenario in scenarios { try write(scenario.text.utf8, to: "small/int/\(scenario.id).yaml") }
    }
}
