import Conformance
import Dissection

/// Why a text that a client sent in a session has not come to another client, although it should have.
struct Relay {
    var content: InstantMessage
    /// Where it should have come.
    var client: PartyName

    /// The judgment, where what came is not enough.
    ///
    /// How long a relay may take no document says. That it has acknowledged the text and then let the session end, or
    /// let the time of a transaction pass, is enough to say that it has not passed the text on.
    func judge(_ expected: String, observed: String, _ came: [DissectedMessage], _ evidence: Evidence) -> Judgment {
        let parts = content.parts.map { evidence.dissection[$0] }
        func fail(_ why: String, _ messages: [DissectedMessage], _ party: PartyName?, _ decision: Decision = .presence)
            -> Judgment
        {
            .fail(expected, observed: "\(observed); \(why)", came + parts + messages, party, decision)
        }
        func open(_ why: String) -> Judgment {
            .inconclusive(expected, observed: "\(observed); \(why)", came + parts)
        }
        guard content.receiver == .server else { return open("the trace does not show what reached \(client)") }
        guard evidence.isWhole(for: client) else { return open("the trace does not show all that reached \(client)") }
        if let (refusal, party) = evidence.refusalToJoin(client) {
            return fail("\(client) answered \(refusal.refusalInWords)", [refusal], party)
        }
        if let sender = content.sender, let invite = evidence.uninvited(client, by: sender) {
            return fail("\(sender) did not invite \(client)", [invite], sender)
        }
        for part in parts {
            switch evidence.fate(of: part) {
            case .succeeded: continue
            case .refused(let refusal, let party):
                // What the receiver has said of itself may be why nothing is passed on to it.
                let answer = party == .server ? evidence.offense(of: client) : nil
                return fail(
                    "it was answered \(refusal.label)", [refusal] + [answer].compactMap(\.self),
                    answer == nil ? party : client)
            case .challenged(let response), .cancelled(let response), .excused(let response, _):
                return open("it was answered \(response.label)")
            case .overdue, .open:
                if part.msrpSummary?.response != .always { continue }
                guard let decision = evidence.unanswered(part) else { return open("it is not answered yet") }
                return fail("it was never answered", [], evidence.debtor(of: part), decision)
            }
        }
        if let wrong = parts.first(where: evidence.isRefusable) {
            return fail("\(inWords([wrong])) is wrong itself", [], evidence.source(of: wrong))
        }
        if let wrong = evidence.offense(of: client) {
            return fail("\(inWords([wrong])) of \(client) is wrong", [wrong], client)
        }
        if content.mode == .file, let refusal = evidence.refusal(of: content, by: client) {
            return fail("\(client) did not accept the file", [refusal], client)
        }
        let last = (content.parts + content.responses).max() ?? 0
        let ending = evidence.sessionEnd(at: client, after: last)
        let window = evidence.silence(since: last, atLeast: Evidence.chunkLimit)
        guard let decision = ending ?? window else { return open("the trace ends too early to tell") }
        return fail("the server acknowledged it and did not pass it on", [], .server, decision)
    }
}

extension Evidence {
    /// The last INVITE of one client that has a list of whom to invite, if another one is never in such a list and in
    /// no session.
    fileprivate func uninvited(_ client: PartyName, by inviter: PartyName) -> DissectedMessage? {
        guard !hasJoined(client), openingRequests("INVITE", .received, at: client).isEmpty,
            requests(of: inviter, toInvite: client).isEmpty
        else { return nil }
        return openingRequests("INVITE", .sent, at: inviter).last { $0.recipients != nil }
    }

    /// The first message by which a client takes part in sessions that breaks a rule.
    fileprivate func offense(of client: PartyName) -> DissectedMessage? {
        messages.first { message in
            message.sender == client && offenses.contains(message)
                && (message.isMSRP || message.requestMethod == "INVITE" || isSuccess(message, to: "INVITE"))
        }
    }

    /// The last answer of a client that does not accept the line of a file, unless it asks for the file itself.
    fileprivate func refusal(of file: InstantMessage, by client: PartyName) -> DissectedMessage? {
        let ownLines = messages.filter { $0.sender == client && $0.requestMethod == "INVITE" }
            .flatMap(\.mediaDescriptions)
        if ownLines.contains(where: { $0.port != 0 && $0.direction == "recvonly" && $0.describes(file) }) { return nil }
        let answers = messages.filter { $0.sender == client && isSuccess($0, to: "INVITE") && $0.repeats == nil }
        let answered = answers.compactMap { answer -> (answer: DissectedMessage, isOpen: Bool)? in
            let offered = dissection.request(of: answer)?.mediaDescriptions ?? []
            let lines = zip(offered, answer.mediaDescriptions).filter { offer, _ in offer.describes(file) }
            guard !lines.isEmpty else { return nil }
            return (answer, lines.contains { $0.1.port != 0 && !$0.1.path.isEmpty })
        }
        return answered.contains(where: \.isOpen) ? nil : answered.last?.answer
    }
}

extension MediaSummary {
    /// Whether the line is for this file, by its size and its hash.
    fileprivate func describes(_ content: InstantMessage) -> Bool {
        file?.size == content.payload.count
            && file?.digests.allSatisfy { $0.matches(content.payload) != false } == true
    }
}
