import Actors
import Conformance
import Dissection
import Execution
import Network
import Transport

/// Whether a system under test is described in full, answers, and lets its users in: step by step, as a run needs it.
struct SystemExamination {
    private let folder: SystemFolder
    /// What secures the connections, as the options or the description say.
    private let tls: SystemProfile.TLS?
    /// The options that say so.
    private let optionsOfTLS: [String]
    private var options = CastingOptions()
    private var parties: [PartyName] { folder.system.clients.map(\.party) }

    init(_ folder: SystemFolder, _ arguments: Arguments) throws(UsageError) {
        self.folder = folder
        tls = try SystemProfile.TLS(arguments, over: folder.system.tls)
        optionsOfTLS = SystemProfile.TLS.options(in: arguments)
    }

    /// Looks at one thing after the other, until one is missing without which the next cannot be there.
    consuming func all(_ tell: (Examination) -> Void) {
        let system = folder.system
        do throws(UsageError) {
            try options.read(system, clients: Set(parties))
        } catch {
            return tell(Examination(what: folder.path, problem: error.message))
        }
        // Hooks are looked at and not run, so that nobody would see to settings before a client logs in.
        if options.preconditions[.settings]?.isHook ?? false { options.preconditions[.settings] = .preprovisioned }
        tell(Examination(what: "\(folder.path) (\(system.name))"))
        HookExamination.all(of: system, tls: tls, tell)
        guard find(tell) else { return }
        let places = options.clients.map { DoctorCommand.place($0, options) }
        places.forEach(tell)
        guard places.allSatisfy({ $0.problem == nil }) else { return }
        var dates: [ClockExamination.Date] = []
        for party in parties {
            let (examination, performance) = logIn(party)
            tell(examination)
            if let performance { dates += ClockExamination.dates(in: performance.trace) }
        }
        if let root = options.services?.xcap {
            var casting = casting
            let contexts = casting.certify()
            let documents = DocumentExamination(root: root, clients: casting.clients, contexts: contexts)
            dates += documents.all(tell)
        } else {
            let problem = "none is described, so that no case reads or stores documents; name its root under “xcap”."
            tell(Examination(what: "XCAP", problem: problem, weight: .lacks))
        }
        tell(ClockExamination.of(dates))
        tell(DoctorCommand.capture(on: options.interface))
    }

    /// Finds the server, and sees whether the clients can reach it and what secures that.
    private mutating func find(_ tell: (Examination) -> Void) -> Bool {
        let place = SystemPlace(folder.system)
        guard let locations = NameExamination.locations(of: place, tell) else { return false }
        options.reach(place, at: locations)
        if let root = folder.system.xcap {
            guard let locations = NameExamination.locations(of: root, of: place, tell) else { return false }
            options.reach(root, at: locations)
        }
        do throws(UsageError) {
            try options.checkUse(of: optionsOfTLS)
            try options.secure(tls, place)
            try options.checkReach(of: Set(parties))
            return true
        } catch {
            tell(Examination(what: folder.path, problem: error.message))
            return false
        }
    }

    private var casting: Casting { Casting(Self.testCase(of: parties), slot: 0, identity: "doctor", options: options) }

    /// Whether a client can log in and out: the server is reached, knows the user, and takes what proves who it is.
    private func logIn(_ party: PartyName) -> (Examination, Performance?) {
        // Nothing is judged here, so that nothing need be awaited that may still come.
        let patience = Stage.Patience(
            step: .seconds(folder.system.stepTimeout ?? 10), quiet: .zero, unanswered: .zero)
        var examination = Examination(what: "\(party) logs in at \(options.placeOfSystem)")
        do throws(TransportError) {
            // The same identifiers as those of an examination just before would be taken for requests that come again.
            let seed = UInt64.random(in: 0...UInt64.max)
            let testCase = Self.testCase(of: parties, logging: party)
            let performance = try LiveRun(testCase, casting: casting, seed: seed, patience: patience).perform()
            switch performance.outcome {
            case .completed: judge(performance, &examination)
            case .stalled(_, let reason): examination.problem = "\(reason); \(Self.advice(on: reason))"
            case .forsaken(let reason): examination.problem = reason
            case .unreachable(let reason):
                let places = options.transport == .tls ? "“server” and “tls”" : "“server”"
                examination.problem = "\(reason); check that it runs, \(places), and what lies between."
            }
            return (examination, performance)
        } catch {
            examination.problem = error.description
            return (examination, nil)
        }
    }

    /// What a log-in that has succeeded tells of the time that it lasts.
    private func judge(_ performance: Performance, _ examination: inout Examination) {
        var notes: [String] = []
        switch RegistrationLifetime(in: Dissection(of: performance.trace)) {
        case .seconds(let seconds):
            notes.append("registered for \(seconds) s")
            guard seconds < 60 else { break }
            examination.problem =
                "the registration holds for \(seconds) s only, and is refreshed in the midst of cases; let the registrar "
                + "grant a minute at least."
            examination.weight = .spoilsResults
        case .unsaid:
            examination.problem =
                "the 200 to REGISTER says of no contact when it expires, as RFC 3261 §10.3 (8) demands; the client takes "
                + "the time that it asked for."
            examination.weight = .spoilsResults
        case .unseen: break
        }
        notes += performance.remarks.prefix(1).map {
            $0.replacing(#/^[A-D] logs in all the same, but /#, with: "")
        }
        examination.note = notes.isEmpty ? nil : notes.joined(separator: "; ")
    }

    /// What to do about a client that is answered, but not let in.
    private static func advice(on reason: String) -> String {
        let isAboutUser = ["401", "403", "404", "407"].contains { reason.contains(": \($0) ") }
        if isAboutUser { return "check its user and account, and the password." }
        return reason.contains(#/: [3-6][0-9][0-9] /#)
            ? "the server answers, but does not let it in; see its log."
            : "something comes from there, but no answer that can be read; see whether SIP is spoken at that port, and the "
                + "log of the server."
    }

    /// A case of all clients of the system in which one logs in.
    private static func testCase(of parties: [PartyName], logging party: PartyName? = nil) -> TestCase {
        let position = SourcePosition(file: "doctor", line: 1, column: 1)
        let steps = party.map { [Step(label: "1", party: $0, action: .logIn(.open), position: position)] } ?? []
        return TestCase(
            id: "doctor", title: "Log in", objects: [.server], description: "",
            references: References(specification: [], scr: [], etr: []), isOptional: false,
            equipment: Equipment(clients: parties, servers: 1), state: [], preamble: [],
            procedure: steps, postamble: [], checks: [], position: position)
    }
}
