import Bytes
import MSRP
import MessageBodies
import Network
import ReferenceServer
import SDP
import SIPSyntax
import Testing

/// The flows of IM-2.0-int-605 to 608: files for several users.
@Suite struct ConferenceFileTests {
    private static let image = "\u{1}PNG!"

    /// The description of a client with these lines, and with its conversation before them if it has one.
    private static func description(_ client: Client, conversation: Bool, _ lines: [String]) -> String {
        client.sessionLines + (conversation ? client.conversationLine : "") + lines.joined()
    }

    /// What a client answers to an invitation or a modification: each file line with its own path, or refused.
    private static func answer(
        _ client: Client, to offer: SIPMessage, refusing refused: Set<String> = []
    ) -> String {
        let offered: [MediaDescription] = offer.description?.media ?? []
        let lines = offered.map { media -> String in
            guard let id = media.fileTransferID else { return client.conversationLine }
            return client.file(id, "recvonly", port: refused.contains(id) || media.isRefused ? 0 : 2855)
        }
        return client.sessionLines + lines.joined()
    }

    /// Accepts the modification that has come to a client, and opens the connections for it.
    private static func accept(
        _ client: Client, _ gathering: inout Gathering, refusing: Set<String> = []
    ) throws -> (invite: SIPMessage, connections: [ConnectionID]) {
        let invite = try #require(gathering.stand.received(by: client).last { $0.method == .invite })
        let body = answer(client, to: invite, refusing: refusing)
        gathering.stand.send(client.answer(200, to: invite, body: body), from: client)
        return (invite, gathering.open(client))
    }

    /// Sends a file along its line.
    private static func send(
        _ id: String, by client: Client, along path: [String], _ gathering: inout Gathering
    ) -> [MSRPMessage] {
        let connection = gathering.stand.connect(client)
        let message = client.wrapped(
            image, from: client.imAddress, to: [gathering.everybody], along: path, id: id,
            as: "msrp://\(client.address):2855/\(client.name)-\(id);tcp", type: "image/png")
        gathering.stand.send(message, on: connection)
        return gathering.stand.messages(on: connection)
    }

    /// What has come on connections, which is answered.
    private static func received(_ connections: [ConnectionID], _ gathering: inout Gathering) -> [String] {
        connections.flatMap { id in
            let messages = gathering.stand.messages(on: id).filter { $0.body != nil }
            for message in messages { gathering.stand.send(MSRPMessage(status: 200, to: message), on: id) }
            return messages.compactMap(\.wrappedText)
        }
    }

    @Test(arguments: [["one"], ["one", "two"]]) func `Files for several users go by an invitation`(files: [String])
        throws
    {
        var gathering = Gathering()
        let offer = Self.description(.a, conversation: false, files.map { Client.a.file($0) })
        gathering.stand.send(Client.a.gather([Client.b.imAddress, Client.c.imAddress], description: offer), from: .a)
        var connections: [String: [ConnectionID]] = [:]
        for client in [Client.b, .c] {
            let (invite, opened) = try Self.accept(client, &gathering)
            let lines = try #require(invite.description?.media)
            #expect(lines.map(\.fileTransferID) == files)
            #expect(lines.map { $0.fileSelector?.size } == files.map { _ in 5 })
            #expect(lines.allSatisfy { $0.ownDirection == .sendOnly })
            #expect(Set(lines.flatMap(\.path)).count == files.count)
            connections[client.name] = opened
        }
        let success = try #require(gathering.stand.received(by: .a).last)
        let answer = try #require(success.description)
        let offered = try SessionDescription(parsing: Array(offer.utf8))
        #expect(MSRPAnswer(answer, to: offered).problems == [])
        gathering.everybody = try #require(try success.contact()?.uri)
        for (index, id) in files.enumerated() {
            let answers = Self.send(id, by: .a, along: answer.media[index].path, &gathering)
            #expect(answers.map(\.status) == [200])
        }
        for client in [Client.b, .c] {
            let opened = try #require(connections[client.name])
            #expect(Self.received(opened, &gathering) == files.map { _ in Self.image })
        }
    }

    @Test func `A file within a session goes by a modification for everybody`() throws {
        var gathering = try Gathering.adHoc()
        let offer = Self.description(.c, conversation: true, [Client.c.file("pic")])
        gathering.modify(.c, offer)
        #expect(gathering.stand.received(by: .c).filter { $0.status == 200 && $0.first(.cSeq) == "5 INVITE" }.isEmpty)
        let (atA, toA) = try Self.accept(.a, &gathering)
        let line = try #require(atA.description?.media.last)
        #expect(atA.description?.media.count == 2)
        #expect(line.fileTransferID == "pic")
        #expect(line.ownDirection == .sendOnly)
        let success = try #require(gathering.stand.received(by: .c).last { $0.first(.cSeq) == "5 INVITE" })
        #expect(success.status == 200)
        gathering.acknowledge(.c)
        let answer = try #require(success.description)
        let offered = try SessionDescription(parsing: Array(offer.utf8))
        #expect(MSRPAnswer(answer, to: offered).problems == [])
        #expect(answer.media.last?.isRefused == false)

        #expect(Self.send("pic", by: .c, along: answer.media[1].path, &gathering).map(\.status) == [200])
        #expect(Self.received(toA, &gathering) == [Self.image])
        let (_, toB) = try Self.accept(.b, &gathering)
        #expect(gathering.heard(by: .c).isEmpty)
        #expect(toB.count == 1)
    }

    @Test func `Whoever does not want a file gets none of it`() throws {
        var gathering = try Gathering.adHoc()
        gathering.modify(.a, Self.description(.a, conversation: true, [Client.a.file("one"), Client.a.file("two")]))
        let (_, toB) = try Self.accept(.b, &gathering, refusing: ["one", "two"])
        #expect(toB.isEmpty)
        #expect(gathering.stand.received(by: .a).filter { $0.first(.cSeq) == "5 INVITE" && $0.status == 200 }.isEmpty)
        let (_, toC) = try Self.accept(.c, &gathering, refusing: ["one"])
        #expect(toC.count == 1)
        let answer = try #require(gathering.stand.received(by: .a).last { $0.first(.cSeq) == "5 INVITE" }?.description)
        gathering.acknowledge(.a)
        #expect(answer.media.map(\.isRefused) == [false, true, false])
        _ = Self.send("two", by: .a, along: answer.media[2].path, &gathering)
        #expect(Self.received(toC, &gathering) == [Self.image])
    }

    @Test func `The end of a file is the end for everybody, and the conversation goes on`() throws {
        var gathering = try Gathering.adHoc()
        gathering.modify(.a, Self.description(.a, conversation: true, [Client.a.file("one")]))
        let (_, toB) = try Self.accept(.b, &gathering)
        _ = try Self.accept(.c, &gathering)
        let answer = try #require(gathering.stand.received(by: .a).last { $0.first(.cSeq) == "5 INVITE" }?.description)
        gathering.acknowledge(.a)
        _ = Self.send("one", by: .a, along: answer.media[1].path, &gathering)
        gathering.modify(
            .a, Self.description(.a, conversation: true, [Client.a.file("one", port: 0)]), sequence: 6)
        let closed = try #require(gathering.stand.received(by: .a).last { $0.first(.cSeq) == "6 INVITE" })
        #expect(closed.status == 200)
        #expect(closed.description?.media.map(\.isRefused) == [false, true])
        gathering.acknowledge(.a, sequence: 6)
        #expect(gathering.stand.received(by: .b).filter { $0.method == .invite }.isEmpty, "B has not taken it yet")
        #expect(Self.received(toB, &gathering) == [Self.image])
        let (invite, _) = try Self.accept(.b, &gathering)
        #expect(invite.description?.media.map(\.isRefused) == [false, true])
        #expect(Set(gathering.stand.closed).isSuperset(of: toB))
        gathering.say("Did you get it?", by: .a, id: "m9")
        #expect(gathering.texts(to: .b) == ["Did you get it?"])
    }

    @Test func `Whoever accepts a file only after its end gets it whole before the line is closed`() throws {
        var gathering = try Gathering.adHoc()
        gathering.modify(.a, Self.description(.a, conversation: true, [Client.a.file("one")]))
        _ = try Self.accept(.b, &gathering)
        let answer = try #require(gathering.stand.received(by: .a).last { $0.first(.cSeq) == "5 INVITE" }?.description)
        gathering.acknowledge(.a)
        _ = Self.send("one", by: .a, along: answer.media[1].path, &gathering)
        gathering.modify(
            .a, Self.description(.a, conversation: true, [Client.a.file("one", port: 0)]), sequence: 6)
        gathering.acknowledge(.a, sequence: 6)
        let offer = try #require(gathering.stand.received(by: .c).last { $0.method == .invite })
        gathering.stand.send(Client.c.answer(200, to: offer, body: Self.answer(.c, to: offer)), from: .c)
        let early = gathering.stand.received(by: .c).compactMap(\.method)
        #expect(!early.contains(.invite), "C has not got it yet")
        gathering.open(.c)
        #expect(gathering.early[Client.c.name]?.compactMap(\.wrappedText) == [Self.image])
        let (invite, _) = try Self.accept(.c, &gathering)
        #expect(invite.description?.media.map(\.isRefused) == [false, true])
    }

    @Test func `A file that nobody wants is refused`() throws {
        var gathering = try Gathering.adHoc()
        gathering.modify(.a, Self.description(.a, conversation: true, [Client.a.file("one")]))
        _ = try Self.accept(.b, &gathering, refusing: ["one"])
        let invite = try #require(gathering.stand.received(by: .c).last { $0.method == .invite })
        gathering.stand.send(Client.c.answer(488, to: invite), from: .c)
        let answer = try #require(gathering.stand.received(by: .a).last { $0.first(.cSeq) == "5 INVITE" })
        #expect(answer.status == 200)
        #expect(answer.description?.media.map(\.isRefused) == [false, true])
        gathering.acknowledge(.a)
        gathering.say("Well then", by: .b)
        #expect(gathering.texts(to: .a) == ["Well then"])
        #expect(gathering.texts(to: .c) == ["Well then"])
    }

    @Test func `A second file has to wait until it is settled who wants the first`() throws {
        var gathering = try Gathering.adHoc()
        gathering.modify(.a, Self.description(.a, conversation: true, [Client.a.file("one")]))
        let invite = try #require(gathering.stand.received(by: .b).last { $0.method == .invite })
        gathering.stand.send(Client.b.answer(200, to: invite, body: Self.answer(.b, to: invite)), from: .b)
        gathering.open(.b)
        gathering.modify(
            .b, Self.description(.b, conversation: true, [Client.b.file("one", "recvonly"), Client.b.file("two")]))
        let statuses = gathering.stand.received(by: .b).filter { $0.first(.cSeq) == "5 INVITE" }.compactMap(\.status)
        #expect(statuses.last != 491, "The first was settled by B")
    }

    @Test func `A refresh changes nothing`() throws {
        var gathering = try Gathering.adHoc()
        gathering.modify(.b, Client.b.conversation())
        let answer = try #require(gathering.stand.received(by: .b).last { $0.first(.cSeq) == "5 INVITE" })
        #expect(answer.status == 200)
        #expect(answer.first(.sessionExpires)?.isEmpty == false)
        gathering.acknowledge(.b)
        #expect(gathering.stand.received(by: .a).filter { $0.method == .invite }.isEmpty)
        gathering.say("As before", by: .b)
        #expect(gathering.texts(to: .a) == ["As before"])
    }

    @Test func `Lines that are missing are 488, and the session is as it was`() throws {
        var gathering = try Gathering.adHoc()
        gathering.modify(.b, Self.description(.b, conversation: false, []))
        #expect(gathering.stand.received(by: .b).last?.status == 488)
        gathering.say("As before", by: .b)
        #expect(gathering.texts(to: .a) == ["As before"])
    }

    @Test func `Whoever thinks better of a file cancels it for everybody`() throws {
        var gathering = try Gathering.adHoc()
        gathering.modify(.a, Self.description(.a, conversation: true, [Client.a.file("one")]))
        for client in [Client.b, .c] {
            let invite = try #require(gathering.stand.received(by: client).last { $0.method == .invite })
            gathering.stand.send(client.answer(180, to: invite), from: client)
        }
        var cancel = try #require(gathering.request(.invite, by: .a, sequence: 5))
        cancel.startLine = .request(.cancel, uri: cancel.requestURI ?? "")
        cancel.set(.cSeq, "5 CANCEL")
        gathering.stand.send(cancel, from: .a)
        #expect(Set(gathering.stand.received(by: .a).compactMap(\.status)) == [200, 487])
        for client in [Client.b, .c] {
            #expect(gathering.stand.received(by: client).map(\.method).contains(.cancel))
        }
    }
}
