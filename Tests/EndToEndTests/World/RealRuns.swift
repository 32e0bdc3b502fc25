import Foundation
import Network

/// Runs with real clients that tests look at: all at the same time, for each listens at its end for what may still come.
enum RealRuns {
    enum Subject: CaseIterable {
        /// A foreign client with a password as A, over TLS.
        case page
        /// A foreign client as A, at a server that does not say what it is.
        case faultyServer
        /// SIPp as A, which has no sessions.
        case sipp
        /// A driver whose client does not register.
        case unregistered
    }

    struct Run: Sendable {
        let block: AddressBlock
        let workplace: Workplace
        let outcome: Program.Outcome
        let report: Report?
    }

    static let idleDriver = """
        while read -r line; do
            case $line in *'"hello"'*) echo '{"type": "hello", "protocol": 1}' ;; esac
        done
        """

    static func run(_ subject: Subject) throws -> Run {
        guard let run = try all.get()[subject] else { preconditionFailure("Every subject is run") }
        return run
    }

    private static let all = Result {
        let subjects = Subject.allCases.filter { $0 != .sipp || SIPp.isInstalled }
        let started = try subjects.map { subject in
            let (block, workplace) = (AddressBlock.next(), try Workplace())
            workplace.removeAtExit()
            try workplace.write(idleDriver.utf8, to: "idle.sh")
            let arguments = ["run", "--real", "A", "--out", "report", "--no-color"] + block.arguments
            let program = try Program("parley", arguments + options(of: subject, block), in: workplace.url)
            return (subject: subject, block: block, workplace: workplace, program: program)
        }
        var runs: [Subject: Run] = [:]
        for (subject, block, workplace, program) in started {
            let outcome = program.finish()
            runs[subject] = Run(
                block: block, workplace: workplace, outcome: outcome, report: try? workplace.report("report"))
        }
        return runs
    }

    private static func options(of subject: Subject, _ block: AddressBlock) -> [String] {
        let foreign = DriverScript.foreignClient("A=\(block.client("A"))")
        let quick = ["--timeout", "3", "--patience", "6"]
        return switch subject {
        case .page:
            ["IM-2.0-int-201", "--driver", foreign, "--account", "A=ann:tell-nobody", "--transport", "tls"] + quick
        case .faultyServer:
            ["IM-2.0-int-201", "--driver", foreign, "--defect", "server:serverTokenMissing"] + quick
        case .sipp: ["--driver", DriverScript.fixture("sipp.py", "\(block.client("A"))")] + quick
        case .unregistered: ["--driver", "sh idle.sh", "--patience", "2"]
        }
    }
}
