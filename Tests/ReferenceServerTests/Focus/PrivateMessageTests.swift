import Bytes
import MSRP
import MessageBodies
import ReferenceServer
import SIPSyntax
import Testing

/// The flow of IM-2.0-int-105, and the checks of the switch.
@Suite struct PrivateMessageTests {
    @Test func `A private message reaches whom it is for, and nobody else`() throws {
        var gathering = try Gathering.adHoc()
        #expect(gathering.say("Private 1", by: .a, to: [Client.b.imAddress]).map(\.status) == [200])
        #expect(gathering.texts(to: .b) == ["Private 1"])
        #expect(gathering.texts(to: .c) == [])
        #expect(gathering.texts(to: .a) == [])
        gathering.say("Private 2", by: .b, to: [Client.a.imAddress])
        #expect(gathering.texts(to: .a) == ["Private 2"])
        #expect(gathering.texts(to: .c) == [])
    }

    @Test func `A private message may be for several`() throws {
        var gathering = try Gathering.adHoc()
        gathering.say("For both", by: .a, to: [Client.b.imAddress, Client.c.imAddress])
        #expect(gathering.texts(to: .b) == ["For both"])
        #expect(gathering.texts(to: .c) == ["For both"])
    }

    @Test(arguments: [["sip:dan@home.example"], ["sip:bob@home.example", "sip:dan@home.example"], []])
    func `A private message for somebody who is not there is 403`(to: [String]) throws {
        var gathering = try Gathering.adHoc()
        #expect(gathering.say("?", by: .a, to: to).map(\.status) == [403])
        #expect(gathering.texts(to: .b) == [])
    }

    @Test func `Private messages that the operator does not want are 403`() throws {
        var configuration = Stand.configuration
        configuration.conferences.privateMessages = .refused
        var gathering = try Gathering.adHoc(configuration)
        #expect(gathering.say("?", by: .a, to: [Client.b.imAddress]).map(\.status) == [403])
        #expect(gathering.texts(to: .b) == [])
    }

    @Test func `Private messages that the group does not want are 403`() throws {
        var gathering = try Gathering.team(Groups.members(Groups.usual.subtracting(.privateMessage)))
        #expect(gathering.say("?", by: .a, to: [Client.b.imAddress]).map(\.status) == [403])
    }

    @Test func `A private message for a client that names no release is 403`() throws {
        var gathering = Gathering()
        gathering.stand.send(Client.a.gather([Client.b.imAddress, Client.c.imAddress]), from: .a)
        let invite = try #require(gathering.stand.received(by: .b).first)
        var success = Client.b.answer(200, to: invite, body: Client.b.conversation())
        success.remove(.server)
        gathering.stand.send(success, from: .b)
        gathering.open(.b)
        try gathering.accept(.c)
        try gathering.enter(.a)
        #expect(gathering.say("?", by: .a, to: [Client.b.imAddress]).map(\.status) == [403])
        #expect(gathering.say("!", by: .a, to: [Client.c.imAddress], id: "m2").map(\.status) == [200])
    }

    @Test func `Whoever pretends to be another is 403, and nobody hears him`() throws {
        var gathering = try Gathering.adHoc()
        #expect(gathering.say("?", by: .a, from: Client.b.imAddress).map(\.status) == [403])
        for client in [Client.b, .c] { #expect(gathering.texts(to: client) == []) }
    }

    @Test func `What is not wrapped is 415`() throws {
        var gathering = try Gathering.adHoc()
        let bare = Client.a.text("bare", to: gathering.path(to: .a))
        let connection = try #require(gathering.connections["ann"])
        gathering.stand.send(bare, on: connection)
        #expect(gathering.stand.messages(on: connection).map(\.status) == [415])
    }

    @Test func `What holds a type that was not offered is 415`() throws {
        var gathering = try Gathering.adHoc()
        let connection = try #require(gathering.connections["ann"])
        gathering.stand.send(
            Client.a.wrapped(
                "GIF89a", from: Client.a.imAddress, to: [gathering.identity], along: gathering.path(to: .a),
                type: "image/gif"), on: connection)
        #expect(gathering.stand.messages(on: connection).map(\.status) == [415])
    }

    @Test func `What is no wrapper is 400`() throws {
        var gathering = try Gathering.adHoc()
        let connection = try #require(gathering.connections["ann"])
        var message = Client.a.text("no wrapper", to: gathering.path(to: .a))
        message.set(.contentType, "message/cpim")
        gathering.stand.send(message, on: connection)
        #expect(gathering.stand.messages(on: connection).map(\.status) == [400])
    }

    @Test func `A message too long for one is for the others, and he who has sent it hears of it`() throws {
        var gathering = Gathering()
        gathering.stand.send(Client.a.gather([Client.b.imAddress, Client.c.imAddress]), from: .a)
        try gathering.accept(.b, body: Client.b.conversation(attributes: "a=max-size:150\r\n"))
        try gathering.accept(.c)
        try gathering.enter(.a)
        gathering.everybody = gathering.identity
        let long = String(repeating: "x", count: 100)
        let answers = gathering.say(long, by: .a)
        #expect(answers.compactMap(\.status) == [200])
        let report = try #require(answers.last)
        #expect(report.method == "REPORT")
        #expect(report.messageID == "ann-m1")
        #expect(report.statusHeader?.status == 413)
        #expect(gathering.texts(to: .b) == [])
        #expect(gathering.texts(to: .c) == [long])
    }

    @Test func `A final report tells what became of a message at everybody`() throws {
        var gathering = Gathering()
        gathering.stand.send(Client.a.gather([Client.b, .c, .d].map(\.imAddress)), from: .a)
        try gathering.accept(.b, body: Client.b.conversation(attributes: "a=max-size:150\r\n"))
        try gathering.accept(.c)
        try gathering.accept(.d)
        try gathering.enter(.a)
        gathering.everybody = gathering.identity
        let request = [
            CPIMHeader("NS", "FR <urn:oma:xml:poc:final-report>"), CPIMHeader("FR.Final-Report", "yes"),
        ]
        #expect(gathering.say(String(repeating: "x", count: 100), by: .a, request).compactMap(\.status) == [200])
        let atC = try #require(gathering.heard(by: .c).first)
        #expect(atC.successReport == true)
        #expect(gathering.heard(by: .d, status: 413).count == 1)
        let a = try #require(gathering.connections["ann"])
        #expect(gathering.stand.messages(on: a).isEmpty, "C has not reported")
        let report = MSRPMessage(
            transactionID: "rep1", .request(method: "REPORT"), toPath: atC.fromPath, fromPath: [Client.c.path],
            fields: [
                MSRPField(.messageID, "ann-m1"), MSRPField(.byteRange, "1-1/1"), MSRPField(.status, "000 200 OK"),
            ])
        let c = try #require(gathering.connections["cid"])
        gathering.stand.send(report, on: c)
        let final = try #require(gathering.stand.messages(on: a).first)
        #expect(final.method == "SEND")
        #expect(final.contentType == FinalReport.mediaType)
        let document = try FinalReport(parsing: final.body ?? [])
        #expect(document.messageID == "ann-m1")
        #expect(document.isLast)
        #expect(
            document.legs.sorted { $0.uri < $1.uri } == [
                .init("sip:bob@home.example", .tooLarge(maximumSize: 150)),
                .init("sip:cid@home.example", .status(200)), .init("sip:dan@home.example", .status(413)),
            ])
    }

    @Test func `A final report does not wait for ever, and is a report where such are asked for`() throws {
        var gathering = try Gathering.adHoc()
        let request = [
            CPIMHeader("NS", "FR <urn:oma:xml:poc:final-report>"), CPIMHeader("FR.Final-Report", "yes"),
        ]
        gathering.say("x", by: .a, request, fields: [MSRPField(.successReport, "yes")])
        for client in [Client.b, .c] { #expect(gathering.texts(to: client) == ["x"]) }
        gathering.stand.pass(.seconds(31))
        let a = try #require(gathering.connections["ann"])
        let final = try #require(gathering.stand.messages(on: a).first)
        #expect(final.method == "REPORT")
        #expect(final.statusHeader?.status == 200)
        #expect(try FinalReport(parsing: final.body ?? []).legs.map(\.outcome) == [.status(408), .status(408)])
    }

    @Test func `That somebody is typing is passed on like any message`() throws {
        var gathering = Gathering()
        let types = "message/cpim text/plain application/im-iscomposing+xml"
        gathering.stand.send(
            Client.a.gather(
                [Client.b.imAddress],
                description: Client.a.conversation().replacing("message/cpim text/plain", with: types)), from: .a)
        try gathering.accept(.b, body: Client.b.conversation().replacing("message/cpim text/plain", with: types))
        try gathering.enter(.a)
        let connection = try #require(gathering.connections["ann"])
        gathering.stand.send(
            Client.a.wrapped(
                "<isComposing/>", from: Client.a.imAddress, to: [gathering.identity], along: gathering.path(to: .a),
                type: "application/im-iscomposing+xml"), on: connection)
        #expect(gathering.texts(to: .b) == ["<isComposing/>"])
    }

    @Test func `What is said before somebody has accepted waits for him`() throws {
        var gathering = Gathering()
        gathering.stand.send(Client.a.gather([Client.b.imAddress, Client.c.imAddress]), from: .a)
        try gathering.accept(.b)
        try gathering.enter(.a)
        gathering.everybody = gathering.identity
        gathering.say("Early", by: .a)
        #expect(gathering.texts(to: .b) == ["Early"])
        try gathering.accept(.c)
        #expect(gathering.texts(to: .c) == ["Early"])
    }
}
