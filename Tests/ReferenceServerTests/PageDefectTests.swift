import Bytes
import MessageBodies
import ReferenceServer
import SIPSyntax
import Testing

/// Each defect of the flow of 201, beside the same flow without it.
@Suite struct PageDefectTests {
    /// What the two clients see of one page.
    struct Flow {
        var atA: [SIPMessage] = []
        var atB: [SIPMessage] = []

        var page: SIPMessage? { atB.first { $0.method == .message } }
        var statuses: [Int] { atA.compactMap(\.status) }

        init(_ defects: ServerDefect...) {
            var stand = Stand(defects: Set(defects))
            stand.logIn(.a, .b)
            stand.send(Client.a.page("Hello 1", to: .b), from: .a)
            atB = stand.received(by: .b)
            for request in atB where request.method == .message || request.method == .invite {
                stand.send(Client.b.answer(200, to: request), from: .b)
            }
            atB += stand.received(by: .b)
            atA = stand.received(by: .a)
            for request in atA where request.method == .message {
                stand.send(Client.a.answer(200, to: request), from: .a)
            }
            atA += stand.received(by: .a)
        }
    }

    @Test func `Without a defect the page arrives once and is answered once`() {
        let flow = Flow()
        #expect(flow.atB.count == 1)
        #expect(flow.statuses == [200])
    }

    @Test func identityMissing() throws {
        let page = try #require(Flow(.identityMissing).page)
        #expect(!page.contains(.pAssertedIdentity))
        #expect(page.first(.from)?.contains("anonymous.invalid") == true)
    }

    @Test func identityWrong() throws {
        let page = try #require(Flow(.identityWrong).page)
        #expect(page.first(.pAssertedIdentity) == "<sip:somebody.else@home.example>")
        #expect(page.first(.from)?.contains("ann@") == false)
    }

    @Test func featureTagMissing() throws {
        #expect(try !#require(Flow(.featureTagMissing).page).contains(.acceptContact))
    }

    @Test func answersAccepted() {
        #expect(Flow(.answersAccepted).statuses == [202])
    }

    @Test func serverTokenMissing() throws {
        let flow = Flow(.serverTokenMissing)
        let page = try #require(flow.page)
        #expect(!page.contains(.userAgent) && !page.contains(.server))
        #expect(flow.atA.allSatisfy { !$0.contains(.server) })
    }

    @Test func contactInMessage() throws {
        #expect(try #require(Flow(.contactInMessage).page).contains(.contact))
    }

    @Test func viaBranchWithoutCookie() throws {
        let flow = Flow(.viaBranchWithoutCookie)
        #expect(try flow.page?.via()?.branch?.hasPrefix("z9hG4bK") == false)
        #expect(flow.statuses == [200], "The answer still finds its transaction")
    }

    @Test func cSeqMismatch() throws {
        #expect(try Flow(.cSeqMismatch).atA.first?.cSeq()?.number == 2)
    }

    @Test func contentLengthWrong() {
        #expect(Flow(.contentLengthWrong).page?.first(.contentLength) == "23")
    }

    @Test func answersPagerBeforeDelivery() {
        let flow = Flow(.answersPagerBeforeDelivery)
        #expect(flow.atB.isEmpty)
        #expect(flow.statuses == [202])
    }

    @Test func notDelivered() {
        let flow = Flow(.notDelivered)
        #expect(flow.atB.isEmpty)
        #expect(flow.statuses == [200])
    }

    @Test func pagerAsSession() {
        let flow = Flow(.pagerAsSession)
        #expect(flow.atB.compactMap(\.method) == [.invite, .ack, .bye])
        #expect(flow.statuses == [200])
    }

    @Test func textAltered() {
        #expect(Flow(.textAltered).page?.body.text == "Hello !")
    }

    @Test func deliveredTwice() {
        let flow = Flow(.deliveredTwice)
        #expect(flow.atB.map(\.body.text) == ["Hello 1", "Hello 1"])
        #expect(Set(flow.atB.compactMap(\.callID)).count == 2)
        #expect(flow.statuses == [200])
    }

    @Test func deliveredToWrongClient() {
        let flow = Flow(.deliveredToWrongClient)
        #expect(flow.atB.isEmpty)
        #expect(flow.atA.first?.body.text == "Hello 1")
        #expect(flow.statuses == [200])
    }

    @Test func entityTagMissing() {
        var stand = Stand(defects: [.entityTagMissing])
        stand.send(Client.a.register(), from: .a)
        stand.send(Client.a.publish(IMServiceSettings().serialized(entity: "x").text), from: .a)
        #expect(stand.received(by: .a).last?.contains(.sipETag) == false)
    }

    @Test func settingsRefused() {
        var stand = Stand(defects: [.settingsRefused])
        stand.send(Client.a.register(), from: .a)
        stand.send(Client.a.publish(IMServiceSettings().serialized(entity: "x").text), from: .a)
        #expect(stand.received(by: .a).last?.status == 489)
    }

    @Test func settingsForgotten() throws {
        let body = IMServiceSettings(barsSessions: true).serialized(entity: "x").text
        for (defects, status) in [([ServerDefect.settingsForgotten], 412), ([], 200)] {
            var stand = Stand(defects: Set(defects))
            stand.send(Client.a.register(), from: .a)
            stand.send(Client.a.publish(body), from: .a)
            let tag = try #require(stand.received(by: .a).last?.first(.sipETag))
            stand.send(Client.a.register(expires: 0, sequence: 2), from: .a)
            stand.send(Client.a.register(sequence: 3), from: .a)
            let again = "Event: poc-settings\nSIP-If-Match: \(tag)"
            stand.send(Client.a.publish(body, sequence: 2, again), from: .a)
            #expect(stand.received(by: .a).last?.status == status)
        }
    }
}
