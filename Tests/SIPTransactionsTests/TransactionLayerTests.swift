import SIPSyntax
import SIPTransactions
import Testing

@Suite("Transaction layer: RFC 3261 §17.1.3 and §17.2.3")
struct TransactionLayerTests {
    @Test(arguments: [SIPMethod.invite, .message])
    func `A response reaches the transaction that its branch and CSeq method name`(method: SIPMethod) {
        var element = Element()
        let request = SIPMessage.sample(method)
        let key = element.send(request)
        element.receive(request.response(180))
        #expect(element.told == [.response(request.response(180), key)])
    }

    @Test func `A response whose CSeq names another method is a stray`() {
        var element = Element()
        _ = element.send(.sample(.message))
        let foreign = SIPMessage.sample(.options).response(200)
        element.receive(foreign)
        #expect(element.told == [.stray(foreign, .udp)])
    }

    @Test func `A response to nothing is a stray`() {
        var element = Element()
        let response = SIPMessage.sample(.message).response(200)
        element.receive(response)
        #expect(element.told == [.stray(response, .udp)])
    }

    @Test func `A final response that comes again is absorbed`() {
        var element = Element()
        let request = SIPMessage.sample(.message)
        let key = element.send(request)
        for _ in 1...3 { element.receive(request.response(200)) }
        #expect(element.told == [.response(request.response(200), key)])
    }

    @Test func `A response with an impossible status is a stray`() {
        var element = Element()
        let request = SIPMessage.sample(.message)
        _ = element.send(request)
        element.receive(request.response(999))
        #expect(element.told == [.stray(request.response(999), .udp)])
    }

    @Test func `Every 2xx response to an INVITE reaches the user`() {
        var element = Element()
        let request = SIPMessage.sample(.invite)
        let key = element.send(request)
        let responses = ["one", "two", "one"].map { SIPMessage(status: 200, to: request, toTag: $0) }
        for response in responses { element.receive(response) }
        #expect(element.told == responses.map { .response($0, key) })
        #expect(element.sent.count == 1)
    }

    @Test func `The ACK of a failure repeats the INVITE's way and takes the To of the response`() throws {
        var element = Element()
        let invite = SIPMessage.sample(.invite)
        _ = element.send(invite)
        element.receive(invite.response(486))
        let ack = try #require(element.sent.last?.message)
        #expect(ack.method == .ack)
        #expect(ack.requestURI == invite.requestURI)
        #expect(ack.all(.via) == invite.all(.via))
        #expect(ack.all(.route) == invite.all(.route))
        #expect(ack.first(.from) == invite.first(.from))
        #expect(ack.first(.to) == "Bob <sip:bob@example.com>;tag=a6c85cf")
        #expect(ack.first(.callID) == invite.first(.callID))
        #expect(ack.first(.cSeq) == "314159 ACK")
        #expect(ack.first(.maxForwards) == "70")
        #expect(ack.body.isEmpty)
    }

    @Test func `A failure that comes again is acknowledged again`() {
        var element = Element()
        let invite = SIPMessage.sample(.invite)
        let key = element.send(invite)
        for _ in 1...3 { element.receive(invite.response(486)) }
        #expect(element.sent.map(\.message.method) == [.invite, .ack, .ack, .ack])
        #expect(element.told == [.response(invite.response(486), key)])
    }

    @Test func `A request is passed on once, however often it comes`() throws {
        var element = Element()
        let request = SIPMessage.sample(.message)
        let key = try element.take(request)
        element.receive(request)
        element.respond(key, with: request.response(200))
        element.receive(request)
        #expect(element.told == [.request(request, key, .udp)])
        #expect(element.sent.map(\.message.status) == [200, 200])
    }

    @Test func `Requests with equal branches from different senders are different`() {
        var element = Element()
        element.receive(.sample(.message, sentBy: "alice.example.com"))
        element.receive(.sample(.message, sentBy: "carol.example.com"))
        #expect(element.told.count == 2)
    }

    @Test func `Letters in branch and sent-by have no case`() {
        var element = Element()
        element.receive(.sample(.message, branch: "z9hG4bKabc", sentBy: "alice.example.com"))
        element.receive(.sample(.message, branch: "Z9HG4BKABC", sentBy: "ALICE.example.com"))
        #expect(element.told.count == 1)
    }

    @Test func `Requests with equal branches without the magic cookie are told apart by their other fields`() {
        var element = Element()
        element.receive(.sample(.message, branch: "1", callID: "one"))
        element.receive(.sample(.message, branch: "1", callID: "two"))
        element.receive(.sample(.message, branch: "1", callID: "two", number: 314160))
        #expect(element.told.count == 3)
        element.receive(.sample(.message, branch: "1", callID: "two"))
        #expect(element.told.count == 3)
    }

    @Test func `A request without a readable Via still has a transaction`() throws {
        var element = Element()
        var request = SIPMessage.sample(.message)
        request.set(.via, "carrier pigeon")
        let key = try element.take(request)
        element.respond(key, with: request.response(400))
        element.receive(request)
        #expect(element.told == [.request(request, key, .udp)])
        #expect(element.sent.map(\.message.status) == [400, 400])
    }

    @Test func `A second final answer is not sent`() throws {
        var element = Element()
        let request = SIPMessage.sample(.message)
        let key = try element.take(request)
        element.respond(key, with: request.response(404))
        element.respond(key, with: request.response(200))
        element.receive(request)
        #expect(element.sent.map(\.message.status) == [404, 404])
    }

    @Test func `An answer to a transaction that is over is not sent`() throws {
        var element = Element()
        let request = SIPMessage.sample(.message)
        let key = try element.take(request, from: .tcp)
        element.respond(key, with: request.response(200))
        element.respond(key, with: request.response(200))
        #expect(element.sent.count == 1)
        #expect(element.layer.count == 0)
    }

    @Test func `A request beyond the capacity is refused, and taken when there is room again`() throws {
        var element = Element(capacity: 1)
        let (first, second) = (SIPMessage.sample(.message), SIPMessage.sample(.message, branch: "z9hG4bKother"))
        let key = try element.take(first, from: .tcp)
        element.receive(second, from: .tcp)
        #expect(element.told.last == .refused(second, .tcp))
        element.respond(key, with: first.response(200))
        _ = try element.take(second, from: .tcp)
    }

    @Test func `The ACK of a failure stops it and stays below the user`() throws {
        var element = Element()
        let invite = SIPMessage.sample(.invite)
        let key = try element.take(invite)
        element.respond(key, with: invite.response(486))
        element.receive(SIPMessage(acknowledging: invite.response(486), to: invite))
        element.run()
        #expect(element.sent.count == 1)
        #expect(element.told == [.request(invite, key, .udp), .terminated(key)])
    }

    @Test func `The ACK of a 2xx response has a branch of its own and goes to the user`() throws {
        var element = Element()
        let invite = SIPMessage.sample(.invite)
        let key = try element.take(invite)
        element.respond(key, with: invite.response(200))
        let ack = SIPMessage.sample(.ack, branch: "z9hG4bKack")
        element.receive(ack)
        #expect(element.told.last == .acknowledgement(ack, .udp))
    }

    @Test func `The ACK of a 2xx response goes to the user even when it repeats the branch of the INVITE`() throws {
        var element = Element()
        let invite = SIPMessage.sample(.invite)
        let key = try element.take(invite)
        element.respond(key, with: invite.response(200))
        let ack = SIPMessage.sample(.ack)
        element.receive(ack)
        #expect(element.told.last == .acknowledgement(ack, .udp))
    }

    @Test func `An INVITE that comes again after its 2xx response is absorbed`() throws {
        var element = Element()
        let invite = SIPMessage.sample(.invite)
        let key = try element.take(invite)
        element.respond(key, with: invite.response(200))
        element.receive(invite)
        #expect(element.told == [.request(invite, key, .udp)])
        #expect(element.sent.count == 1)
    }

    @Test func `A CANCEL comes with the INVITE that it cancels`() throws {
        var element = Element()
        let invite = SIPMessage.sample(.invite)
        let key = try element.take(invite)
        let cancel = SIPMessage(cancelling: invite)
        let cancelKey = try element.take(cancel)
        #expect(cancelKey != key)
        #expect(element.told.last == .cancellation(cancel, cancelKey, of: key, .udp))
    }

    @Test func `A CANCEL of nothing comes without an INVITE`() throws {
        var element = Element()
        let cancel = SIPMessage(cancelling: .sample(.invite))
        let key = try element.take(cancel)
        #expect(element.told == [.cancellation(cancel, key, of: nil, .udp)])
    }

    @Test func `A CANCEL matches its INVITE without the magic cookie too`() throws {
        var element = Element()
        let invite = SIPMessage.sample(.invite, branch: "1")
        let key = try element.take(invite)
        let cancel = SIPMessage(cancelling: invite)
        let cancelKey = try element.take(cancel)
        #expect(element.told.last == .cancellation(cancel, cancelKey, of: key, .udp))
    }

    @Test func `A CANCEL goes the way of the request that it cancels`() {
        let invite = SIPMessage.sample(.invite)
        let cancel = SIPMessage(cancelling: invite)
        #expect(cancel.method == .cancel)
        #expect(cancel.requestURI == invite.requestURI)
        for name in [SIPFieldName.via, .route, .from, .to, .callID] {
            #expect(cancel.all(name) == invite.all(name))
        }
        #expect(cancel.first(.cSeq) == "314159 CANCEL")
    }

    @Test func `An INVITE and its CANCEL are two transactions of the client`() {
        var element = Element()
        let invite = SIPMessage.sample(.invite)
        let key = element.send(invite)
        let cancel = SIPMessage(cancelling: invite)
        let cancelKey = element.send(cancel)
        element.receive(cancel.response(200))
        element.receive(invite.response(487))
        #expect(
            element.told == [.response(cancel.response(200), cancelKey), .response(invite.response(487), key)])
    }

    @Test func `A failed transport ends what was sent over it and nothing else`() {
        var element = Element()
        let elsewhere = Way(name: "elsewhere", isReliable: true)
        let first = element.send(.sample(.message, branch: "z9hG4bK1"), over: .tcp)
        let second = element.send(.sample(.invite, branch: "z9hG4bK2"), over: .tcp)
        _ = element.send(.sample(.message, branch: "z9hG4bK3"), over: elsewhere)
        element.perform(element.layer.transportFailed(over: .tcp))
        #expect(
            element.told == [
                .transportFailure(first), .terminated(first), .transportFailure(second), .terminated(second),
            ])
        #expect(element.layer.count == 1)
    }

    @Test func `An abandoned transaction is forgotten`() {
        var element = Element()
        let invite = SIPMessage.sample(.invite)
        let key = element.send(invite)
        let effects = element.layer.abandon(key)
        #expect(effects.last == .terminated(key))
        #expect(element.layer.count == 0)
        element.receive(invite.response(200))
        #expect(element.told == [.stray(invite.response(200), .udp)])
    }

    @Test func `A timer of a transaction that is over does nothing`() {
        var element = Element()
        let key = element.send(.sample(.message))
        element.run()
        #expect(element.layer.timer(TransactionTimer(key: key, letter: "E")) == [])
    }

    @Test func `A timer of another machine does nothing`() {
        var element = Element()
        let key = element.send(.sample(.message))
        #expect(element.layer.timer(TransactionTimer(key: key, letter: "A")) == [])
    }

    @Test func `The layer knows the request and the way of a transaction until it is over`() throws {
        var element = Element()
        let request = SIPMessage.sample(.message)
        let key = try element.take(request, from: .tcp)
        #expect(element.layer.request(of: key) == request)
        #expect(element.layer.hop(of: key) == .tcp)
        element.respond(key, with: request.response(200))
        #expect(element.layer.request(of: key) == nil)
        #expect(element.layer.hop(of: key) == nil)
    }

    @Test(arguments: ["z9hG4bK776asdhds", "1"], [SIPMethod.invite, .message])
    func `A timer is the same after being written down and read back`(branch: String, method: SIPMethod) {
        for key in [
            TransactionKey(client: .sample(method, branch: branch)),
            TransactionKey(server: .sample(method, branch: branch)),
        ] {
            let timer = TransactionTimer(key: key, letter: "A")
            #expect(TransactionTimer(timer.description) == timer)
        }
    }

    @Test(arguments: ["", "client", "client A INVITE", "proxy A INVITE z9hG4bK1"])
    func `Other text is no timer`(text: String) {
        #expect(TransactionTimer(text) == nil)
    }
}
