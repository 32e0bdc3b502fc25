import Conformance
import Dissection

// Rules about what follows an INVITE.
extension GeneralRule {
    static let invitations: [GeneralRule] = [ackForSuccess, offerAndAnswer, recordRoute, sessionTimer]

    private static let ackForSuccess = GeneralRule(
        id: "rfc3261.ack-for-2xx", title: "Every 2xx to an INVITE is acknowledged",
        requirements: ["RFC3261-13.2.2.4-ACK"]
    ) { evidence, outcome in
        let successes = evidence.messages.filter { $0.repeats == nil && evidence.isSuccess($0, to: "INVITE") }
        let open = successes.filter { evidence.acknowledgement(of: $0) == nil }
        for _ in 0..<(successes.count - open.count) { outcome.note(nil) }
        // What the caller never acknowledges, the server need not have acknowledged to the other side yet.
        let isCallersFault = open.contains { $0.receiver != .server }
        for success in open where success.receiver != .server || !isCallersFault {
            // Nobody owes an ACK to a response that is wrong itself, which other rules say.
            guard !evidence.isFaulty(success) else { continue }
            let decision = evidence.unacknowledged(success)
            // One lost datagram explains it, and the dialog was over before the 2xx was due again.
            if decision == nil, evidence.mayHaveLostOne(after: success) { continue }
            outcome.note(
                Breach(
                    of: success.receiver, "an ACK for the 2xx to INVITE", "none for \(inWords([success]))", [success],
                    decision: decision))
        }
    }

    private static let offerAndAnswer = GeneralRule(
        id: "rfc3261.offer-answer", title: "Every INVITE brings an offer and its answer",
        requirements: ["RFC3261-13.2.1-answer"]
    ) { evidence, outcome in
        for success in evidence.messages where success.repeats == nil && evidence.isSuccess(success, to: "INVITE") {
            guard let invite = evidence.dissection.request(of: success) else { continue }
            let hasOffer = invite.hasSessionDescription
            // An answer may also have come in a provisional response that is acknowledged itself (RFC 3262 §5).
            let early = evidence.dissection.responses(to: invite).contains { $0.hasSessionDescription && !$0.isFinal }
            guard success.hasSessionDescription || early else {
                outcome.note(
                    Breach(
                        of: evidence.original(of: success)?.sender ?? success.sender,
                        hasOffer
                            ? "an answer in the 2xx to an INVITE with an offer" : "an offer in the 2xx to an INVITE",
                        "\(inWords([success])) has no session description", [invite, success]))
                continue
            }
            guard !hasOffer, let ack = evidence.acknowledgement(of: success) else {
                outcome.note(nil)
                continue
            }
            outcome.note(
                ack.hasSessionDescription
                    ? nil
                    : Breach(
                        of: ack.sender, "an answer in the ACK to an offer in the 2xx",
                        "\(inWords([ack])) has no session description", [success, ack]))
        }
    }

    private static let recordRoute = GeneralRule(
        id: "rfc3261.record-route", title: "A response that makes a dialog copies Record-Route",
        requirements: ["RFC3261-12.1.1-record-route"]
    ) { evidence, outcome in
        for success in evidence.messages where success.repeats == nil && evidence.isSuccess(success, to: "INVITE") {
            guard let invite = evidence.dissection.request(of: success), invite.isOutsideDialog else { continue }
            let route = invite.elements(of: "Record-Route")
            guard !route.isEmpty else { continue }
            let copied = success.elements(of: "Record-Route")
            outcome.note(
                copied == route
                    ? nil
                    : Breach(
                        of: success.sender, "the Record-Route of the request in the 2xx",
                        "\(copied.isEmpty ? "none" : copied.joined(separator: ", ")) instead of "
                            + "\(route.joined(separator: ", ")) (\(inWords([success])))",
                        [invite, success]))
        }
    }

    /// That a 2xx names the refresher that the request names is left out: OMA-TS-SIMPLE_IM-V1_0 §6.1.2.2.2 asks for
    /// another one, and a server cannot do both.
    private static let sessionTimer = GeneralRule(
        id: "rfc4028.session-timer", title: "The session timer in a 2xx keeps within what the request allows",
        requirements: ["RFC4028-9-require-timer", "RFC4028-9-not-longer"]
    ) { evidence, outcome in
        for success in evidence.messages where success.repeats == nil && success.isSIP && success.isSuccess {
            guard let request = evidence.dissection.request(of: success), evidence.original(of: success) == nil,
                ["INVITE", "UPDATE"].contains(request.requestMethod), let timer = success.sessionTimer
            else { continue }
            let required = success.elements(of: "Require").map { $0.lowercased() }
            if timer.refresher == "uac", !required.contains("timer") {
                outcome.note(
                    Breach(
                        of: success.sender, "Require: timer in a 2xx that makes the caller refresh",
                        "Session-Expires names uac, and Require does not have timer (\(inWords([success])))", [success],
                        clause: "RFC 4028 §9"))
            } else if let asked = request.sessionTimer, timer.seconds > asked.seconds {
                outcome.note(
                    Breach(
                        of: success.sender, "a Session-Expires no longer than that of the request",
                        "\(timer.seconds) after \(asked.seconds) (\(inWords([request, success])))", [request, success],
                        clause: "RFC 4028 §9"))
            } else {
                outcome.note(nil)
            }
        }
    }
}
