import Foundation
import Network

/// Runs that several tests look at; each is made once.
enum Fixtures {
    /// A run and the folder that it was made in.
    struct Run: Sendable {
        let workplace: Workplace
        let outcome: Program.Outcome
        let report: Report

        init(_ arguments: [String]) throws {
            workplace = try Workplace()
            outcome = try workplace.parley(["run", "--out", "report"] + arguments)
            report = try workplace.report("report")
        }

        /// A run that is kept until the end of all tests.
        fileprivate static func kept(_ arguments: [String]) throws -> Run {
            let run = try Run(arguments)
            run.workplace.removeAtExit()
            return run
        }
    }

    /// The suite over sockets.
    static let live = Result { try Run.kept(["--seed", "7"] + AddressBlock.next().arguments) }

    /// A page over sockets whose text the server alters.
    static let liveFailure = Result {
        let defect = ["IM-2.0-int-201", "--defect", "server:textAltered", "--timeout", "1"]
        return try Run.kept(defect + AddressBlock.next().arguments)
    }

    /// The suite in virtual time.
    static let simulated = Result { try Run.kept(["--simulated", "--seed", "7"]) }

    /// The suite in virtual time, with a server that does not say what it is.
    static let simulatedFailure = Result {
        try Run.kept(["--simulated", "--seed", "7", "--defect", "server:serverTokenMissing"])
    }
}

/// What this machine lets tests do.
enum Machine {
    /// Whether the program may capture on the wire; root may, others with a capability of the file.
    static let mayCapture: Bool = {
        let outcome = try? Workplace().parley("doctor")
        return outcome?.output.contains("ok       the right to capture on the wire") == true
    }()

    static let hasTshark = FileManager.default.isExecutableFile(atPath: "/usr/bin/tshark")
}
