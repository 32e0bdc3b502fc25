package import Conformance

/// Where the texts of a session go: through the server, or from client to client.
package enum Routing: String, CaseIterable, Sendable {
    case backToBack
    case recordRoute
}

extension TraceBuilder {
    /// A session of A and B: the dialogs and paths by which further messages go.
    package struct Chat: Sendable {
        package var routing: Routing
        package var invite: SentRequest
        package var forwarded: SentRequest
        package var texts = 0
    }

    static func path(_ party: PartyName, _ session: String) -> String {
        "msrp://\(party.address):2855/\(session);tcp"
    }

    package static func description(of path: String, host: PartyName, types: String = "text/plain") -> String {
        """
        v=0\r
        o=- 1 1 IN IP4 \(host.address)\r
        s=-\r
        c=IN IP4 \(host.address)\r
        t=0 0\r
        m=message 2855 TCP/MSRP *\r
        a=accept-types:\(types)\r
        a=path:\(path)\r\n
        """
    }

    /// The invitation of a client as it composes it.
    package mutating func composeInvite(from inviter: PartyName, to invited: PartyName) -> SIPText {
        var text = compose("INVITE", from: inviter, to: invited)
        text.add("Contact", contact(inviter))
        text.add("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE, NOTIFY")
        text.add("Supported", "timer")
        text.add("Session-Expires", "1800;refresher=uac")
        text.add("Content-Type", "application/sdp")
        text.body = Self.description(of: Self.path(inviter, "a"), host: inviter)
        return text
    }

    /// The invitation as the server passes it on: as a request of its own, or as a proxy that stays in the route.
    package mutating func forward(_ request: SIPText, from inviter: PartyName, _ routing: Routing) -> SIPText {
        var text = request
        let number = fresh()
        switch routing {
        case .backToBack:
            text["Via"] = via(.server, number)
            text["From"] = "<\(inviter.uri)>;tag=server\(number)"
            text["Call-ID"] = "call\(number)@\(PartyName.server.address)"
            text["Contact"] = contact(.server)
            text["User-Agent"] = "IM-serv/OMA1.0 Sample/1.0"
            text["Session-Expires"] = "1800;refresher=uas"
            text.body = Self.description(of: Self.path(.server, "to-b"), host: .server)
        case .recordRoute:
            text.prepend("Via", via(.server, number))
            text["Max-Forwards"] = "69"
            text.add("Record-Route", "<sip:\(PartyName.server.address):5060;lr>")
        }
        text.add("P-Asserted-Identity", "<\(inviter.uri)>")
        return text
    }

    /// Invites B as A, accepts as B, and acknowledges: steps 1 and 2 of case 101.
    package mutating func establish(_ routing: Routing) -> Chat {
        step = "1"
        let text = composeInvite(from: .a, to: .b)
        let invite = send(text, from: .a, to: .server)
        answer(invite, 100, "Trying")
        let forwarded = send(forward(text, from: .a, routing), from: .server, to: .b)
        var chat = Chat(routing: routing, invite: invite, forwarded: forwarded)
        if routing == .recordRoute { chat.invite.toTag = forwarded.toTag }
        answer(forwarded, 180, "Ringing", dialogFields(chat, .b))
        answer(chat.invite, 180, "Ringing", dialogFields(chat, routing == .backToBack ? .server : .b))
        step = "2"
        let session = [(name: "Content-Type", value: "application/sdp")]
        let timer = [
            (name: "Supported", value: "timer"), (name: "Session-Expires", value: "1800;refresher=uas"),
        ]
        let answerOfB = Self.description(of: Self.path(.b, "b"), host: .b)
        answer(forwarded, 200, "OK", dialogFields(chat, .b) + timer + session, body: answerOfB)
        let isRelayed = routing == .backToBack
        var success = response(
            to: chat.invite, 200, "OK",
            dialogFields(chat, isRelayed ? .server : .b) + timer + [(name: "Require", value: "timer")]
                + [(name: "P-Asserted-Identity", value: "<\(PartyName.b.uri)>")] + session,
            body: isRelayed ? Self.description(of: Self.path(.server, "to-a"), host: .server) : answerOfB)
        if !isRelayed { success["User-Agent"] = "IM-client/OMA1.0 Sample/1.0" }
        add(success, from: .server, to: .a)
        request("ACK", in: chat, from: .a)
        return chat
    }

    /// The Contact of a response that makes a dialog, and the route where the server stays in it.
    private func dialogFields(_ chat: Chat, _ party: PartyName) -> [(name: String, value: String)] {
        let route = chat.routing == .recordRoute ? ["<sip:\(PartyName.server.address):5060;lr>"] : []
        return [(name: "Contact", value: contact(party))] + route.map { (name: "Record-Route", value: $0) }
    }

    /// Sends a request in the dialog as A, or as B, and has it passed on and answered.
    @discardableResult
    package mutating func request(
        _ method: String, in chat: Chat, from sender: PartyName, sequence: Int? = nil
    ) -> SentRequest {
        let isInviter = sender == .a
        let (mine, theirs) = isInviter ? (chat.invite, chat.forwarded) : (chat.forwarded, chat.invite)
        let sent = dialogRequest(method, of: mine, isRequester: isInviter, chat, from: sender, sequence)
        add(sent.text, from: sender, to: .server)
        let receiver: PartyName = isInviter ? .b : .a
        var onward: SentRequest
        switch chat.routing {
        case .backToBack:
            if method != "ACK" { answer(sent, 200) }
            onward = dialogRequest(method, of: theirs, isRequester: !isInviter, chat, from: .server, sequence)
            onward.receiver = receiver
            if method == "ACK" { onward.text["CSeq"] = "1 ACK" }
        case .recordRoute:
            onward = SentRequest(text: sent.text, sender: .server, receiver: receiver, toTag: "")
            onward.text["Route"] = nil
            onward.text["Max-Forwards"] = "69"
            onward.text.prepend("Via", via(.server, fresh()))
        }
        add(onward.text, from: .server, to: receiver)
        guard method != "ACK" else { return sent }
        answer(onward, 200)
        if chat.routing == .recordRoute { answer(sent, 200) }
        return sent
    }

    /// A request of one side of a dialog; the requester is the one who sent the INVITE of this leg.
    private mutating func dialogRequest(
        _ method: String, of invite: SentRequest, isRequester: Bool, _ chat: Chat, from sender: PartyName,
        _ sequence: Int?
    ) -> SentRequest {
        let peer: PartyName =
            chat.routing == .backToBack
            ? (sender == .server ? invite.receiver : .server)
            : (sender == .a ? .b : .a)
        let target = sender == .server && invite.receiver == .server ? invite.sender : peer
        var text = SIPText("\(method) sip:\(target.user)@\(target.address):5060 SIP/2.0")
        text.add("Via", via(sender, fresh()))
        text.add("Max-Forwards", "70")
        let remote = "\(invite.text["To"] ?? "");tag=\(invite.toTag)"
        text.add("From", isRequester ? invite.text["From"] ?? "" : remote)
        text.add("To", isRequester ? remote : invite.text["From"] ?? "")
        text.add("Call-ID", invite.text["Call-ID"] ?? "")
        text.add("CSeq", "\(sequence ?? (method == "ACK" ? 1 : 2)) \(method)")
        if chat.routing == .recordRoute { text.add("Route", "<sip:\(PartyName.server.address):5060;lr>") }
        return SentRequest(text: text, sender: sender, receiver: .server, toTag: invite.toTag)
    }
}
