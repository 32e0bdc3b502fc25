import Actors
import Bytes
import Conformance
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax
import Testing

@Suite struct StoreRetrievalTests {
    private static let items = ["sip:m1@example.com", "sip:m2@example.com", "sip:m3@example.com"]

    private func retrieval(
        _ store: MessageStore = .deferred, _ selection: Selection = .all, defects: Set<ClientDefect> = []
    ) -> StoreStand {
        var stand = StoreStand(defects: defects, list: Self.items, of: store)
        stand.perform(.retrieve(store, selection))
        return stand
    }

    private func invite(of stand: StoreStand) throws -> SIPMessage {
        try #require(stand.sip.first { $0.method == .invite })
    }

    private func references(of invite: SIPMessage) throws -> [String] {
        let body = try MultipartBody(parsing: invite.body, contentType: invite.first(.contentType) ?? "")
        let list = try #require(body.first(disposition: "recipient-list"))
        return try ResourceLists(parsing: list.body).entries.map(\.uri)
    }

    private func delivery() -> StoreStand {
        var stand = retrieval()
        stand.answer(200)
        stand.connect()
        return stand
    }

    // MARK: The INVITE

    @Test func `All deferred messages are asked of their function, to receive alone and without a list`() throws {
        let invite = try invite(of: retrieval())
        #expect(invite.requestURI == "sip:Deferred@example.com")
        #expect(invite.first(.acceptContact) == "*;+g.oma.sip-im")
        #expect(invite.list(.supported).contains("timer"))
        #expect(!invite.contains(.require))
        let media = try SessionDescription(parsing: invite.body).media
        #expect(media.map(\.ownDirection) == [.receiveOnly])
        #expect(
            media[0].acceptTypes == [
                "message/cpim", "multipart/mixed", "message/sip", "message/sipfrag", "message/msrp",
            ])
    }

    @Test func `Chosen messages are named in a list beside the offer`() throws {
        let invite = try invite(of: retrieval(.deferred, .places([2])))
        #expect(invite.list(.require) == ["recipient-list-invite"])
        #expect(try references(of: invite) == ["sip:m2@example.com"])
        let body = try MultipartBody(parsing: invite.body, contentType: invite.first(.contentType) ?? "")
        let offer = try SessionDescription(parsing: try #require(body.first(type: "application/sdp")).body)
        #expect(offer.media.map(\.ownDirection) == [.receiveOnly])
    }

    @Test func `Conversations are asked of their function, by a list even when all are wanted`() throws {
        let invite = try invite(of: retrieval(.history, .all))
        #expect(invite.requestURI == "sip:History@example.com")
        #expect(try references(of: invite) == Self.items)
    }

    @Test func `What no list has shown cannot be asked for`() {
        var stand = StoreStand()
        stand.perform(.retrieve(.deferred, .places([1])))
        stand.perform(.retrieve(.history, .all))
        #expect(
            stand.reports == [
                .retrievalFailed(.deferred, reason: "No list that was read has the items [1]"),
                .retrievalFailed(.history, reason: "The list of conversations was never read"),
            ])
        #expect(stand.sip.isEmpty)
    }

    // MARK: The answer

    @Test func `The client acknowledges, connects, and speaks first although it has nothing to say`() throws {
        var stand = retrieval()
        stand.answer(200)
        #expect(stand.sip.last?.method == .ack)
        #expect(stand.connections.last?.remote == SocketAddress(World.core, port: 2860))
        stand.connect()
        let first = try #require(stand.msrp.first)
        #expect(first.method == "SEND")
        #expect(first.toPath == [StoreStand.function])
        #expect(first.body == nil)
    }

    @Test func `A repeated 200 is acknowledged again`() {
        var stand = retrieval()
        stand.answer(200)
        stand.answer(200)
        #expect(stand.sip.filter { $0.method == .ack }.count == 2)
    }

    @Test func `That nothing is stored is the end of the delivery`() {
        var stand = retrieval()
        stand.answer(488, fields: [SIPField(.warning, "399 example.com \"125 No messages\"")])
        #expect(stand.reports.last == .retrieved(.deferred))
    }

    @Test(arguments: [(488, "488 Not Acceptable Here"), (403, "403 Forbidden")])
    func `Any other refusal is a failure`(status: Int, reason: String) {
        var stand = retrieval()
        stand.answer(status)
        #expect(stand.reports.last == .retrievalFailed(.deferred, reason: reason))
    }

    @Test func `An interval that is too brief is raised to what the function takes`() {
        var stand = retrieval()
        stand.answer(422, fields: [SIPField(.minSE, "3600")])
        let invites = stand.sip.filter { $0.method == .invite }
        #expect(invites.map { $0.first(.cSeq) } == ["1 INVITE", "2 INVITE"])
        #expect(invites.last?.first(.sessionExpires) == "3600;refresher=uac")
        stand.answer(200)
        #expect(stand.sip.last?.first(.cSeq) == "2 ACK")
    }

    @Test func `A function that does not answer has failed`() {
        var stand = retrieval()
        stand.fire(.seconds(32))
        #expect(stand.reports.last == .retrievalFailed(.deferred, reason: "no response (408)"))
    }

    @Test(arguments: [String?.none, StoreStand.answer(port: 0), "v=0"])
    func `An answer without a use ends the session`(description: String?) {
        var stand = retrieval()
        stand.answer(200, description: description)
        #expect(stand.sip.suffix(2).map(\.method) == [.ack, .bye])
        #expect(stand.reports.last == .retrievalFailed(.deferred, reason: "no MSRP in the answer"))
    }

    // MARK: The end

    @Test func `The BYE of the function ends the delivery`() {
        var stand = delivery()
        stand.receive(stand.request(.bye, number: 1))
        #expect(stand.sip.last?.status == 200)
        #expect(stand.reports.last == .retrieved(.deferred))
        #expect(stand.closed == stand.connections.suffix(1).map(\.id))
    }

    @Test func `A connection that ends before the BYE leaves the BYE to come`() throws {
        var stand = delivery()
        let id = try #require(stand.connections.last?.id)
        stand.hear(.closed(id, reason: nil))
        #expect(stand.reports == [.listed(.deferred, count: 3)])
        stand.receive(stand.request(.bye, number: 1))
        #expect(stand.reports.last == .retrieved(.deferred))
    }

    @Test func `A delivery in which nothing happens for 32 seconds is ended by the client`() {
        var stand = delivery()
        stand.fire(.seconds(32))
        #expect(stand.sip.last?.method == .bye)
        #expect(stand.reports.last == .retrievalFailed(.deferred, reason: "the delivery does not end"))
        stand.receive(SIPMessage(status: 200, to: stand.sip[stand.sip.count - 1], toTag: nil))
        #expect(stand.closed.count == 1)
    }

    @Test func `The session is what it is until its end`() {
        var stand = delivery()
        stand.receive(stand.request(.invite, number: 1))
        stand.receive(stand.request(.options, number: 2))
        stand.receive(stand.request(.info, number: 3))
        #expect(stand.sip.suffix(3).map(\.status) == [488, 200, 405])
    }

    // MARK: Defects

    @Test func `retrievesAll leaves out the list of what was chosen`() throws {
        let invite = try invite(of: retrieval(.deferred, .places([2]), defects: [.retrievesAll]))
        #expect(invite.first(.contentType) == "application/sdp")
    }

    @Test func `retrievesOthers asks for other messages than those chosen`() throws {
        let invite = try invite(of: retrieval(.deferred, .places([2]), defects: [.retrievesOthers]))
        #expect(try references(of: invite) == ["sip:m1@example.com"])
        var stand = StoreStand(defects: [.retrievesOthers], list: ["sip:m1@example.com"], of: .deferred)
        stand.perform(.retrieve(.deferred, .places([1])))
        #expect(try references(of: self.invite(of: stand)) == ["sip:xm1@example.com"])
    }

    @Test func `endsRetrievals sends BYE when one message has come`() {
        var stand = retrieval(defects: [.endsRetrievals])
        stand.answer(200)
        stand.connect()
        stand.send(Array("MESSAGE sip:a@b SIP/2.0\r\n\r\nHello 1".utf8), as: "message/sip")
        #expect(stand.sip.last?.method == .bye)
        #expect(stand.reports.suffix(2) == [.received(text: "Hello 1", from: "", session: nil), .retrieved(.deferred)])
    }

    @Test func `retrievesBothWays offers both directions`() throws {
        let invite = try invite(of: retrieval(defects: [.retrievesBothWays]))
        let description = try SessionDescription(parsing: invite.body)
        #expect(description.media.map { description.direction(of: $0) } == [.sendReceive])
    }
}
