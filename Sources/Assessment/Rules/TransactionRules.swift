import Conformance
import Dissection

// Rules about SIP requests and their responses.
extension GeneralRule {
    static let transactions: [GeneralRule] = [oneFinalResponse, copiedFields, uniqueBranch, ackForRefusal]

    private static let oneFinalResponse = GeneralRule(
        id: "rfc3261.one-final-response", title: "Every request other than ACK gets one final response",
        requirements: ["RFC3261-17.2.2-one-final-response", "RFC3261-17.2.1-final-response"]
    ) { evidence, outcome in
        for request in evidence.messages where request.isSIP && request.repeats == nil {
            guard let method = request.requestMethod, method != "ACK" else { continue }
            let finals = evidence.dissection.responses(to: request).filter { $0.isFinal && $0.repeats == nil }
            if finals.isEmpty {
                guard !evidence.waitsForOnward(request), !evidence.isFaulty(request) else { continue }
                let breach = unanswered(request, method, evidence)
                // A BYE ends the wait for the answer to a re-INVITE (RFC 3261 §15.1.2), which a loss kept away.
                let isOver = !evidence.isOrdered(request) && !evidence.byes(after: request).isEmpty
                if !breach.isDecided, isOver { continue }
                outcome.note(breach)
            } else {
                outcome.note(surplus(finals, to: request, method))
            }
        }
    }

    private static func unanswered(_ request: DissectedMessage, _ method: String, _ evidence: Evidence) -> Breach {
        // An INVITE may ring for as long as the user likes, until it is cancelled.
        let mayRing = method == "INVITE" && !evidence.isCancelled(request)
        return Breach(
            of: request.receiver, "a final response to \(method)", "none to \(inWords([request]))", [request],
            decision: mayRing ? nil : evidence.overdue(after: request))
    }

    /// A proxy passes on every 2xx of a forked INVITE, even after a refusal (RFC 3261 §16.7 (5)).
    private static func surplus(
        _ finals: [DissectedMessage], to request: DissectedMessage, _ method: String
    ) -> Breach? {
        let others = method == "INVITE" ? finals.drop { !$0.isSuccess }.filter { !$0.isSuccess } : []
        let refusals = finals.filter { !$0.isSuccess }
        let isSurplus = method == "INVITE" ? !others.isEmpty || refusals.count > 1 : finals.count > 1
        guard isSurplus, let last = finals.last else { return nil }
        return Breach(
            of: last.sender, "one final response to \(method)",
            "\(finals.map(\.label).joined(separator: ", ")) to \(inWords([request]))", [request] + finals)
    }

    private static let copiedFields = GeneralRule(
        id: "rfc3261.copied-fields", title: "Every response answers a request and copies its fields",
        requirements: ["RFC3261-8.2.6.2-copied-fields", "RFC3261-16.7-via"]
    ) { evidence, outcome in
        for response in evidence.messages where response.isSIP && response.responseStatus != nil {
            guard response.repeats == nil else { continue }
            if let request = evidence.dissection.request(of: response) {
                outcome.note(difference(between: response, and: request))
            } else {
                outcome.note(stray(response, evidence))
            }
        }
    }

    private static func difference(between response: DissectedMessage, and request: DissectedMessage) -> Breach? {
        guard let mine = response.sipSummary, let theirs = request.sipSummary else { return nil }
        func breach(_ field: String) -> Breach {
            let (found, wanted) = (response.values(of: field), request.values(of: field))
            return Breach(
                of: response.sender, "\(field) as in the request",
                "\(found.joined(separator: ", ")) instead of \(wanted.joined(separator: ", ")) (\(inWords([response])))",
                [request, response])
        }
        if mine.callID != theirs.callID { return breach("Call-ID") }
        if mine.sequence != theirs.sequence || mine.method != theirs.method { return breach("CSeq") }
        if mine.from != theirs.from || mine.fromTag != theirs.fromTag { return breach("From") }
        if mine.to != theirs.to || theirs.toTag != nil && mine.toTag != theirs.toTag { return breach("To") }
        if !mine.hops.isEmpty, !theirs.hops.isEmpty, mine.hops != theirs.hops { return breach("Via") }
        return nil
    }

    /// A response that answers nothing in the trace, which may have begun after the request or lost it.
    private static func stray(_ response: DissectedMessage, _ evidence: Evidence) -> Breach? {
        guard let summary = response.sipSummary else { return nil }
        let asked = evidence.call(of: response).last { request in
            request.responseStatus == nil && request.sender == response.receiver && request.number < response.number
                && request.sipSummary?.method == summary.method && request.sipSummary?.sequence == summary.sequence
        }
        let isShown = evidence.isWhole(for: evidence.client(of: response)) && (asked != nil || evidence.showsBeginning)
        return Breach(
            of: response.sender, "the Via, Call-ID and CSeq of a request",
            "\(response.label) answers no request of the trace (\(inWords([response])))",
            [asked, response].compactMap(\.self), decision: isShown ? .presence : nil)
    }

    private static let uniqueBranch = GeneralRule(
        id: "rfc3261.unique-branch", title: "Every new request has a branch of its own",
        requirements: ["RFC3261-8.1.1.7-branch-unique"]
    ) { evidence, outcome in
        struct Branch: Hashable {
            var sender: PartyName?
            var hop: SIPSummary.Hop
        }
        var users: [Branch: DissectedMessage] = [:]
        for request in evidence.messages where request.responseStatus == nil && request.repeats == nil {
            guard let hop = request.sipSummary?.hops.first, hop.branch != nil, let method = request.requestMethod else {
                continue
            }
            let branch = Branch(sender: request.sender, hop: hop)
            guard let first = users[branch] else {
                users[branch] = request
                outcome.note(nil)
                continue
            }
            let isAckOfRefusal =
                method == "ACK" && !evidence.dissection.responses(to: first).contains(where: \.isSuccess)
            guard method != "CANCEL", !isAckOfRefusal else { continue }
            outcome.note(
                Breach(
                    of: request.sender, "a new branch in each new request",
                    "\(method) has the branch of \(first.requestMethod ?? "") (\(inWords([first, request])))",
                    [first, request]))
        }
    }

    private static let ackForRefusal = GeneralRule(
        id: "rfc3261.ack-for-refusal", title: "Every refusal of an INVITE is acknowledged on its branch",
        requirements: ["RFC3261-17.1.1.3-ACK"]
    ) { evidence, outcome in
        for refusal in evidence.messages where refusal.isSIP && refusal.isFinal && !refusal.isSuccess {
            guard refusal.repeats == nil, let invite = evidence.dissection.request(of: refusal),
                invite.requestMethod == "INVITE"
            else { continue }
            outcome.note(acknowledgement(of: refusal, to: invite, evidence))
        }
    }

    private static func acknowledgement(
        of refusal: DissectedMessage, to invite: DissectedMessage, _ evidence: Evidence
    ) -> Breach? {
        let acks = evidence.call(of: invite).filter { message in
            message.requestMethod == "ACK" && message.sender == invite.sender && message.receiver == invite.receiver
                && message.number > refusal.number && message.sipSummary?.sequence == invite.sipSummary?.sequence
        }
        guard let ack = acks.first else {
            return Breach(
                of: invite.sender, "an ACK for the \(refusal.responseStatus ?? 0) to INVITE",
                "none for \(inWords([refusal]))", [refusal], decision: evidence.overdue(after: refusal))
        }
        guard !acks.contains(where: { $0.sipSummary?.hops.first == invite.sipSummary?.hops.first }) else { return nil }
        // The one that is there can belong to another INVITE, where the right one can have been lost.
        guard !evidence.mayHaveLostOne(after: refusal) else { return nil }
        return Breach(
            of: ack.sender, "the topmost Via of the INVITE in the ACK of its refusal",
            "\(ack.values(of: "Via").first ?? "none") (\(inWords([ack])))", [invite, refusal, ack])
    }
}
