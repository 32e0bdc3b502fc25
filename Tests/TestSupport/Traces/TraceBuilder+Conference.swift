package import Conformance
package import Network

extension TraceBuilder {
    /// A conference: one dialog of each participant with the focus, and the subscription by which it is told the state.
    package struct Conference: Sendable {
        /// A user as the state of the conference has it.
        package struct User: Sendable {
            package var entity: String
            package var name: String?
            package var isConnected = true

            package init(entity: String, name: String? = nil, isConnected: Bool = true) {
                self.entity = entity
                self.name = name
                self.isConnected = isConnected
            }
        }

        /// The URI of the focus, which also is the entity of an ad-hoc conference.
        package var uri: String
        package var entity: String
        /// The INVITE of each participant's dialog.
        package var invites: [PartyName: SentRequest] = [:]
        package var subscriptions: [PartyName: SentRequest] = [:]
        package var versions: [PartyName: Int] = [:]
        /// The users in the order in which they came.
        package var users: [(party: PartyName, user: User)] = []
        package var texts = 0

        package init(uri: String, entity: String) {
            self.uri = uri
            self.entity = entity
        }

        package func entity(of party: PartyName) -> String {
            users.first { $0.party == party }?.user.entity ?? party.uri
        }
    }

    package static let factory = "sip:conference-factory@parley.example"
    package static let focus = "sip:focus1@127.0.0.10:5060"
    package static let groupURI = "sip:im-group-1@parley.example"

    /// Holds an ad-hoc conference: the inviter by a list, the others by the focus; all subscribe and are told.
    package mutating func convene(by inviter: PartyName, inviting invited: [PartyName]) -> Conference {
        step = "1"
        var text = composeInvite(from: inviter, to: inviter)
        text.startLine = "INVITE \(Self.factory) SIP/2.0"
        text["To"] = "<\(Self.factory)>"
        text.add("Require", "recipient-list-invite")
        let list = Self.recipientList(invited.map(\.uri))
        text["Content-Type"] = "multipart/mixed;boundary=x"
        let offer = Self.description(of: Self.path(inviter, "conf"), host: inviter, types: "message/cpim text/plain")
        text.body = "--x\r\nContent-Type: application/sdp\r\n\r\n\(offer)\r\n\(list)--x--\r\n"
        return gather(text, from: inviter, inviting: invited, entity: Self.focus, asserted: inviter.uri)
    }

    /// Holds the conference of a group, whose members the focus invites in its name.
    package mutating func convene(group uri: String, by inviter: PartyName, inviting invited: [PartyName]) -> Conference
    {
        step = "1"
        var text = composeInvite(from: inviter, to: inviter)
        text.startLine = "INVITE \(uri) SIP/2.0"
        text["To"] = "<\(uri)>"
        text.body = Self.description(of: Self.path(inviter, "conf"), host: inviter, types: "message/cpim text/plain")
        return gather(text, from: inviter, inviting: invited, entity: uri, asserted: uri)
    }

    private mutating func gather(
        _ text: SIPText, from inviter: PartyName, inviting invited: [PartyName], entity: String, asserted: String
    ) -> Conference {
        var conference = Conference(uri: Self.focus, entity: entity)
        let first = send(text, from: inviter, to: .server)
        for party in invited { invite(party, to: &conference, by: inviter, asserted: asserted) }
        admit(first, of: inviter, to: &conference)
        for party in [inviter] + invited { conference.users.append((party, Conference.User(entity: party.uri))) }
        for party in [inviter] + invited { subscribe(party, to: &conference) }
        return conference
    }

    /// Invites a client to the conference, which accepts.
    package mutating func invite(
        _ party: PartyName, to conference: inout Conference, by inviter: PartyName, asserted: String
    ) {
        var text = compose("INVITE", from: .server, to: party)
        text["From"] = "<\(inviter.uri)>;tag=focus\(fresh())"
        text["User-Agent"] = "IM-serv/OMA1.0 Sample/1.0"
        text.add("Contact", "<\(conference.uri)>;isfocus;+g.oma.sip-im")
        text.add("P-Asserted-Identity", "<\(asserted)>")
        text.add("Referred-By", "<\(inviter.uri)>")
        text.add("Supported", "timer")
        text.add("Content-Type", "application/sdp")
        text.body = Self.description(
            of: Self.path(.server, "conf-to-\(party)"), host: .server, types: "message/cpim text/plain")
        let sent = send(text, from: .server, to: party)
        answer(
            sent, 200, "OK", [("Contact", contact(party)), ("Content-Type", "application/sdp")],
            body: Self.description(of: Self.path(party, "conf"), host: party, types: "message/cpim text/plain"))
        acknowledge(sent, to: "sip:\(party.user)@\(party.address):5060")
        conference.invites[party] = sent
    }

    /// Answers the INVITE of a client that comes of its own accord, which acknowledges.
    package mutating func admit(_ invite: SentRequest, of party: PartyName, to conference: inout Conference) {
        let focus = "<\(conference.uri)>;isfocus;+g.oma.sip-im"
        answer(
            invite, 200, "OK", [("Contact", focus), ("Content-Type", "application/sdp")],
            body: Self.description(
                of: Self.path(.server, "conf-to-\(party)"), host: .server, types: "message/cpim text/plain"))
        acknowledge(invite, to: conference.uri)
        conference.invites[party] = invite
    }

    private mutating func acknowledge(_ invite: SentRequest, to target: String) {
        add(inDialog("ACK", of: invite, by: invite.sender, target: target), from: invite.sender, to: invite.receiver)
    }

    /// A request of one side of the dialog that an INVITE or SUBSCRIBE has made.
    package mutating func inDialog(
        _ method: String, of opening: SentRequest, by sender: PartyName, target: String, sequence: Int? = nil
    ) -> SIPText {
        let isOpener = sender == opening.sender
        let remote = "\(opening.text["To"] ?? "");tag=\(opening.toTag)"
        var text = SIPText("\(method) \(target) SIP/2.0")
        text.add("Via", via(sender, fresh()))
        text.add("Max-Forwards", "70")
        text.add("From", isOpener ? opening.text["From"] ?? "" : remote)
        text.add("To", isOpener ? remote : opening.text["From"] ?? "")
        text.add("Call-ID", opening.text["Call-ID"] ?? "")
        text.add("CSeq", "\(sequence ?? (method == "ACK" ? 1 : 2)) \(method)")
        return text
    }

    /// Subscribes a client to the state of the conference, and tells it all of it.
    package mutating func subscribe(_ party: PartyName, to conference: inout Conference) {
        var text = compose("SUBSCRIBE", from: party, to: party, uri: conference.uri)
        // RFC 3261 §19.1.1: a To has no port.
        text["To"] = "<\(conference.uri.replacing(":5060", with: ""))>"
        text.add("Event", "conference")
        text.add("Expires", "3600")
        text.add("Accept", "application/conference-info+xml")
        text.add("Contact", contact(party))
        let sent = send(text, from: party, to: .server)
        answer(sent, 200, "OK", [("Contact", "<\(conference.uri)>"), ("Expires", "3600")])
        conference.subscriptions[party] = sent
        notify(party, of: &conference)
    }

    /// Tells a client the state of the conference, or what is new of these users.
    package mutating func notify(
        _ party: PartyName, of conference: inout Conference, only changed: [PartyName]? = nil,
        subscriptionState: String = "active;expires=3600"
    ) {
        guard let subscription = conference.subscriptions[party] else { return }
        let version = conference.versions[party].map { $0 + 1 } ?? 0
        conference.versions[party] = version
        let users = conference.users.filter { changed?.contains($0.party) ?? true }
        var text = inDialog(
            "NOTIFY", of: subscription, by: .server, target: "sip:\(party.user)@\(party.address):5060",
            sequence: version + 1)
        text.add("Event", "conference")
        text.add("Subscription-State", subscriptionState)
        text.add("Contact", "<\(conference.uri)>")
        text.add("Content-Type", "application/conference-info+xml")
        text.body = Self.conferenceInfo(
            conference.entity, state: changed == nil ? "full" : "partial", version: version,
            users.map { ($0.user, $0.party == party) })
        let sent = send(text, from: .server, to: party)
        answer(sent, 200)
    }

    /// The state of a conference as a document.
    package static func conferenceInfo(
        _ entity: String, state: String, version: Int, _ users: [(user: Conference.User, isOwn: Bool)]
    ) -> String {
        let elements = users.map { user, isOwn in
            let own = isOwn ? " yourown=\"true\"" : ""
            let name = user.name.map { "<display-text>\($0)</display-text>" } ?? ""
            let status = user.isConnected ? "connected" : "disconnected"
            return "<user entity=\"\(user.entity)\" state=\"full\"\(own)>\(name)<endpoint entity=\"\(user.entity)\">"
                + "<status>\(status)</status></endpoint></user>"
        }
        return "<?xml version=\"1.0\"?><conference-info xmlns=\"urn:ietf:params:xml:ns:conference-info\" "
            + "entity=\"\(entity)\" state=\"\(state)\" version=\"\(version)\">"
            + "<users state=\"\(state)\">\(elements.joined())</users></conference-info>"
    }

    /// A part of a body that holds a list of recipients.
    package static func recipientList(_ uris: [String], boundary: String = "x") -> String {
        let entries = uris.map { "<entry uri=\"\($0)\"/>" }.joined()
        return "--\(boundary)\r\nContent-Type: application/resource-lists+xml\r\n"
            + "Content-Disposition: recipient-list\r\n\r\n<?xml version=\"1.0\"?>"
            + "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>\(entries)</list>"
            + "</resource-lists>\r\n"
    }

    /// Says a text in the conference, which reaches all others, or those alone whom it is for.
    package mutating func say(
        _ text: String, by sender: PartyName, in conference: inout Conference, to receivers: [PartyName]? = nil
    ) {
        conference.texts += 1
        let others = conference.users.filter { $0.party != sender && $0.user.isConnected }.map(\.party)
        let target = receivers.map { $0.map(conference.entity(of:)) } ?? [conference.entity]
        let cpim = Self.cpim(from: conference.entity(of: sender), to: target, text)
        for hop in [conferenceHop(from: sender, isUpward: true)]
            + (receivers ?? others).map({ conferenceHop(from: $0, isUpward: false) })
        {
            let chunk = conferenceChunk(cpim, id: "conf\(conference.texts)", over: hop)
            add(chunk, from: hop.sender, to: hop.receiver, openedBy: hop.opener)
            acknowledge(chunk, over: hop)
        }
    }

    /// A message/cpim with a text.
    package static func cpim(from sender: String, to receivers: [String], _ text: String) -> String {
        let to = receivers.map { "To: <\($0)>\r\n" }.joined()
        return "From: <\(sender)>\r\n\(to)DateTime: 2026-01-01T00:00:00Z\r\n\r\nContent-Type: text/plain\r\n\r\n\(text)"
    }

    /// The way of a text between a participant and the focus.
    package func conferenceHop(from party: PartyName, isUpward: Bool) -> Hop {
        let (own, focus) = (Self.path(party, "conf"), Self.path(.server, "conf-to-\(party)"))
        let opener: PartyName = lines.contains { $0.label == "INVITE \(party)→server" } ? party : .server
        return isUpward
            ? Hop(sender: party, receiver: .server, opener: opener, senderPath: own, receiverPath: focus)
            : Hop(sender: .server, receiver: party, opener: opener, senderPath: focus, receiverPath: own)
    }

    package mutating func conferenceChunk(_ body: String, id: String, over hop: Hop) -> MSRPText {
        let length = body.utf8.count
        return MSRPText(
            "chunk\(fresh())", "SEND", to: hop.receiverPath, from: hop.senderPath,
            [
                ("Message-ID", id), ("Byte-Range", "1-\(length)/\(length)"), ("Content-Type", "message/cpim"),
            ], body: body)
    }

    /// Ends the dialog of a participant as it leaves, or as the focus releases it, and closes its connection.
    package mutating func end(_ party: PartyName, of conference: inout Conference, by sender: PartyName) {
        guard let invite = conference.invites[party] else { return }
        let target = sender == .server ? "sip:\(party.user)@\(party.address):5060" : conference.uri
        let receiver = sender == .server ? party : PartyName.server
        let bye = send(inDialog("BYE", of: invite, by: sender, target: target), from: sender, to: receiver)
        answer(bye, 200)
        let hop = conferenceHop(from: party, isUpward: true)
        if lines.contains(where: { $0.transport == .tcp && ($0.sender == party || $0.receiver == party) }) {
            close(from: hop.sender, to: hop.receiver, openedBy: hop.opener)
        }
        for index in conference.users.indices where conference.users[index].party == party {
            conference.users[index].user.isConnected = false
        }
    }

    /// The whole of case 102, as it should be: each says a text to the two others.
    package static func case102(over transport: TransportProtocol = .udp) -> TraceBuilder {
        var trace = TraceBuilder()
        trace.sipTransport = transport
        for party in [PartyName.a, .b, .c] { trace.logIn(party) }
        var conference = trace.convene(by: .a, inviting: [.b, .c])
        for (number, (party, text)) in [(PartyName.a, "Hello B C"), (.b, "Hello A C"), (.c, "Hello A B")].enumerated() {
            trace.step = "\(number + 3)"
            trace.say(text, by: party, in: &conference)
        }
        trace.step = "postamble"
        trace.end(.a, of: &conference, by: .a)
        for party in [PartyName.b, .c] { trace.end(party, of: &conference, by: .server) }
        for party in [PartyName.a, .b, .c] { trace.logOut(party) }
        return trace
    }
}
