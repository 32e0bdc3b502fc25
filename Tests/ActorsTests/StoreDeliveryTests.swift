import Actors
import Bytes
import Conformance
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax
import Testing

/// What is delivered out of a store, at the user's wish or on the server's own accord.
@Suite struct StoreDeliveryTests {
    private static let page = """
        MESSAGE sip:alice@example.com SIP/2.0\r
        From: <sip:bob@example.com>;tag=1\r
        To: <sip:alice@example.com>\r
        Call-ID: page-1\r
        Date: Sun, 01 Mar 2026 10:00:00 GMT\r
        Content-Type: text/plain\r
        Content-Length: 7\r
        \r
        Hello 1
        """
    private static let invite = """
        INVITE sip:alice@example.com SIP/2.0\r
        From: <sip:bob@example.com>;tag=1\r
        To: <sip:alice@example.com>\r
        P-Asserted-Identity: "Bob, at home" <sip:bob.home@example.com>, <tel:+4912345>\r
        Call-ID: large-1\r\n\r\n
        """

    private static func send(_ body: String, as type: String = "text/plain", _ fields: String = "") -> String {
        """
        MSRP large1 SEND\r
        To-Path: msrp://alice.example.com:7777/a;tcp\r
        From-Path: msrp://bob.example.com:7777/b;tcp\r
        Message-ID: m-1\r
        \(fields)Content-Type: \(type)\r
        \r
        \(body)\r
        -------large1$\r\n
        """
    }

    private func retrieval(defects: Set<ClientDefect> = []) -> StoreStand {
        var stand = StoreStand(defects: defects)
        stand.perform(.retrieve(.deferred, .all))
        stand.answer(200)
        stand.connect()
        return stand
    }

    private func delivered(_ parts: [(type: String, body: String)]) -> [ClientReport] {
        var stand = retrieval()
        let body = MultipartBody(
            boundary: "boundary-1", parts: parts.map { .init(contentType: $0.type, body: Array($0.body.utf8)) })
        stand.send(body.serialized(), as: body.contentType)
        #expect(stand.msrp.last?.status == 200)
        return stand.reports
    }

    private func delivered(_ body: String, as type: String) -> [ClientReport] {
        var stand = retrieval()
        stand.send(Array(body.utf8), as: type)
        return stand.reports
    }

    // MARK: What arrives

    @Test(arguments: ["message/sip", "message/sipfrag"])
    func `A page comes out of its MESSAGE, alone or in a multipart body`(type: String) {
        let expected = [ClientReport.received(text: "Hello 1", from: "sip:bob@example.com", session: nil)]
        #expect(delivered([(type, Self.page)]) == expected)
        #expect(delivered(Self.page, as: type) == expected)
    }

    @Test func `A page out of a group is from the one who asked for it, and its wrapper goes`() {
        let inner = "From: <sip:x@y>\r\nTo: <sip:z@y>\r\n\r\nContent-Type: text/plain\r\n\r\nInside"
        let page = """
            MESSAGE sip:alice@example.com SIP/2.0\r
            f: <sip:bob@example.com>;tag=1\r
            P-Asserted-Identity: <sip:group@example.com>\r
            Referred-By: <sip:carol@example.com>\r
            c: message/cpim\r
            \r
            \(inner)
            """
        #expect(
            delivered([("message/sip", page)])
                == [.received(text: "Inside", from: "sip:carol@example.com", session: nil)])
    }

    /// A page whose sender wants to know of its delivery.
    private static let reportedPage = """
        MESSAGE sip:alice@example.com SIP/2.0\r
        From: <sip:bob@example.com>;tag=1\r
        Content-Type: message/cpim\r
        \r
        From: <sip:bob@example.com>\r
        To: <sip:alice@example.com>\r
        NS: imdn <urn:ietf:params:imdn>\r
        imdn.Message-ID: m-1\r
        imdn.Disposition-Notification: positive-delivery\r
        \r
        Content-Type: text/plain\r
        \r
        Hello 1
        """

    @Test func `A sender who wants to know is told when his message is delivered at last`() throws {
        var stand = retrieval()
        stand.send(Array(Self.reportedPage.utf8), as: "message/sip")
        let message = try #require(stand.sip.last { $0.method == .message })
        #expect(message.requestURI == "sip:bob@example.com")
        let wrapper = try CPIMMessage(parsing: message.body)
        #expect(try IMDN(parsing: wrapper.body).messageID == "m-1")
        #expect(stand.reports == [.received(text: "Hello 1", from: "sip:bob@example.com", session: nil)])
    }

    @Test func `Nobody is told that a record is looked at`() {
        var stand = StoreStand(list: ["sip:m1@example.com"], of: .history)
        stand.perform(.retrieve(.history, .all))
        stand.answer(200)
        stand.connect()
        stand.send(Array(Self.reportedPage.utf8), as: "message/sip")
        #expect(!stand.sip.contains { $0.method == .message })
        #expect(stand.reports.count == 2)
    }

    @Test func `A page that is no text is content`() {
        let page = Self.page.replacing("text/plain", with: "image/gif")
        #expect(
            delivered([("message/sip", page)])
                == [.contentReceived(name: nil, bytes: Array("Hello 1".utf8), session: nil)])
    }

    @Test func `A large message comes out of its SEND, with the sender of its INVITE and the name of its file`() {
        let send = Self.send(
            "GIF89a", as: "image/gif", "Content-Disposition: attachment;filename=\"cat.gif\"\r\n")
        #expect(
            delivered([("message/sip", Self.invite), ("message/msrp", send), ("message/sip", "SIP/2.0 200 OK\r\n")])
                == [.contentReceived(name: "cat.gif", bytes: Array("GIF89a".utf8), session: nil)])
        #expect(
            delivered([("message/msrp", Self.send("Hi")), ("message/sip", Self.invite)])
                == [.received(text: "Hi", from: "sip:bob.home@example.com", session: nil)])
    }

    @Test func `Recorded messages come one by one or together, each from the sender in its wrapper`() {
        let first = Self.send(
            "From: <sip:alice@example.com>\r\nTo: <sip:chat@example.com>\r\n\r\nContent-Type: text/plain\r\n\r\nMessage 3",
            as: "message/cpim")
        let second = Self.send("Message 4")
        #expect(
            delivered([("message/msrp", first), ("message/msrp", second)]) == [
                .received(text: "Message 3", from: "sip:alice@example.com", session: nil),
                .received(text: "Message 4", from: "", session: nil),
            ])
        #expect(
            delivered(second, as: "message/msrp") == [.received(text: "Message 4", from: "", session: nil)])
    }

    @Test(arguments: ["message/imdn+xml", "application/im-iscomposing+xml"])
    func `What only reports is not told`(type: String) {
        #expect(delivered([("message/msrp", Self.send("<x/>", as: type))]).isEmpty)
    }

    @Test func `What holds no message is taken for one itself`() {
        #expect(
            delivered([("text/plain", "Hello 2")])
                == [
                    .contentReceived(
                        name: nil,
                        bytes: Array(
                            "--boundary-1\r\nContent-Type: text/plain\r\n\r\nHello 2\r\n--boundary-1--\r\n".utf8),
                        session: nil)
                ])
        #expect(delivered([("message/sip", "SIP/2.0 200 OK\r\n")]).isEmpty)
    }

    @Test func `A delivery goes on as long as something comes`() {
        var stand = retrieval()
        for number in 1...3 {
            stand.send(Array(Self.page.replacing("Hello 1", with: "Hello \(number)").utf8), as: "message/sip")
        }
        #expect(stand.reports.count == 3)
        stand.receive(stand.request(.bye, number: 1))
        #expect(stand.reports.last == .retrieved(.deferred))
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `Garbled messages never trap the client, and the delivery goes on`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var stand = retrieval()
        let body = MultipartBody(
            boundary: "boundary-1",
            parts: [
                ("message/sip", Self.page),
                ("message/msrp", Self.send("From: <sip:a@b>\r\n\r\n\r\nHi", as: "message/cpim")),
            ]
            .map { .init(contentType: $0.0, body: Array($0.1.utf8)) })
        for _ in 0..<300 {
            var bytes = body.serialized()
            for _ in 0..<Int.random(in: 1...5, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            stand.send(bytes, as: body.contentType)
        }
        stand.send(Array(Self.page.utf8), as: "message/sip")
        #expect(stand.reports.last == .received(text: "Hello 1", from: "sip:bob@example.com", session: nil))
    }

    // MARK: On the server's own accord

    @Test func `The client takes a delivery without asking its user, to receive alone`() throws {
        var stand = StoreStand()
        stand.push()
        let ok = try #require(stand.sip.first)
        #expect(ok.status == 200)
        #expect(ok.first(.server)?.hasPrefix("IM-client/OMA1.0") == true)
        let media = try SessionDescription(parsing: ok.body).media
        #expect(media.map(\.ownDirection) == [.receiveOnly])
        #expect(media[0].acceptTypes.contains("multipart/mixed"))
        #expect(stand.reports.isEmpty)
    }

    @Test func `What is pushed is told, and the BYE of the server ends it`() {
        var stand = StoreStand()
        stand.push()
        stand.receive(stand.request(.ack, number: 1))
        stand.send(Array(Self.page.utf8), as: "message/sip", on: ConnectionID(1))
        #expect(stand.msrp.map(\.status) == [200])
        stand.receive(stand.request(.bye, number: 2))
        #expect(stand.sip.last?.status == 200)
        #expect(stand.reports == [.received(text: "Hello 1", from: "sip:bob@example.com", session: nil)])
        #expect(stand.closed == [ConnectionID(1)])
    }

    @Test func `The direction may be that of the whole session`() throws {
        var stand = StoreStand()
        let offer = StoreStand.answer().replacing("t=0 0\r\n", with: "t=0 0\r\na=sendonly\r\n")
            .replacing("*\r\na=sendonly", with: "*")
        stand.push(description: offer)
        let ok = try #require(stand.sip.first)
        #expect(ok.status == 200)
        #expect(try SessionDescription(parsing: ok.body).media.map(\.ownDirection) == [.receiveOnly])
    }

    @Test func `A server that does not call itself an automaton is known by what it would send`() {
        var stand = StoreStand()
        stand.push(contact: "<sip:Deferred@127.0.0.1:5060>;+g.oma.sip-im")
        #expect(stand.sip.map(\.status) == [200])
    }

    @Test func `An automaton that would talk both ways is an ordinary inviter`() {
        var stand = StoreStand()
        stand.push(
            description: StoreStand.answer().replacing("a=sendonly\r\n", with: "").replacing(
                "multipart/mixed", with: "text/plain"))
        #expect(stand.sip.map(\.status) == [180])
        #expect(stand.reports == [.invited(by: "sip:Deferred@example.com", session: "invitation-1")])
    }

    @Test func `An offer of nothing that the client takes gets 488`() {
        var stand = StoreStand()
        stand.push(
            description: StoreStand.answer().replacing(
                "message/cpim multipart/mixed message/sip message/sipfrag message/msrp", with: "application/x-other"))
        #expect(stand.sip.map(\.status) == [488])
    }

    @Test func `refusesDeliveries turns the delivery away`() {
        var stand = StoreStand(defects: [.refusesDeliveries])
        stand.push()
        #expect(stand.sip.map(\.status) == [488])
    }
}
