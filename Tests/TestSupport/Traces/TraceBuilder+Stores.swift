package import Conformance
import Network

extension TraceBuilder {
    /// An item of a list of stored messages.
    package struct StoredText: Sendable {
        package var reference: String
        package var time: String
        package var from: String
        package var to: String

        package init(_ number: Int, from: String = PartyName.a.uri, to: String = PartyName.b.uri) {
            reference = "sip:stored\(number)@parley.example"
            time = "2026-01-01T00:0\(number):00Z"
            self.from = from
            self.to = to
        }
    }

    /// Fetches the list of deferred messages, which holds these items.
    package mutating func list(_ items: [StoredText], at party: PartyName) {
        let elements = items.map { item in
            "<history date=\"2026-01-01\" history-reference=\"\(item.reference)\"><size>7</size>"
                + "<pager><time-stamp>\(item.time)</time-stamp><from>\(item.from)</from><to>\(item.to)</to></pager>"
                + "</history>"
        }
        fetch(
            "org.openmobilealliance.deferred-list/users/\(party.uri)/deferred-list", at: party,
            "<?xml version=\"1.0\"?><history-list xmlns=\"urn:oma:xml:im:history-list\">\(elements.joined())</history-list>",
            type: "application/vnd.oma.im.deferred-list+xml")
    }

    /// Fetches the list of recorded conversations, with a name and a reference for each.
    package mutating func list(recordings: [(name: String, reference: String)], at party: PartyName) {
        let elements = recordings.enumerated().map { number, recording in
            "<history history-reference=\"\(recording.reference)\"><conference>"
                + "<time-start>2026-01-01T00:0\(number):00Z</time-start>"
                + "<recording-name>\(recording.name)</recording-name></conference></history>"
        }
        fetch(
            "org.openmobilealliance.conv-history/users/\(party.uri)/conv-history", at: party,
            "<?xml version=\"1.0\"?><history-list xmlns=\"urn:oma:xml:im:history-list\">\(elements.joined())</history-list>",
            type: "application/vnd.oma.im.history-list+xml")
    }

    /// Fetches a document by HTTP; without a body it is not there.
    package mutating func fetch(_ path: String, at party: PartyName, _ body: String?, type: String) {
        let request = "GET /xcap-root/\(path) HTTP/1.1\r\nHost: 127.0.0.10\r\n\r\n"
        let head =
            body.map {
                "200 OK\r\nContent-Type: \(type)\r\nETag: \"1\"\r\nContent-Length: \($0.utf8.count)"
            } ?? "404 Not Found\r\nContent-Length: 0"
        add(http: request, label: "GET", from: party, to: .server)
        add(http: "HTTP/1.1 \(head)\r\n\r\n\(body ?? "")", label: "200 GET", from: .server, to: party)
    }

    /// Deletes stored items by REFER: one, or all that the URI of a function stands for.
    package mutating func delete(_ target: String, at party: PartyName) {
        var text = compose("REFER", from: party, to: party, uri: "sip:Delete@parley.example")
        text["To"] = "<sip:Delete@parley.example>"
        text.add("Refer-To", "<\(target)>")
        text.add("Contact", contact(party))
        let sent = send(text, from: party, to: .server)
        answer(sent, 200, "OK", [("Contact", "<sip:Delete@127.0.0.10:5060>")])
        var notify = inDialog(
            "NOTIFY", of: sent, by: .server, target: "sip:\(party.user)@\(party.address):5060")
        notify.add("Event", "refer")
        notify.add("Subscription-State", "terminated;reason=noresource")
        notify.add("Contact", "<sip:Delete@127.0.0.10:5060>")
        notify.add("Content-Type", "message/sipfrag")
        notify.body = "SIP/2.0 200 OK"
        answer(send(notify, from: .server, to: party), 200)
    }

    /// Retrieves what is stored: the function answers, sends each body in a SEND, and ends the session.
    package mutating func retrieve(_ bodies: [(type: String, body: String)], from function: String, at party: PartyName)
    {
        var text = composeInvite(from: party, to: party)
        text.startLine = "INVITE sip:\(function)@parley.example SIP/2.0"
        text["To"] = "<sip:\(function)@parley.example>"
        text.body = Self.description(of: Self.path(party, "store"), host: party, types: "*") + "a=recvonly\r\n"
        let invite = send(text, from: party, to: .server)
        let focus = "sip:\(function)@127.0.0.10:5060"
        answer(
            invite, 200, "OK",
            [("Contact", "<\(focus)>;automata;+g.oma.sip-im"), ("Content-Type", "application/sdp")],
            body: Self.description(of: Self.path(.server, "from-store"), host: .server, types: "*") + "a=sendonly\r\n")
        add(inDialog("ACK", of: invite, by: party, target: focus), from: party, to: .server)
        let up = Hop(
            sender: party, receiver: .server, opener: party, senderPath: Self.path(party, "store"),
            receiverPath: Self.path(.server, "from-store"))
        let opening = MSRPText(
            "open\(fresh())", "SEND", to: up.receiverPath, from: up.senderPath,
            [("Message-ID", "open\(fresh())"), ("Byte-Range", "1-0/0")])
        add(opening, from: party, to: .server, openedBy: party)
        acknowledge(opening, over: up)
        let down = Hop(
            sender: .server, receiver: party, opener: party, senderPath: up.receiverPath, receiverPath: up.senderPath)
        for (type, body) in bodies {
            var chunk = conferenceChunk(body, id: "stored\(fresh())", over: down)
            chunk["Content-Type"] = type
            add(chunk, from: .server, to: party, openedBy: party)
            acknowledge(chunk, over: down)
        }
        let target = "sip:\(party.user)@\(party.address):5060"
        answer(send(inDialog("BYE", of: invite, by: .server, target: target), from: .server, to: party), 200)
        close(from: .server, to: party, openedBy: party)
    }

    /// A page as it was stored, in the form in which a SEND brings it.
    package static func storedPage(_ text: String, from sender: PartyName = .a, to receiver: PartyName = .b)
        -> (type: String, body: String)
    {
        let message =
            "MESSAGE \(receiver.uri) SIP/2.0\r\nFrom: <\(sender.uri)>;tag=1\r\nTo: <\(receiver.uri)>\r\n"
            + "Call-ID: \(text.filter { !$0.isWhitespace })@stored\r\nP-Asserted-Identity: <\(sender.uri)>\r\n"
            + "Content-Type: text/plain\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
        return (
            "multipart/mixed;boundary=y", "--y\r\nContent-Type: message/sip\r\n\r\n\(message)\r\n--y--\r\n"
        )
    }

    /// A text of a conversation as it was recorded.
    package static func recordedText(_ text: String, from sender: PartyName) -> (type: String, body: String) {
        let body = cpim(from: sender.uri, to: [focus], text)
        return (
            "message/msrp",
            "MSRP rec SEND\r\nTo-Path: msrp://h/1;tcp\r\nFrom-Path: msrp://h/2;tcp\r\nMessage-ID: 1\r\n"
                + "Content-Type: message/cpim\r\n\r\n\(body)\r\n-------rec$\r\n"
        )
    }

    /// The page of A that the server takes while B is away.
    package mutating func pageDeferred(_ text: String) {
        var message = compose("MESSAGE", from: .a, to: .b)
        message.add("Content-Type", "text/plain")
        message.body = text
        answer(send(message, from: .a, to: .server), 202, "Accepted")
    }
}
