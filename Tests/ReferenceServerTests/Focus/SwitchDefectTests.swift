import Bytes
import MSRP
import MessageBodies
import ReferenceServer
import SDP
import SIPSyntax
import Testing

/// Each defect of the switch, of large messages and of files, in the flow that its comment names.
@Suite struct SwitchDefectTests {
    /// What A, B and C hear of a text of A.
    private func heard(_ defect: ServerDefect, to: [String]? = nil, from: String? = nil) throws -> [[MSRPMessage]] {
        var gathering = try Gathering.adHoc(defects: [defect])
        let answers = gathering.say("Hello", by: .a, from: from, to: to)
        let own = answers.filter { $0.method == "SEND" }
        return [own + gathering.heard(by: .a), gathering.heard(by: .b), gathering.heard(by: .c)]
    }

    @Test func `returnedToSpeaker echoes`() throws {
        #expect(try heard(.returnedToSpeaker).map(\.count) == [1, 1, 1])
    }

    @Test func `privateForEverybody tells everybody`() throws {
        #expect(try heard(.privateForEverybody, to: [Client.b.imAddress]).map(\.count) == [0, 1, 1])
    }

    @Test func `notDeliveredToOne leaves one out`() throws {
        #expect(try heard(.notDeliveredToOne).map(\.count) == [0, 1, 0])
    }

    @Test func `sessionTextAsPager delivers by MESSAGE`() throws {
        var gathering = try Gathering.adHoc(defects: [.sessionTextAsPager])
        gathering.say("Hello", by: .a)
        #expect(gathering.stand.received(by: .b).contains { $0.method == .message && $0.body.text.contains("Hello") })
    }

    @Test func `wrapperAltered changes the wrapper`() throws {
        let body = try heard(.wrapperAltered)[1].first?.body ?? []
        #expect(try CPIMMessage(parsing: body).headers.contains(CPIMHeader("Subject", "Switched")))
    }

    private func largeMessage(_ defect: ServerDefect) throws -> Gathering {
        var gathering = Gathering(defects: [defect])
        var request = Client.a.gather(
            [Client.b.imAddress, Client.c.imAddress],
            description: Client.a.conversation(attributes: "a=sendonly\r\n"))
        request.set(.acceptContact, "*;+g.oma.sip-im, *;+g.oma.sip-im.large-message")
        gathering.stand.send(request, from: .a)
        for client in [Client.b, .c] { try gathering.accept(client) }
        try gathering.enter(.a)
        return gathering
    }

    @Test func `largeMessageTagLost makes it a conversation`() throws {
        let invite = try #require(try largeMessage(.largeMessageTagLost).dialogs["bob"])
        #expect(!invite.list(.acceptContact).contains { $0.contains("large-message") })
        #expect(try invite.contact()?.parameters.first("+g.oma.sip-im.large-message") == nil)
    }

    @Test func `largeMessageNotReleased keeps the receivers`() throws {
        var gathering = try largeMessage(.largeMessageNotReleased)
        _ = gathering.stand.received(by: .b)
        gathering.leave(.a)
        gathering.stand.pass(.seconds(15))
        #expect(!gathering.stand.received(by: .b).contains { $0.method == .bye })
    }

    /// What B and C get of a file of A, and A himself.
    private func file(_ defect: ServerDefect) throws -> (own: [MSRPMessage], others: [String]) {
        var gathering = Gathering(defects: [defect])
        let offer = Client.a.sessionLines + Client.a.file("one")
        gathering.stand.send(Client.a.gather([Client.b.imAddress, Client.c.imAddress], description: offer), from: .a)
        for client in [Client.b, .c] {
            try gathering.accept(client, body: client.sessionLines + client.file("one", "recvonly"))
        }
        let success = try #require(gathering.stand.received(by: .a).last)
        let path = try #require(success.description?.media.first?.path)
        let connection = gathering.stand.connect(.a)
        gathering.stand.send(
            Client.a.wrapped(
                "bytes", from: Client.a.imAddress, to: [try #require(try success.contact()?.uri)], along: path,
                as: "msrp://127.0.0.11:2855/ann-one;tcp", type: "image/png"), on: connection)
        let own = gathering.stand.messages(on: connection)
        return (own, gathering.texts(to: .b) + gathering.texts(to: .c))
    }

    @Test func `fileAltered changes the last byte`() throws {
        #expect(try file(.fileAltered).others == ["byte!", "byte!"])
    }

    @Test func `fileLost acknowledges and forgets`() throws {
        let (own, others) = try file(.fileLost)
        #expect(own.map(\.status) == [200])
        #expect(others == [])
    }

    @Test func `fileReturned comes back`() throws {
        #expect(try file(.fileReturned).own.contains { $0.wrappedText == "bytes" })
    }

    /// A file of A within a session of two, which B takes or not.
    private func relayed(_ defect: ServerDefect, port: Int = 2855) throws -> (
        answer: SessionDescription, got: [MSRPMessage]
    ) {
        var stand = Stand(defects: [defect])
        stand.logIn(.a, .b)
        let session = try stand.establish()
        _ = stand.received(by: .b)
        let offer = Client.a.description + Client.a.file("one")
        stand.send(Client.a.inDialog(.invite, of: session.success, sequence: 2, body: offer), from: .a)
        let passed = try #require(stand.received(by: .b).last { $0.method == .invite })
        stand.send(
            Client.b.answer(200, to: passed, body: Client.b.description + Client.b.file("one", "recvonly", port: port)),
            from: .b)
        let success = try #require(stand.received(by: .a).last)
        let answer = try SessionDescription(parsing: success.body)
        let accepted = stand.acceptConnection()
        let toB = try #require(accepted)
        _ = stand.messages(on: toB)
        let connection = stand.connect(.a)
        var message = Client.a.text("bytes", to: answer.media[1].path)
        message.fromPath = ["msrp://127.0.0.11:2855/ann-one;tcp"]
        stand.send(message, on: connection)
        return (answer, stand.messages(on: toB).filter { $0.body != nil })
    }

    @Test func `Files of two suffer as well`() throws {
        #expect(try relayed(.notDeliveredToOne).got.map { $0.body?.text } == ["bytes"])
        #expect(try relayed(.fileAltered).got.map { $0.body?.text } == ["byte!"])
        #expect(try relayed(.fileLost).got.isEmpty)
    }

    @Test func `fileDespiteRefusal sends what nobody wants`() throws {
        #expect(try relayed(.notDeliveredToOne, port: 0).answer.media[1].isRefused)
        let (answer, got) = try relayed(.fileDespiteRefusal, port: 0)
        #expect(!answer.media[1].isRefused)
        #expect(got.map { $0.body?.text } == ["bytes"])
        #expect(got.first?.toPath == [Client.b.path])
    }
}
