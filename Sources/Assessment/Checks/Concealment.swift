import Conformance
import Dissection

/// Whether the address of a client, once it joins a conference, is in nothing that another client receives of that.
///
/// OMA-TS-SIMPLE_IM-V1_0 §14.3: neither in SIP nor in contents, conference state or paths
struct Concealment {
    var client: PartyName
    var other: PartyName

    func judge(_ evidence: Evidence) -> Judgment {
        let expected = "no address of \(client) in anything that \(other) receives of a conference"
        guard let uri = evidence.cast[client]?.imAddress, let user = SIPTarget(ofValue: uri)?.user, !user.isEmpty else {
            return .inconclusive(expected, observed: "the address of \(client) is not known")
        }
        let pattern = Array("\(user)@".utf8)
        guard evidence.messages.contains(where: { $0.wasSeen(.received, at: other) }) else {
            return .inconclusive(expected, observed: "the trace shows nothing that \(other) receives")
        }
        guard let joining = evidence.joining(of: client) else {
            return .inconclusive(
                expected, observed: "\(client) has done nothing yet by which \(other) could come to know it")
        }
        let unrelated = UnrelatedTraffic(of: other, evidence)
        func counts(_ message: DissectedMessage) -> Bool {
            message.number > joining.number && !unrelated.contains(message)
        }
        let received = evidence.messages.filter { $0.wasSeen(.received, at: other) && counts($0) }
        if let leak = received.first(where: { $0.bytes.hasUser(pattern) }) {
            return .fail(
                expected, observed: "\(user)@ in \(inWords([leak]))", [leak], source(of: leak, pattern, evidence))
        }
        let whole = evidence.dissection.instantMessages.first { content in
            content.receiver == other && content.wasReceived && content.body.hasUser(pattern)
                && content.parts.allSatisfy { counts(evidence.dissection[$0]) }
        }
        if let whole {
            let parts = evidence.parts(of: [whole])
            return .fail(
                expected, observed: "\(user)@ in \(inWords(parts))", parts,
                source(of: evidence.dissection[whole.parts[0]], pattern, evidence))
        }
        guard
            let decision = evidence.calm(
                at: other, .large, after: received.last { $0.requestMethod != nil }?.number ?? joining.number)
        else {
            return .inconclusive(
                expected, observed: "none so far, but the trace does not show that nothing more was on its way")
        }
        return .pass(expected, observed: "none in \(received.count) messages", [], decision)
    }

    /// Who has let the address out: the client itself where the server only passes on what the client wrote, and else
    /// the server.
    private func source(of leak: DissectedMessage, _ pattern: [UInt8], _ evidence: Evidence) -> PartyName? {
        guard leak.sender == .server else { return leak.sender }
        if evidence.showsItself(client) { return client }
        guard let own = evidence.original(of: leak), own.sender == client, !own.body.isEmpty, own.body.hasUser(pattern),
            leak.body.hasUser(pattern)
        else { return .server }
        return client
    }
}

extension Evidence {
    /// The first INVITE by which the client can have become a participant of something.
    fileprivate func joining(of client: PartyName) -> DissectedMessage? {
        openingRequests("INVITE", .sent, at: client).first { $0.sessionService == .conversation }
    }
}

extension [UInt8] {
    /// Whether the user part and its `@` stand in the bytes, and are not the end of a longer user part.
    fileprivate func hasUser(_ pattern: [UInt8]) -> Bool {
        guard let first = pattern.first else { return false }
        var rest = self[...]
        while let place = rest.firstIndex(of: first) {
            let isWhole = place == startIndex || !self[place - 1].isOfUser
            if isWhole, self[place...].starts(with: pattern) { return true }
            rest = rest[(place + 1)...]
        }
        return false
    }
}

extension UInt8 {
    /// Whether the byte can be part of the user part of a URI, as its unreserved characters can.
    fileprivate var isOfUser: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "+"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
