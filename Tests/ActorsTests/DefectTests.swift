import Actors
import Bytes
import MSRP
import SDP
import SIPSyntax
import Testing

/// Each defect, by what it makes of the messages of 101 or 201.
@Suite struct DefectTests {
    /// Log-in, session, one text each way and the end, with a defect at either side.
    private func session(alice: Set<ClientDefect> = [], bob: Set<ClientDefect> = []) -> World {
        var world = World(alice: alice, bob: bob)
        world.establish()
        world.perform(World.alice, .send(text: "Hello B", session: "chat"))
        world.perform(World.bob, .send(text: "Hello A", session: "invitation-1"))
        world.perform(World.alice, .leave(session: "chat"))
        return world
    }

    private func page(_ defect: ClientDefect, bob: Set<ClientDefect> = []) -> World {
        var world = World(alice: [defect], bob: bob)
        world.logIn()
        world.perform(World.alice, .page(text: "Hello 1", to: .user("sip:bob@example.com")))
        return world
    }

    private func invite(of world: World) throws -> SIPMessage {
        try #require(world.requests(.invite, from: World.alice).first)
    }

    private func answer(of defect: ClientDefect) throws -> SessionDescription {
        var world = World(bob: [defect])
        world.establish()
        let ok = try #require(world.responses(to: .invite, from: World.bob).first { $0.status == 200 })
        return try SessionDescription(parsing: ok.body)
    }

    @Test func `featureTagMissing leaves Accept-Contact out of INVITE and MESSAGE`() throws {
        #expect(try !invite(of: session(alice: [.featureTagMissing])).contains(.acceptContact))
        let message = page(.featureTagMissing).requests(.message, from: World.alice).first
        #expect(message?.contains(.acceptContact) == false)
    }

    @Test func `publishTagMissing leaves Accept-Contact out of PUBLISH`() {
        let publish = page(.publishTagMissing).requests(.publish, from: World.alice).first
        #expect(publish?.contains(.acceptContact) == false)
    }

    @Test func `contactTagMissing leaves the tag out of the Contact of INVITE and its 2xx`() throws {
        let world = session(alice: [.contactTagMissing], bob: [.contactTagMissing])
        #expect(try invite(of: world).first(.contact) == "<sip:alice@127.0.0.11:5060>")
        let ok = world.responses(to: .invite, from: World.bob).first { $0.status == 200 }
        #expect(ok?.first(.contact) == "<sip:bob@127.0.0.12:5060>")
        #expect(world.requests(.register, from: World.alice).first?.first(.contact)?.contains("+g.oma") == true)
    }

    @Test func `registrationTagMissing leaves the tag out of the Contact of REGISTER`() {
        let register = page(.registrationTagMissing).requests(.register, from: World.alice).first
        #expect(register?.first(.contact) == "<sip:alice@127.0.0.11:5060>")
    }

    @Test func `userAgentMissing leaves User-Agent out of every request`() {
        let world = session(alice: [.userAgentMissing])
        #expect(world.sent(World.alice).filter(\.isRequest).allSatisfy { !$0.contains(.userAgent) })
    }

    @Test func `serverFieldMissing leaves Server and User-Agent out of every 200`() {
        let world = session(bob: [.serverFieldMissing])
        let successes = world.sent(World.bob).filter { $0.status == 200 }
        #expect(!successes.isEmpty)
        #expect(successes.allSatisfy { !$0.contains(.server) && !$0.contains(.userAgent) })
    }

    @Test func `requirePrefMissing leaves Require out of REGISTER`() {
        #expect(page(.requirePrefMissing).requests(.register, from: World.alice).first?.contains(.require) == false)
    }

    @Test func `timerNotSupported leaves timer out of Supported`() throws {
        #expect(try invite(of: session(alice: [.timerNotSupported])).list(.supported).isEmpty)
    }

    @Test func `contactInMessage puts a Contact into MESSAGE`() {
        #expect(page(.contactInMessage).requests(.message, from: World.alice).first?.contains(.contact) == true)
    }

    @Test func `viaBranchWithoutCookie begins branches with something else, and the session still works`() throws {
        let world = session(alice: [.viaBranchWithoutCookie])
        #expect(try invite(of: world).via()?.branch?.hasPrefix("z9hG4bK") == false)
        #expect(world.heard(.sent(text: "Hello B", session: "chat"), by: World.alice))
    }

    @Test func `contentLengthWrong claims ten bytes more than there are`() throws {
        let world = page(.contentLengthWrong)
        let bytes = try #require(world.sip.last { $0.from == World.alice && $0.bytes.text.hasPrefix("MESSAGE") }).bytes
        #expect(bytes.text.contains("Content-Length: 17\r\n"))
        #expect(bytes.text.hasSuffix("\r\n\r\nHello 1"))
    }

    @Test func `neverPublishes logs in with REGISTER alone`() {
        let world = page(.neverPublishes)
        #expect(world.requests(.publish, from: World.alice).isEmpty)
        #expect(world.heard(.loggedIn, by: World.alice))
    }

    @Test func `ackNeverSent leaves the 2xx unacknowledged`() {
        let world = session(alice: [.ackNeverSent])
        #expect(world.requests(.ack, from: World.alice).isEmpty)
        #expect(world.responses(to: .invite, from: World.bob).filter { $0.status == 200 }.count > 1)
    }

    @Test func `byeNeverAnswered leaves the BYE without any response`() {
        #expect(session(bob: [.byeNeverAnswered]).responses(to: .bye, from: World.bob).isEmpty)
    }

    @Test func `invitesTwice sends two INVITEs with two Call-IDs`() {
        let invites = session(alice: [.invitesTwice]).requests(.invite, from: World.alice)
        #expect(Set(invites.compactMap(\.callID)).count == 2)
    }

    @Test func `invitesToPage sends INVITE in place of MESSAGE`() {
        let world = page(.invitesToPage)
        #expect(world.requests(.message, from: World.alice).isEmpty)
        #expect(world.requests(.invite, from: World.alice).count == 1)
    }

    @Test func `pagesInSession sends MESSAGE in place of SEND`() {
        let world = session(alice: [.pagesInSession])
        #expect(world.requests(.message, from: World.alice).map(\.body.text) == ["Hello B"])
        #expect(world.texts(World.alice).isEmpty)
    }

    @Test func `answerWithoutPath leaves the path out of the answer`() throws {
        #expect(try answer(of: .answerWithoutPath).media[0].path.isEmpty)
    }

    @Test func `answerWithForeignAcceptTypes accepts what was not offered`() throws {
        #expect(try answer(of: .answerWithForeignAcceptTypes).media[0].acceptTypes == ["application/x-not-offered"])
    }

    @Test func `answerPortZero answers with port 0`() throws {
        #expect(try answer(of: .answerPortZero).media[0].port == 0)
    }

    @Test func `sendsBeforeAck sends a text, then the ACK, at the inviting side`() throws {
        var world = World(alice: [.sendsBeforeAck])
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        var textsBeforeAck = -1
        world.perform(World.bob, .accept(session: "invitation-1"), for: .zero)
        for _ in 0..<100 where world.requests(.ack, from: World.alice).isEmpty {
            textsBeforeAck = world.texts(World.alice).count
            world.run(for: .milliseconds(1))
        }
        #expect(world.requests(.ack, from: World.alice).count == 1)
        #expect(textsBeforeAck >= 0)
        world.run(for: .seconds(1))
        #expect(world.texts(World.alice).first?.body?.text == "Too early")
        #expect(world.heard(.established(session: "invitation-1"), by: World.bob))
        world.perform(World.alice, .send(text: "Hello B", session: "chat"))
        #expect(world.heard(.sent(text: "Hello B", session: "chat"), by: World.alice))
    }

    @Test func `sendsBeforeAck sends a text while it waits for the ACK at the invited side`() {
        var world = World(bob: [.sendsBeforeAck])
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        world.isLost = { message, _ in message.method == .ack }
        world.perform(World.bob, .accept(session: "invitation-1"))
        #expect(world.texts(World.bob).map { $0.body?.text } == ["Too early"])
        world.isLost = { _, _ in false }
        world.run(for: .seconds(5))
        #expect(world.heard(.established(session: "invitation-1"), by: World.bob))
    }

    @Test func `sendsTwice sends each text as two messages`() {
        let texts = session(alice: [.sendsTwice]).texts(World.alice)
        #expect(texts.map { $0.body?.text } == ["Hello B", "Hello B"])
        #expect(Set(texts.compactMap(\.messageID)).count == 2)
        #expect(page(.sendsTwice).requests(.message, from: World.alice).count == 2)
    }

    @Test func `textAltered changes the last character of each text`() {
        #expect(session(alice: [.textAltered]).texts(World.alice).map { $0.body?.text } == ["Hello ?"])
        #expect(page(.textAltered).requests(.message, from: World.alice).first?.body.text == "Hello ?")
    }

    @Test func `wrongFromPath names another session in From-Path`() {
        let sends = session(alice: [.wrongFromPath]).msrp(World.alice).filter { $0.method == "SEND" }
        #expect(!sends.isEmpty)
        #expect(sends.allSatisfy { $0.fromPath == ["msrp://127.0.0.11:2855/another-session;tcp"] })
    }

    @Test func `chunksWithWrongByteRange begins each range one byte too late`() {
        let ranges = session(alice: [.chunksWithWrongByteRange]).texts(World.alice).map { $0.byteRange?.description }
        #expect(ranges == ["2-8/7"])
    }

    @Test func `answersReport answers a REPORT with 200`() {
        let world = session(alice: [.answersReport])
        let report = world.msrp(World.bob).first { $0.method == "REPORT" }
        let answer = world.msrp(World.alice).first { $0.transactionID == report?.transactionID }
        #expect(answer?.status == 200)
    }

    @Test func `noSuccessReport gives no report`() {
        #expect(!session(bob: [.noSuccessReport]).msrp(World.bob).contains { $0.method == "REPORT" })
    }

    @Test func `msrpAnswerLost answers no SEND`() {
        let world = session(bob: [.msrpAnswerLost])
        #expect(!world.msrp(World.bob).contains { $0.status != nil })
        #expect(
            world.heard(
                .received(text: "Hello B", from: "sip:alice@example.com", session: "invitation-1"), by: World.bob))
    }
}
