import Bytes
import MSRP
import Network
import ReferenceServer
import SDP
import SIPSyntax
import Testing

/// Each defect of the flow of 101, beside the same flow without it.
@Suite struct SessionDefectTests {
    /// What the two clients see of a session with one text each way, and a report.
    struct Flow {
        var sipAtA: [SIPMessage] = []
        var sipAtB: [SIPMessage] = []
        var atA: [MSRPMessage] = []
        var atB: [MSRPMessage] = []

        var invite: SIPMessage? { sipAtB.first { $0.method == .invite } }
        var success: SIPMessage? { sipAtA.first { $0.status == 200 } }
        var answer: MediaDescription? { success.flatMap { try? SessionDescription(parsing: $0.body) }?.media.first }
        var texts: [MSRPMessage] { atB.filter { $0.body != nil } }

        init(_ defects: ServerDefect...) {
            var stand = Stand(defects: Set(defects))
            stand.logIn(.a, .b)
            stand.send(Client.a.invite(.b), from: .a)
            sipAtB = stand.received(by: .b)
            for invite in sipAtB { stand.send(Client.b.answer(200, to: invite), from: .b) }
            sipAtA = stand.received(by: .a)
            guard let success else { return }
            stand.send(Client.a.inDialog(.ack, of: success, sequence: 1), from: .a)
            sipAtB += stand.received(by: .b)
            talk(&stand)
            sipAtB += stand.received(by: .b)
            stand.send(Client.a.inDialog(.bye, of: success, sequence: 2), from: .a)
            sipAtB += stand.received(by: .b)
            sipAtA += stand.received(by: .a)
        }

        private mutating func talk(_ stand: inout Stand) {
            guard let path = answer?.path, let offered = invite?.offeredPath, let b = stand.acceptConnection() else {
                return
            }
            let a = stand.connect(.a)
            let report = MSRPField(.successReport, "yes")
            stand.send(Client.a.text("Hello B", to: path, [report]), on: a)
            atB = stand.messages(on: b)
            for text in texts {
                stand.send(MSRPMessage(status: 200, to: text), on: b)
                let report = MSRPMessage(
                    transactionID: "report", .request(method: "REPORT"), toPath: offered, fromPath: [Client.b.path],
                    fields: [MSRPField(.messageID, text.messageID ?? ""), MSRPField(.status, "000 200 OK")])
                stand.send(report, on: b)
            }
            atA = stand.messages(on: a)
            stand.send(Client.b.text("Hello A", to: offered), on: b)
            atA += stand.messages(on: a)
            atB += stand.messages(on: b)
        }
    }

    @Test func `Without a defect the texts arrive once, and so does the report`() {
        let flow = Flow()
        #expect(flow.sipAtB.compactMap(\.method) == [.invite, .ack, .bye])
        #expect(flow.texts.map { $0.body?.text } == ["Hello B"])
        #expect(flow.atA.map(\.status) == [200, nil, nil])
        #expect(flow.atA.compactMap(\.method) == ["REPORT", "SEND"])
    }

    @Test func identityMissing() throws {
        let invite = try #require(Flow(.identityMissing).invite)
        #expect(!invite.contains(.pAssertedIdentity))
        #expect(invite.first(.from)?.contains("anonymous.invalid") == true)
    }

    @Test func identityWrong() {
        #expect(Flow(.identityWrong).invite?.first(.pAssertedIdentity) == "<sip:somebody.else@home.example>")
    }

    @Test func featureTagMissing() throws {
        #expect(try !#require(Flow(.featureTagMissing).invite).contains(.acceptContact))
    }

    @Test func contactTagMissing() throws {
        let flow = Flow(.contactTagMissing)
        #expect(try flow.invite?.contact()?.parameters == [])
        #expect(try flow.success?.contact()?.parameters == [])
    }

    @Test func serverTokenMissing() {
        let flow = Flow(.serverTokenMissing)
        #expect((flow.sipAtA + flow.sipAtB).allSatisfy { !$0.contains(.userAgent) && !$0.contains(.server) })
    }

    @Test func sessionTimerMissing() throws {
        let flow = Flow(.sessionTimerMissing)
        for message in [try #require(flow.invite), try #require(flow.success)] {
            #expect(!message.contains(.sessionExpires))
            #expect(!message.list(.supported).contains("timer") && !message.list(.require).contains("timer"))
        }
    }

    @Test func viaBranchWithoutCookie() throws {
        let flow = Flow(.viaBranchWithoutCookie)
        #expect(try flow.sipAtB.allSatisfy { try $0.via()?.branch?.hasPrefix("z9hG4bK") == false })
        #expect(flow.texts.count == 1)
    }

    @Test func cSeqMismatch() throws {
        #expect(try Flow(.cSeqMismatch).success?.cSeq()?.number == 2)
    }

    @Test func contentLengthWrong() throws {
        let invite = try #require(Flow(.contentLengthWrong).invite)
        #expect(try invite.number(.contentLength, .contentLength) == invite.body.count + 16)
    }

    @Test func toTagMissing() throws {
        #expect(try #require(Flow(.toTagMissing).success).to()?.tag == nil)
    }

    @Test func answerPortZero() { #expect(Flow(.answerPortZero).answer?.port == 0) }

    @Test func answerWithoutPath() { #expect(Flow(.answerWithoutPath).answer?.path == []) }

    @Test func answerWithForeignAcceptTypes() {
        #expect(Flow(.answerWithForeignAcceptTypes).answer?.acceptTypes == ["text/plain", "application/x-not-offered"])
    }

    @Test func invitesTwice() {
        let flow = Flow(.invitesTwice)
        #expect(flow.sipAtB.count { $0.method == .invite } == 2)
        #expect(flow.texts.count == 1)
    }

    @Test func ackLost() { #expect(!Flow(.ackLost).sipAtB.contains { $0.method == .ack }) }

    @Test func byeLost() {
        let flow = Flow(.byeLost)
        #expect(!flow.sipAtB.contains { $0.method == .bye })
        #expect(flow.sipAtA.last?.status == 200)
    }

    @Test func sessionTextAsPager() throws {
        let flow = Flow(.sessionTextAsPager)
        let page = try #require(flow.sipAtB.first { $0.method == .message })
        #expect(page.body.text == "Hello B")
        #expect(flow.texts.isEmpty)
        #expect(flow.atA.first?.status == 200)
    }

    @Test func textAltered() { #expect(Flow(.textAltered).texts.map { $0.body?.text } == ["Hello !"]) }

    @Test func deliveredTwice() {
        let texts = Flow(.deliveredTwice).texts
        #expect(texts.map { $0.body?.text } == ["Hello B", "Hello B"])
        #expect(Set(texts.compactMap(\.messageID)).count == 2)
        #expect(Set(texts.map(\.transactionID)).count == 2)
    }

    @Test func deliveredToWrongClient() {
        let flow = Flow(.deliveredToWrongClient)
        #expect(flow.texts.contains { $0.body?.text == "Hello B" } == false)
        #expect(flow.atA.contains { $0.body?.text == "Hello B" })
        #expect(flow.atA.contains { $0.status == 200 })
    }

    @Test func notDelivered() {
        let flow = Flow(.notDelivered)
        #expect(flow.texts.isEmpty)
        #expect(flow.atA.map(\.status) == [200])
    }

    @Test func wrongFromPath() {
        #expect(Flow(.wrongFromPath).texts.first?.fromPath.first?.contains("another-session") == true)
    }

    @Test func messageIDChanged() {
        let flow = Flow(.messageIDChanged)
        #expect(flow.texts.first?.messageID != "ann-m1")
        #expect(flow.atA.first { $0.method == "REPORT" }?.messageID != "ann-m1")
    }

    @Test func byteRangeWrong() { #expect(Flow(.byteRangeWrong).texts.first?.byteRange?.description == "1-8/8") }

    @Test func answersReport() {
        let flow = Flow(.answersReport)
        #expect(flow.atB.contains { $0.status == 200 && $0.transactionID == "report" })
    }

    @Test func reportLost() { #expect(!Flow(.reportLost).atA.contains { $0.method == "REPORT" }) }

    @Test func msrpAnswerLost() { #expect(!Flow(.msrpAnswerLost).atA.contains { $0.status == 200 }) }
}
