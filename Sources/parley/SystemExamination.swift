import Conformance
import Execution
import Network
import Transport

/// Whether a system under test is described in full, and answers.
enum SystemExamination {
    /// First what the description lacks, then the addresses of the clients, then a log-in of each.
    static func all(of folder: SystemFolder) -> [DoctorCommand.Examination] {
        let parties = folder.system.clients.map(\.party)
        var options = CastingOptions()
        do throws(UsageError) {
            try options.read(folder.system, clients: Set(parties))
            let place = SystemPlace(folder.system)
            try options.reach(place)
            try options.secure(folder.system.tls, place)
        } catch {
            return [DoctorCommand.Examination(what: folder.path, problem: error.message)]
        }
        let described = DoctorCommand.Examination(what: "\(folder.path) (\(folder.system.name))")
        let places = options.clients.map { DoctorCommand.place($0, options) }
        guard places.allSatisfy({ $0.problem == nil }) else { return [described] + places }
        return [described] + places + parties.map { logIn($0, at: folder.system, options) }
    }

    /// Whether a client can log in and out: the server is reached, knows the user, and takes what proves who it is.
    private static func logIn(
        _ party: PartyName, at system: SystemProfile, _ options: CastingOptions
    ) -> DoctorCommand.Examination {
        let casting = Casting(testCase(of: system), slot: 0, identity: "doctor", options: options)
        // Nothing is judged here, so that nothing need be awaited that may still come.
        let patience = Stage.Patience(step: .seconds(system.stepTimeout ?? 10), quiet: .zero, unanswered: .zero)
        var (problem, note): (String?, String?)
        do throws(TransportError) {
            // The same identifiers as those of an examination just before would be taken for requests that come again.
            let seed = UInt64.random(in: 0...UInt64.max)
            let run = LiveRun(testCase(of: system, logging: party), casting: casting, seed: seed, patience: patience)
            let performance = try run.perform()
            switch performance.outcome {
            case .completed: note = performance.remarks.first
            case .stalled(_, let reason): problem = "\(reason); \(advice(on: reason))"
            case .forsaken(let reason): problem = reason
            case .unreachable(let reason):
                let places = options.transport == .tls ? "“server” and “tls”" : "“server”"
                problem = "\(reason); check that it runs, \(places), and what lies between."
            }
        } catch {
            problem = error.description
        }
        return DoctorCommand.Examination(
            what: "\(party) logs in at \(options.placeOfSystem)", note: note, problem: problem)
    }

    /// What to do about a client that is answered, but not let in.
    private static func advice(on reason: String) -> String {
        let isAboutUser = ["401", "403", "404", "407"].contains { reason.contains(": \($0) ") }
        return isAboutUser
            ? "check its user and account, and the password."
            : "the server answers, but does not let it in; see its log."
    }

    /// A case of all clients of the system in which one logs in.
    private static func testCase(of system: SystemProfile, logging party: PartyName? = nil) -> TestCase {
        let position = SourcePosition(file: "doctor", line: 1, column: 1)
        let steps = party.map { [Step(label: "1", party: $0, action: .logIn(.open), position: position)] } ?? []
        return TestCase(
            id: "doctor", title: "Log in", objects: [.server], description: "",
            references: References(specification: [], scr: [], etr: []), isOptional: false,
            equipment: Equipment(clients: system.clients.map(\.party), servers: 1), state: [], preamble: [],
            procedure: steps, postamble: [], checks: [], position: position)
    }
}
