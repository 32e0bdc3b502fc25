import Conformance
import Dissection

// Who takes part in a session, and who has kept out of it.
extension Evidence {
    /// Whether the 2xx to an INVITE opens a session: it has a media line with a port, a path, and an offered type.
    ///
    /// RFC 3264 §6 has a line refused by port 0; a 2xx without a description that can be read is taken as it is
    func opensSession(_ success: DissectedMessage) -> Bool {
        let offers = dissection.request(of: success)?.mediaDescriptions ?? []
        let lines = success.mediaDescriptions.enumerated()
        return success.mediaDescriptions.isEmpty
            || lines.contains { index, line in
                guard line.port != 0, !line.path.isEmpty else { return false }
                guard index < offers.count, !line.acceptTypes.isEmpty, line.file == nil else { return true }
                return line.acceptTypes.contains { $0 == "*" || offers[index].accepts($0) }
            }
    }

    /// Whether the client has established a session, by its own INVITE or as the one who was invited.
    func hasJoined(_ client: PartyName) -> Bool { lastJoin(of: client) != nil }

    /// The last 2xx to an INVITE by which the client came into a session.
    func lastJoin(of client: PartyName) -> DissectedMessage? {
        let invites = openingRequests("INVITE", .sent, at: client) + openingRequests("INVITE", .received, at: client)
        return invites.compactMap { dissection.responses(to: $0).first(where: \.isSuccess) }
            .filter(opensSession).max { $0.number < $1.number }
    }

    /// The refusal by which a client that was invited, and has joined in no other way, stayed away, and whose fault
    /// it is: that of the client, unless the invitation was wrong.
    func refusalToJoin(_ client: PartyName) -> (answer: DissectedMessage, party: PartyName?)? {
        guard !hasJoined(client) else { return nil }
        let refusals = openingRequests("INVITE", .received, at: client).compactMap { invite in
            let answer = dissection.responses(to: invite).first { $0.isFinal && !($0.isSuccess && opensSession($0)) }
            return answer.map { (answer: $0, party: blame(for: $0, of: invite)) }
        }
        return refusals.last
    }

    /// The NOTIFY that a client has got and never answered, by which it loses its subscription.
    ///
    /// RFC 6665 §4.2.2
    func ignoredNotification(at client: PartyName) -> DissectedMessage? {
        messages.first { message in
            message.requestMethod == "NOTIFY" && message.repeats == nil && message.wasSeen(.received, at: client)
                && isOrdered(message) && !dissection.responses(to: message).contains(where: \.isFinal)
                && silence(since: message.number, atLeast: quietWindow) != nil
        }
    }

    /// The last REFER by which a client was to be expelled from a conference.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.14
    func expulsion(of client: PartyName) -> DissectedMessage? {
        messages.last { message in
            message.requestMethod == "REFER" && message.repeats == nil && message.referMethod == "BYE"
                && message.referredResources.contains { identifies($0, client) }
        }
    }

    /// Whose doing it is that a client is still in a conference by then that it was to be expelled from: the server's,
    /// which was asked to, or that of whoever asked wrongly.
    func keeper(of client: PartyName, at number: Int) -> PartyName? {
        let joined = lastJoin(of: client)?.number ?? 0
        let refer = messages.last { message in
            message.requestMethod == "REFER" && message.repeats == nil && (joined..<number).contains(message.number)
                && message.referredResources.contains { identifies($0, client) }
        }
        guard let refer, refer.receiver == .server else { return nil }
        if isRefusable(refer) { return source(of: refer) }
        return refer.referMethod == "BYE" ? .server : refer.sender
    }

    /// Whether the run came to this step of the procedure; true where the trace does not mark its steps.
    ///
    /// What belongs to a step that was never begun shows nothing: whoever brought the run to a stand has failed before.
    func reached(_ step: String?) -> Bool {
        guard let number = step?.stepNumber, showsBeginning else { return true }
        // A step without messages was begun when the one before it was.
        let due = steps.filter { $0 <= number }.max() ?? 0
        return messages.contains { ($0.step?.stepNumber).map { $0 >= due } ?? (due == 0) }
    }
}

extension DissectedMessage {
    /// Whether the sender asks not to be identified.
    ///
    /// RFC 3323 §4.2, RFC 3325 §9.3
    var asksForPrivacy: Bool { values(of: "Privacy").contains { $0.lowercased().contains("id") } }

    /// The answer in words: that it accepts nothing, where it is a 2xx that opens no session.
    var refusalInWords: String { isSuccess ? "\(label) without media that can be used" : label }
}

extension String {
    /// The number with which the label of a step begins.
    var stepNumber: Int? { Int(prefix(while: \.isWholeNumber)) }
}
