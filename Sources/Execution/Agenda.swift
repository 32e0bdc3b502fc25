import Conformance

/// The order in which the steps of a test case are performed.
///
/// Steps that follow each other under the same label begin together; the next label begins when all that they wait for
/// has happened.
struct Agenda: Sendable {
    enum Phase: Sendable {
        case preamble
        case procedure
        case postamble
    }

    /// Steps that begin together.
    struct Scene: Sendable {
        var phase: Phase
        var label: String
        var steps: [Step]
    }

    private var scenes: ArraySlice<Scene>

    init(_ testCase: TestCase) {
        let phases: [(Phase, [Step])] = [
            (.preamble, testCase.preamble), (.procedure, testCase.procedure), (.postamble, testCase.postamble),
        ]
        var scenes: [Scene] = []
        for (phase, steps) in phases {
            for step in steps {
                if let last = scenes.last, last.phase == phase, last.label == step.label, last.admits(step) {
                    scenes[scenes.count - 1].steps.append(step)
                } else {
                    scenes.append(Scene(phase: phase, label: step.label, steps: [step]))
                }
            }
        }
        self.scenes = scenes[...]
    }

    mutating func next() -> Scene? { scenes.popFirst() }

    /// Drops what is left of the preamble and the procedure, so that the postamble comes next.
    mutating func skipToPostamble() {
        scenes = scenes.drop { $0.phase != .postamble }
    }
}

extension Agenda.Scene {
    /// Whether the step can begin together with those that are here: one party does one thing after the other.
    fileprivate func admits(_ step: Step) -> Bool {
        steps.allSatisfy { $0.party != step.party }
    }
}
