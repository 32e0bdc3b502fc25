package import Conformance
package import Network

extension TraceBuilder {
    /// Says a text in the session, in chunks of so many bytes, acknowledged and reported.
    package mutating func say(
        _ text: String, by sender: PartyName, in chat: inout Chat, chunk size: Int = 1000,
        fields: [String: String] = [:]
    ) {
        chat.texts += 1
        let id = "text\(chat.texts)\(sender)"
        let receiver: PartyName = sender == .a ? .b : .a
        let all = ["Success-Report": "yes"].merging(fields) { $1 }
        for hop in hops(from: sender, to: receiver, chat.routing) {
            for chunk in chunks(of: text, id: id, size: size, all, over: hop) {
                add(chunk, from: hop.sender, to: hop.receiver, openedBy: hop.opener)
                if all["Failure-Report"] != "no" { acknowledge(chunk, over: hop) }
            }
        }
        guard all["Success-Report"] == "yes" else { return }
        for hop in hops(from: receiver, to: sender, chat.routing) {
            let report = MSRPText(
                "rep\(fresh())x", "REPORT", to: hop.receiverPath, from: hop.senderPath,
                [
                    ("Message-ID", id), ("Byte-Range", "1-\(text.utf8.count)/\(text.utf8.count)"),
                    ("Status", "000 200 OK"),
                ])
            add(report, from: hop.sender, to: hop.receiver, openedBy: hop.opener)
        }
    }

    /// Ends the session as this client does, and closes its connections.
    package mutating func leave(_ party: PartyName, _ chat: Chat) {
        step = "postamble"
        request("BYE", in: chat, from: party)
        switch chat.routing {
        case .backToBack:
            close(from: .a, to: .server, openedBy: .a)
            close(from: .server, to: .b, openedBy: .server)
        case .recordRoute:
            close(from: .a, to: .b, openedBy: .a)
        }
    }

    /// One connection on the way of a text.
    package struct Hop: Sendable {
        package var sender: PartyName
        package var receiver: PartyName
        package var opener: PartyName
        package var senderPath: String
        package var receiverPath: String
    }

    package func hops(from sender: PartyName, to receiver: PartyName, _ routing: Routing) -> [Hop] {
        let paths = [PartyName.a: Self.path(.a, "a"), .b: Self.path(.b, "b")]
        func own(_ party: PartyName) -> String { paths[party] ?? "" }
        func relay(_ party: PartyName) -> String { Self.path(.server, party == .a ? "to-a" : "to-b") }
        guard routing == .backToBack else {
            return [
                Hop(
                    sender: sender, receiver: receiver, opener: .a, senderPath: own(sender),
                    receiverPath: own(receiver))
            ]
        }
        func opener(_ client: PartyName) -> PartyName { client == .a ? .a : .server }
        return [
            Hop(
                sender: sender, receiver: .server, opener: opener(sender), senderPath: own(sender),
                receiverPath: relay(sender)),
            Hop(
                sender: .server, receiver: receiver, opener: opener(receiver), senderPath: relay(receiver),
                receiverPath: own(receiver)),
        ]
    }

    package mutating func chunks(
        of text: String, id: String, size: Int, _ fields: [String: String], over hop: Hop
    ) -> [MSRPText] {
        let bytes = Array(text.utf8)
        return stride(from: 0, to: max(bytes.count, 1), by: size).map { start in
            let end = min(start + size, bytes.count)
            let own =
                [
                    ("Message-ID", id), ("Byte-Range", "\(start + 1)-\(end)/\(bytes.count)"),
                ] + fields.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [("Content-Type", "text/plain")]
            return MSRPText(
                "chunk\(fresh())", "SEND", to: hop.receiverPath, from: hop.senderPath, own,
                body: String(decoding: bytes[start..<end], as: UTF8.self), flag: end == bytes.count ? "$" : "+")
        }
    }

    package mutating func acknowledge(_ chunk: MSRPText, over hop: Hop, _ start: String = "200 OK") {
        let answer = MSRPText(chunk.transactionID, start, to: chunk.fromPath, from: chunk.toPath)
        add(answer, from: hop.receiver, to: hop.sender, openedBy: hop.opener)
    }

    /// Pages a text from A to B: step 1 of case 201.
    package mutating func page(_ text: String = "Hello 1", _ routing: Routing = .recordRoute) {
        step = "1"
        var message = compose("MESSAGE", from: .a, to: .b)
        message.add("Content-Type", "text/plain")
        message.body = text
        let sent = send(message, from: .a, to: .server)
        var onward = message
        onward.prepend("Via", via(.server, fresh()))
        onward["Max-Forwards"] = "69"
        onward.add("P-Asserted-Identity", "<\(PartyName.a.uri)>")
        var delivered = send(onward, from: .server, to: .b)
        delivered.toTag = sent.toTag
        answer(delivered, 200)
        var success = response(to: sent, 200)
        success["Server"] = nil
        success["User-Agent"] = "IM-client/OMA1.0 Sample/1.0"
        add(success, from: .server, to: .a)
    }

    /// The whole of case 101, as it should be.
    package static func case101(_ routing: Routing = .backToBack, over transport: TransportProtocol = .udp)
        -> TraceBuilder
    {
        var trace = TraceBuilder()
        trace.sipTransport = transport
        trace.logIn(.a)
        trace.logIn(.b)
        var chat = trace.establish(routing)
        trace.step = "3"
        trace.say("Hello B", by: .a, in: &chat)
        trace.step = "4"
        trace.say("Hello A", by: .b, in: &chat)
        trace.leave(.a, chat)
        trace.logOut(.a)
        trace.logOut(.b)
        return trace
    }

    /// The whole of case 201, as it should be.
    package static func case201(over transport: TransportProtocol = .udp) -> TraceBuilder {
        var trace = TraceBuilder()
        trace.sipTransport = transport
        trace.logIn(.a)
        trace.logIn(.b)
        trace.page()
        trace.logOut(.a)
        trace.logOut(.b)
        return trace
    }
}
