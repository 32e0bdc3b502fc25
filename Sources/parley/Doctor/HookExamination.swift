import Conformance

/// Whether the hooks of a system can do their work, as far as that can be seen without having them do it.
enum HookExamination {
    /// - Parameters:
    ///   - system: Whose hooks they are.
    ///   - tls: Whom calls over TLS trust, as the options or the description say.
    ///   - tell: Hears of one after the other.
    static func all(of system: SystemProfile, tls: SystemProfile.TLS?, _ tell: (Examination) -> Void) {
        let redaction = Redaction(of: system)
        for prerequisite in Prerequisite.allCases {
            guard let hook = system.preconditions[prerequisite]?.hook else { continue }
            let words =
                switch hook {
                case .command(let command): redaction(command)
                case .call(let url): redaction(HookURL(url).words)
                }
            var examination = Examination(what: "the hook for \(prerequisite.rawValue), “\(words)”")
            do throws(UsageError) {
                let ready = try SystemHooks.ready(
                    hook, tls: tls, seconds: system.stepTimeout ?? 10, hiding: redaction)
                examine(ready, &examination)
            } catch {
                examination.problem = error.message
            }
            tell(examination)
        }
    }

    private static func examine(_ hook: SystemHooks.Hook, _ examination: inout Examination) {
        examination.weight = .spoilsResults
        switch hook {
        case .call(let call):
            examination.problem = call.problem()
            examination.note = "somebody is there"
        case .command(let command):
            switch command.look() {
            case .found: examination.note = "its program is there"
            case .unseen: examination.note = "what it runs can only be seen by running it"
            case .missing(let problem): examination.problem = problem
            }
        }
    }
}
