import Conformance
import Dissection
import Network

/// Whether a retrieval brings exactly these texts, each once; those of a recorded conversation in this order.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.1 and §13.1.3; §13.3.3.2 for the order
struct Retrieval {
    var client: PartyName
    var store: MessageStore
    var number: Int
    var texts: [String]

    private var expected: String {
        let order = store == .history ? ", in this order" : ""
        return "retrieval number \(number) of \(store.words) by \(client) brings \(quoted(texts))\(order)"
    }

    func judge(_ evidence: Evidence) -> Judgment {
        let sessions = evidence.deliveries(from: store, to: client).filter { $0.invite.sender == client }
        guard sessions.count >= number else {
            return .inconclusive(expected, observed: "\(client) asked for \(sessions.count)", sessions.map(\.invite))
        }
        let session = sessions[number - 1]
        let success: DissectedMessage
        switch evidence.fate(of: session.invite) {
        case .succeeded(let response): success = response
        case .refused(let refusal, let party):
            return refused(session.invite, refusal, party, evidence)
        case .challenged(let response), .cancelled(let response), .excused(let response, _):
            return .inconclusive(expected, observed: "it was answered \(response.label)", [session.invite, response])
        case .overdue, .open:
            return .inconclusive(expected, observed: "it had no final response", [session.invite])
        }
        let complete = session.contents.filter(\.isComplete)
        let came = complete.flatMap(\.storedTexts)
        let found = [session.invite, success] + evidence.parts(of: complete)
        let observed = came.isEmpty ? "it brought nothing" : "it brought \(quoted(came))"
        let isRight = store == .history ? came == texts : came.sorted() == texts.sorted()
        if !isRight, let (why, party) = excuse(came, session, evidence) {
            return .fail(expected, observed: "\(observed); \(why)", found, party)
        }
        if !isRight, let surplus = came.first(where: { text in came.count { $0 == text } > texts.count { $0 == text } })
        {
            return .fail(expected, observed: "\(observed); “\(surplus)” is too much", found, .server)
        }
        guard let bye = session.bye else {
            return isRight
                ? .inconclusive(expected, observed: "\(observed), but it had not ended", found)
                : unfinished(observed, success, found, evidence)
        }
        guard !isRight else { return .pass(expected, observed: observed, found + [bye]) }
        guard evidence.isWhole(for: client) else {
            return .inconclusive(expected, observed: "\(observed), and the trace is not whole", found + [bye])
        }
        guard bye.sender == client else {
            return .fail(expected, observed: "\(observed) and ended", found + [bye], .server)
        }
        guard evidence.opensSession(success) else {
            return .fail(expected, observed: "\(inWords([success])) opens no session", found, .server)
        }
        let why = "\(observed) until \(client) ended it"
        // Whoever has waited may give up, or cross the end of the other side; whoever ends it while it comes does not
        // take what was asked for.
        let last = evidence.end(of: session) ?? success
        let isCrossed = evidence.call(of: session.invite).contains { $0.requestMethod == "BYE" && $0.sender == .server }
        return bye.time - last.time < evidence.quietWindow && evidence.isOrdered(bye) && !isCrossed
            ? .fail(expected, observed: why, found + [bye], client)
            : .inconclusive(expected, observed: why, found + [bye])
    }

    /// The judgment of a refusal: who asks for what no list had, or where nothing is, is refused rightly.
    private func refused(
        _ invite: DissectedMessage, _ refusal: DissectedMessage, _ party: PartyName?, _ evidence: Evidence
    ) -> Judgment {
        let observed = "it was answered \(refusal.label)"
        if evidence.asksForUnknown(invite) {
            return .fail(expected, observed: "\(observed); no list had what it asks for", [invite, refusal], client)
        }
        let balance = StoreBalance(of: store, for: client, evidence)
        guard !evidence.showsBeginning || !balance.contents(at: invite.number).isEmpty else {
            return .inconclusive(expected, observed: "\(observed), and nothing was stored by then", [invite, refusal])
        }
        return .fail(expected, observed: observed, [invite, refusal], party)
    }

    /// Why the server is not the one by whom the wrong texts came, and who is.
    private func excuse(
        _ came: [String], _ session: StoreSession, _ evidence: Evidence
    ) -> (why: String, party: PartyName?)? {
        if let part = evidence.ignoredPart(of: session) {
            return ("\(client) never answered \(inWords([part]))", client)
        }
        for sender in evidence.cast.clients.map(\.name) {
            let sent = evidence.contents(from: sender, for: store == .history ? .history : .deferred).map(\.text)
            let strange = came.first { text in
                let times = sent.count { $0 == text }
                let isAltered = !evidence.texts.contains(text) && !texts.contains(text) && came.count <= texts.count
                return times > 0 && isAltered || times > 1 && times >= came.count { $0 == text }
            }
            if let strange { return ("\(sender) sent “\(strange.prefix(40))” so", sender) }
        }
        guard store == .deferred, evidence.showsBeginning else { return nil }
        // Whoever has got something else than was asked for finds something else there from then on.
        let earlier = evidence.deliveries(from: store, to: client).filter {
            $0.invite.sender == client && $0.invite.number <= session.invite.number
        }
        guard earlier.allSatisfy({ bringsWhatIsAsked($0, evidence) }) else { return nil }
        return ("that is what \(client) asked for", client)
    }

    /// Whether a session brings what its INVITE asks for, of what is there by then.
    private func bringsWhatIsAsked(_ session: StoreSession, _ evidence: Evidence) -> Bool {
        let there = StoreBalance(of: store, for: client, evidence).contents(at: session.invite.number)
        let list = evidence.listings(of: store, at: client).last { $0.message < session.invite.number }
        var due = there
        if let recipients = session.invite.recipients {
            guard let list, list.items.count == there.count else { return false }
            let asked = Set(recipients.map { UserAddress($0) })
            due = zip(list.items, there).filter { asked.contains(UserAddress($0.0.reference)) }.map(\.1)
        }
        let came = session.contents.filter(\.isComplete).flatMap(\.storedTexts)
        return due.map(\.text).sorted() == came.sorted()
    }

    /// The retrieval has not brought all, and the server has not ended it.
    private func unfinished(
        _ observed: String, _ success: DissectedMessage, _ found: [DissectedMessage], _ evidence: Evidence
    ) -> Judgment {
        let last = found.map(\.number).max() ?? success.number
        guard evidence.isWhole(for: client), let decision = evidence.silence(since: last, atLeast: Evidence.chunkLimit)
        else {
            return .inconclusive(expected, observed: "\(observed) so far, and the trace ends too early to tell", found)
        }
        return .fail(expected, observed: "\(observed) and no more", found, .server, decision)
    }

    private func quoted(_ texts: [String]) -> String {
        texts.isEmpty ? "nothing" : texts.map { "“\($0.prefix(40))”" }.joined(separator: ", ")
    }
}
