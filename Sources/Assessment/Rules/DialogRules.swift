import Conformance
import Dissection

// Rules about requests in a dialog, and its end.
extension GeneralRule {
    static let dialogs: [GeneralRule] = [increasingSequence, dialogRoute, answeredBye, releasedOtherSide]

    private static let increasingSequence = GeneralRule(
        id: "rfc3261.cseq", title: "CSeq grows with every new request of a dialog or registration",
        requirements: ["RFC3261-12.2.1.1-cseq", "RFC3261-10.2-cseq"]
    ) { evidence, outcome in
        struct Series: Hashable {
            var sender: PartyName?
            var receiver: PartyName?
            var callID: String
            var tags: [String?]
        }
        var last: [Series: DissectedMessage] = [:]
        for request in evidence.messages where request.responseStatus == nil && request.repeats == nil {
            guard let summary = request.sipSummary, !["ACK", "CANCEL"].contains(summary.method),
                let sequence = summary.sequence
            else { continue }
            func series(_ tags: String?...) -> Series {
                Series(sender: request.sender, receiver: request.receiver, callID: summary.callID, tags: tags)
            }
            let isRegister = summary.method == "REGISTER"
            let own = isRegister ? series() : series(summary.fromTag, summary.toTag)
            // The first request in a dialog continues the one that made it.
            let earlier = last[own] ?? last[series(summary.fromTag, nil)]
            last[own] = request
            guard isRegister || summary.toTag != nil, let earlier, let before = earlier.sipSummary?.sequence else {
                continue
            }
            let isWrong = sequence == before || sequence < before && evidence.showsOrder(of: request)
            outcome.note(
                isWrong && evidence.original(of: request) == nil
                    ? Breach(
                        of: request.sender, "a CSeq above \(isRegister ? "that of the last REGISTER" : "the last one")",
                        "\(sequence) after \(before) (\(inWords([earlier, request])))", [earlier, request],
                        clause: isRegister ? "RFC 3261 §10.2" : "RFC 3261 §12.2.1.1") : nil)
        }
    }

    private static let dialogRoute = GeneralRule(
        id: "rfc3261.dialog-route", title: "A request in a dialog goes along its route to the Contact of the peer",
        requirements: ["RFC3261-12.2.1.1-route"]
    ) { evidence, outcome in
        for dialog in DialogSide.all(in: evidence) where dialog.isLooselyRouted {
            for request in dialog.requests(in: evidence) {
                let routes = request.addresses(in: "Route")
                let target = request.requestTarget
                if !routes.elementsEqual(dialog.routeSet, by: { $0.isSame(as: $1) }) {
                    outcome.note(
                        Breach(
                            of: request.sender, "the route set of the dialog in Route",
                            "\(routes.isEmpty ? "no Route" : routes.map(\.uri).joined(separator: ", ")) instead of "
                                + "\(dialog.routeSet.map(\.uri).joined(separator: ", ")) (\(inWords([request])))",
                            [dialog.success, request]))
                } else if let target, !dialog.targets(in: evidence).contains(where: { $0.isSame(as: target) }) {
                    outcome.note(
                        Breach(
                            of: request.sender, "the Contact of the peer as Request-URI",
                            "\(target.uri) (\(inWords([request])))", [dialog.success, request]))
                } else {
                    outcome.note(nil)
                }
            }
        }
    }

    private static let answeredBye = GeneralRule(
        id: "rfc3261.bye", title: "A BYE of an existing dialog is not answered 481",
        requirements: ["RFC3261-15.1.2-BYE"]
    ) { evidence, outcome in
        for bye in evidence.messages where bye.isSIP && bye.requestMethod == "BYE" && bye.repeats == nil {
            let dialog = evidence.dialog(of: bye).filter { $0.number < bye.number }
            // A 408 or 481 to a request ends its dialog, too (RFC 3261 §12.2.1.2).
            let isAlive =
                dialog.contains { evidence.isSuccess($0, to: "INVITE") }
                && !dialog.contains { $0.requestMethod == "BYE" || [408, 481].contains($0.responseStatus ?? 0) }
            guard isAlive, let final = evidence.dissection.responses(to: bye).first(where: \.isFinal) else { continue }
            // A 481 to a request of its own ends the dialog as well (RFC 3261 §12.2.1.2).
            let crossed = evidence.dialog(of: bye).contains { other in
                other.number < final.number
                    && (other.requestMethod == "BYE" && other.sender != bye.sender
                        || [408, 481].contains(other.responseStatus ?? 0) && other.receiver == bye.receiver)
            }
            outcome.note(
                final.responseStatus == 481 && !crossed
                    ? Breach(
                        of: evidence.blame(for: final, of: bye), "2xx to a BYE of an existing dialog",
                        "\(final.label) to \(inWords([bye]))", [bye, final]) : nil)
        }
    }

    private static let releasedOtherSide = GeneralRule(
        id: "oma.session-release", title: "When one client ends a session, the server ends it for the other",
        requirements: ["TS-6.1.1.2.8-bye", "TS-6.1.2.2.5-bye"]
    ) { evidence, outcome in
        for session in RelayedSession.all(in: evidence) {
            for (mine, theirs) in [(session.caller, session.called), (session.called, session.caller)] {
                guard let bye = mine.byeOfClient(in: evidence),
                    evidence.dissection.responses(to: bye).contains(where: \.isSuccess)
                else { continue }
                let end = theirs.anyBye(in: evidence)
                outcome.note(
                    end != nil
                        ? nil
                        : Breach(
                            of: .server, "a BYE to \(theirs.client) when \(mine.client) ends the session",
                            "none after \(inWords([bye])) of \(mine.client)", [bye],
                            decision: evidence.isWhole(for: theirs.client) ? evidence.overdue(after: bye) : nil))
            }
        }
    }
}
