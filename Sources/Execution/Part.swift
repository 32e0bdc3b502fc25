import Actors
import Conformance
import Network

/// What one party meets with in a performance and what it does, so that another can be tried in its place by itself.
struct Part: Sendable {
    /// What a party meets with.
    enum Cue: Sendable {
        case event(NodeEvent)
        case request(OperatorRequest)
        case action(ClientAction, [Mutation])
    }

    private struct Moment: Sendable {
        var cue: Cue
        var time: Instant
        var effects: [ClientEffect]
    }

    private var moments: [Moment] = []

    mutating func add(_ cue: Cue, at time: Instant, _ effects: [ClientEffect]) {
        moments.append(Moment(cue: cue, time: time, effects: effects))
    }

    /// Whether somebody who meets with the same does the same.
    func isDone(by perform: (Cue, Instant) -> [ClientEffect]) -> Bool {
        moments.allSatisfy { perform($0.cue, $0.time) == $0.effects }
    }
}
