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
    /// Whether the step can begin together with those that are here: one party does one thing after the other, and
    /// nobody answers what has not come about yet.
    fileprivate func admits(_ step: Step) -> Bool {
        steps.allSatisfy { $0.party != step.party && !step.action.follows($0.action) }
    }
}

extension Action {
    /// Whether this can only be done once the other is: nobody answers what has not come about, speaks in what nobody
    /// has entered, or leaves the service while others still wait for something; and what is done in a session is done
    /// in the order in which it is written, but several come or go at once.
    fileprivate func follows(_ other: Action) -> Bool {
        if case .logOut = self { return other != .logOut }
        guard let mine = part, let theirs = other.part, mine.session == theirs.session else { return false }
        return switch (self, other) {
        case (.join, .join), (.rejoin, .rejoin), (.leave, .leave): false
        default: (mine.phase, theirs.phase) == (.using, .using) || mine.phase > theirs.phase
        }
    }

    /// What a part of the life of a session the action is.
    private enum Phase: Int, Comparable {
        case opening
        case answering
        case using

        static func < (left: Phase, right: Phase) -> Bool { left.rawValue < right.rawValue }
    }

    private var part: (session: String, phase: Phase)? {
        switch self {
        case .invite(_, let session), .transfer(_, _, let session), .extend(_, _, let session), .add(_, let session),
            .offer(_, let session):
            (session, .opening)
        case .accept(let session), .decline(let session), .take(let session), .refuse(let session):
            (session, .answering)
        case .send(_, let session), .whisper(_, let session, _), .attempt(_, let session), .leave(let session),
            .request(_, let session), .expel(_, let session), .record(let session, _), .stopRecording(let session),
            .rejoin(let session), .join(_, _, let session):
            (session, .using)
        case .logIn, .logOut, .changeSettings, .nothing, .create, .purge, .page, .sendLarge, .announce, .list,
            .retrieve, .delete, .receive, .compose, .await:
            nil
        }
    }
}
