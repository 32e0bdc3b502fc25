import Conformance
import Dissection
import Network

// Rules about the connections of sessions, and the end of sending.
extension GeneralRule {
    static let connections: [GeneralRule] = [openedByOfferer, firstSend, silentAfterBye]

    private static let openedByOfferer = GeneralRule(
        id: "rfc4975.opener", title: "The side that made the offer opens the connection",
        requirements: ["RFC4975-5.4-opener"]
    ) { evidence, outcome in
        for connection in evidence.dissection.openings.map({ MSRPConnection($0, in: evidence) }) {
            guard let opener = connection.opener, let first = connection.messages.first, let paths = first.msrpSummary
            else { continue }
            let (mine, theirs) =
                first.sender == opener ? (paths.fromPath, paths.toPath) : (paths.toPath, paths.fromPath)
            func roles(_ path: [MSRPAddress], _ isOwn: (PathDescription) -> Bool) -> Set<PathDescription.Role> {
                let known = path.last.flatMap { evidence.descriptions[$0] } ?? []
                return Set(known.filter { isOwn($0) && !$0.hasSetup }.map(\.role))
            }
            let own = roles(mine) { $0.sender == opener }
            let others = roles(theirs) { $0.sender == connection.acceptor }
            guard own.count == 1, others.count == 1, own != others else { continue }
            outcome.note(
                own == [.offer]
                    ? nil
                    : Breach(
                        of: opener, "a connection opened by the side that made the offer",
                        "\(opener) opened it and had answered (\(inWords([first])))", [first]))
        }
    }

    private static let firstSend = GeneralRule(
        id: "rfc4975.first-send", title: "Whoever opens a connection sends a SEND at once",
        requirements: ["RFC4975-5.4-first-send"]
    ) { evidence, outcome in
        for connection in evidence.dissection.openings.map({ MSRPConnection($0, in: evidence) }) {
            guard let opener = connection.opener, let seen = connection.messages.first else { continue }
            if let first = connection.firstSend(of: opener) {
                let delay = first.time - connection.opening.time
                outcome.note(
                    delay <= evidence.quietWindow
                        ? nil
                        : Breach(
                            of: opener, "a SEND at once by the side that opens the connection",
                            "\(inWords([first])) came \(delay) after the opening", [first]))
            } else {
                outcome.note(
                    Breach(
                        of: opener, "a SEND at once by the side that opens the connection",
                        "\(opener) sent nothing on it (\(inWords([seen])))", [seen],
                        decision: evidence.isWhole(for: opener)
                            ? evidence.silence(since: seen.number, atLeast: evidence.quietWindow) : nil))
            }
        }
    }

    private static let silentAfterBye = GeneralRule(
        id: "rfc3261.silent-after-bye", title: "Nothing is sent in a session after its end",
        requirements: ["RFC3261-15.1.1-media", "TS-7.1.2.3-release", "TS-6.1.1.2.8-release"]
    ) { evidence, outcome in
        let ends = SessionEnds(evidence)
        for send in evidence.messages where send.msrpSummary?.hasBody == true && send.requestMethod == "SEND" {
            guard let end = ends.end(before: send) else {
                outcome.note(nil)
                continue
            }
            outcome.note(
                Breach(
                    of: send.sender, "no SEND after the end of the session",
                    "\(inWords([send])) after \(end.label) (\(inWords([end])))", [end, send]))
        }
    }
}
