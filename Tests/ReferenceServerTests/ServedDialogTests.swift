import Network
import SIPDialogs
import SIPSyntax
import SIPTransactions
import Testing

@testable import ReferenceServer

/// A dialog in which the server is one of the user agents, one test for each arrow: RFC 3261 §13 to §15, RFC 4028.
@Suite struct ServedDialogTests {
    private static let terms = ServedDialog.Terms(timing: TransactionTiming(), ringing: .seconds(190))
    private static let invite: SIPMessage = {
        var invite = SIPMessage(.invite, uri: "sip:bob@192.0.2.2")
        invite.add(.via, "SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1")
        invite.add(.from, "<sip:focus@home.example>;tag=s1")
        invite.add(.to, "<sip:bob@home.example>")
        invite.add(.callID, "call")
        invite.add(.cSeq, "1 INVITE")
        invite.add(.contact, "<sip:focus@192.0.2.1>;isfocus")
        invite.add(.supported, "timer")
        invite.add(.sessionExpires, "1800;refresher=uas")
        invite.body = Array("offer".utf8)
        return invite
    }()

    private static let key = TransactionKey(server: invite)

    private func response(_ status: Int, tag: String = "b1", to request: SIPMessage = Self.invite) -> SIPMessage {
        var response = SIPMessage(status: status, to: request, toTag: tag)
        response.add(.contact, "<sip:bob@192.0.2.2>")
        return response
    }

    private func calling(_ state: ServedDialog.State = .calling) -> ServedDialog {
        var (dialog, _) = ServedDialog.calling(Self.invite, terms: Self.terms)
        if state != .calling { _ = dialog.handle(.response(response(180), .invite)) }
        if state == .established { _ = dialog.handle(.response(response(200), .invite)) }
        return dialog
    }

    private func invited(accepted: Bool = false) throws -> ServedDialog {
        var dialog = try ServedDialog.invited(
            Self.invite, Self.key, localTag: "s1", contact: "<sip:focus@192.0.2.1>", terms: Self.terms)
        if accepted { _ = dialog.perform(.accept(DialogAnswer(body: Array("answer".utf8)))) }
        return dialog
    }

    /// A request of the party in the dialog that the server has begun.
    private func request(_ method: SIPMethod, sequence: Int = 7, of party: String = "b1") -> SIPMessage {
        var request = SIPMessage(method, uri: "sip:focus@192.0.2.1")
        request.add(.via, "SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK\(method.name)\(sequence)")
        request.add(.from, "<sip:bob@home.example>;tag=\(party)")
        request.add(.to, "<sip:focus@home.example>;tag=s1")
        request.add(.callID, "call")
        request.add(.cSeq, "\(sequence) \(method.name)")
        return request
    }

    private func sent(_ effects: [ServedDialog.Effect], _ errand: ServedDialog.Errand) -> SIPMessage? {
        for case .send(let request, errand) in effects { return request }
        return nil
    }

    private func notices(_ effects: [ServedDialog.Effect]) -> [ServedDialog.Notice] {
        effects.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
    }

    private func responses(_ effects: [ServedDialog.Effect]) -> [SIPMessage] {
        effects.compactMap { if case .respond(let response, _) = $0 { response } else { nil } }
    }

    private func refusals(_ effects: [ServedDialog.Effect]) -> [Int] {
        effects.compactMap { if case .refuse(let refusal, _) = $0 { refusal.status } else { nil } }
    }

    // MARK: The server invites

    @Test func `An invitation is sent, and may not ring for ever`() {
        let (_, effects) = ServedDialog.calling(Self.invite, terms: Self.terms)
        #expect(effects == [.send(Self.invite, .invite), .arm(.ringing, after: .seconds(190))])
    }

    @Test func `100 is nobody's business, 180 is the owner's`() {
        var dialog = calling()
        #expect(dialog.handle(.response(SIPMessage(status: 100, to: Self.invite), .invite)) == [])
        let effects = dialog.handle(.response(response(180), .invite))
        #expect(notices(effects).count == 1)
        #expect(dialog.state == .proceeding)
    }

    @Test func `200 is acknowledged, and the owner told`() {
        var dialog = calling()
        let effects = dialog.handle(.response(response(200), .invite))
        #expect(effects.contains { if case .acknowledge = $0 { true } else { false } })
        #expect(notices(effects) == [.accepted(response(200))])
        #expect(dialog.state == .established)
        #expect(dialog.id == DialogID(callID: "call", localTag: "s1", remoteTag: "b1"))
        #expect(dialog.handle(.response(response(200), .invite)).count == 1, "The ACK again")
    }

    @Test func `A 200 of a second party is acknowledged, and its dialog ended`() {
        var dialog = calling(.established)
        let effects = dialog.handle(.response(response(200, tag: "b2"), .invite))
        #expect(sent(effects, .dismiss)?.method == .bye)
        #expect(notices(effects) == [])
    }

    @Test(arguments: [302, 486, 603]) func `A refusal ends it`(status: Int) {
        var dialog = calling()
        let effects = dialog.handle(.response(response(status), .invite))
        #expect(notices(effects) == [.refused(.answered(response(status)))])
        #expect(effects.last == .end)
    }

    @Test func `A party that does not answer, or cannot be reached, refuses`() {
        var dialog = calling()
        #expect(notices(dialog.handle(.timeout(.invite))) == [.refused(.unanswered(Refusal(408)))])
        dialog = calling()
        #expect(notices(dialog.handle(.transportFailure(.invite))).count == 1)
        #expect(dialog.state == .ended)
    }

    @Test func `Ringing too long is cancelled`() {
        var dialog = calling(.proceeding)
        let effects = dialog.handle(.timer(.ringing))
        #expect(effects.first == .cancel(.invite))
        #expect(notices(effects) == [.refused(.unanswered(Refusal(408)))])
        #expect(dialog.state == .cancelled)
        #expect(dialog.handle(.response(response(487), .invite)).last == .end)
    }

    @Test func `CANCEL waits for a provisional response`() {
        var dialog = calling()
        #expect(!dialog.perform(.release).contains(.cancel(.invite)))
        #expect(dialog.handle(.response(SIPMessage(status: 100, to: Self.invite), .invite)) == [.cancel(.invite)])
        #expect(dialog.state == .cancelled)
        let effects = dialog.handle(.response(response(200), .invite))
        #expect(sent(effects, .dismiss)?.method == .bye, "It came too late")
        #expect(effects.last == .end)
    }

    @Test func `An invitation that is cancelled and never answered is forgotten`() {
        var dialog = calling(.proceeding)
        _ = dialog.perform(.release)
        #expect(dialog.handle(.timer(.cancelled)) == [.abandon(.invite), .end])
    }

    @Test func `An invitation that is cancelled and times out is over`() {
        for event in [ServedDialog.Event.timeout(.invite), .transportFailure(.invite)] {
            var dialog = calling(.proceeding)
            _ = dialog.perform(.release)
            #expect(dialog.handle(event).last == .end)
        }
    }

    // MARK: The server is invited

    @Test func `An invitation is answered when the owner says so`() throws {
        var dialog = try invited()
        let ringing = responses(dialog.perform(.progress(DialogAnswer(180))))
        #expect(ringing.map(\.status) == [180])
        #expect(ringing.first?.first(.contact) == "<sip:focus@192.0.2.1>")
        let effects = dialog.perform(.accept(DialogAnswer(body: Array("answer".utf8))))
        let success = try #require(responses(effects).first)
        #expect(success.status == 200)
        #expect(try success.to()?.tag == "s1")
        #expect(success.first(.sessionExpires) == "1800;refresher=uas")
        #expect(success.list(.require) == ["timer"])
        #expect(success.first(.contentType) == "application/sdp")
        #expect(success.first(.allow) == "INVITE, ACK, CANCEL, BYE, OPTIONS")
        #expect(effects.contains(.arm(.accepted(.retransmit), after: .milliseconds(500))))
        #expect(notices(dialog.handle(.acknowledged)) == [.confirmed])
        #expect(dialog.handle(.acknowledged) == [])
    }

    @Test func `The acceptance is repeated until it is acknowledged, and then given up`() throws {
        var dialog = try invited(accepted: true)
        #expect(responses(dialog.handle(.timer(.accepted(.retransmit)))).count == 1)
        let effects = dialog.handle(.timer(.accepted(.giveUp)))
        #expect(notices(effects) == [.ended(.lost)])
        #expect(sent(effects, .bye) != nil)
        #expect(dialog.handle(.timeout(.bye)) == [.end], "The owner has heard of it")
    }

    @Test func `An invitation may be refused or rejected`() throws {
        var dialog = try invited()
        #expect(dialog.perform(.refuse(Refusal(403))) == [.refuse(Refusal(403), Self.key), .end])
        dialog = try invited()
        #expect(responses(dialog.perform(.reject(DialogAnswer(486)))).map(\.status) == [486])
        #expect(dialog.state == .ended)
    }

    @Test func `CANCEL of the party ends it`() throws {
        var dialog = try invited()
        let effects = dialog.handle(.cancelled(Self.key))
        #expect(effects == [.refuse(Refusal(487), Self.key), .notice(.cancelled), .end])
    }

    @Test func `What the dialog cannot do is refused before there is one`() throws {
        var invite = Self.invite
        invite.add(.require, "telepathy")
        #expect(throws: Refusal.self) {
            try ServedDialog.invited(invite, Self.key, localTag: "s1", contact: "<sip:f@192.0.2.1>", terms: Self.terms)
        }
        invite = Self.invite
        invite.set(.sessionExpires, "30")
        #expect(throws: Refusal(422, fields: [SIPField(.minSE, "90")])) {
            try ServedDialog.invited(invite, Self.key, localTag: "s1", contact: "<sip:f@192.0.2.1>", terms: Self.terms)
        }
    }

    // MARK: Requests in the dialog

    @Test func `BYE of the party ends it`() {
        var dialog = calling(.established)
        let effects = dialog.handle(.request(request(.bye), Self.key))
        #expect(responses(effects).map(\.status) == [200])
        #expect(notices(effects) == [.ended(.byParty)])
        #expect(effects.last == .end)
    }

    @Test func `A modification waits for the owner`() {
        var dialog = calling(.established)
        let modification = request(.invite)
        let key = TransactionKey(server: modification)
        #expect(dialog.handle(.request(modification, key)) == [.notice(.modifying(modification))])
        #expect(refusals(dialog.handle(.request(request(.invite, sequence: 8), Self.key))) == [500], "One at a time")
        #expect(dialog.handle(.cancelled(key)) == [.notice(.modificationCancelled)])
        #expect(dialog.perform(.refuse(Refusal(487))) == [.refuse(Refusal(487), key)])
        #expect(dialog.state == .established)
    }

    @Test func `A modification may be accepted with what holds`() throws {
        var dialog = calling(.established)
        _ = dialog.handle(.request(request(.invite), Self.key))
        let success = try #require(responses(dialog.perform(.acceptUnchanged)).first)
        #expect(success.body == Self.invite.body)
        #expect(refusals(dialog.handle(.request(request(.invite, sequence: 8), Self.key))) == [500], "Not acknowledged")
        #expect(notices(dialog.handle(.acknowledged)) == [], "It was not the first")
    }

    @Test(arguments: [(7, "b1", 500), (6, "b1", 500), (9, "b9", 481)])
    func `A request out of place is refused`(sequence: Int, party: String, status: Int) {
        var dialog = calling(.established)
        _ = dialog.handle(.request(request(.options), Self.key))
        #expect(
            refusals(dialog.handle(.request(request(.options, sequence: sequence, of: party), Self.key))) == [status])
    }

    @Test(arguments: [(SIPMethod.options, 200), (.message, 405), (SIPMethod("FOO"), 501)])
    func `Other requests`(method: SIPMethod, status: Int) {
        var dialog = calling(.established)
        let effects = dialog.handle(.request(request(method), Self.key))
        #expect(responses(effects).compactMap(\.status) + refusals(effects) == [status])
    }

    @Test func `A method of the owner is the owner's`() {
        var terms = Self.terms
        terms.methods.append(.refer)
        var (dialog, _) = ServedDialog.calling(Self.invite, terms: terms)
        _ = dialog.handle(.response(response(200), .invite))
        let refer = request(.refer)
        #expect(dialog.handle(.request(refer, Self.key)) == [.notice(.request(refer, Self.key))])
    }

    @Test func `A request of the owner is sent, and its answer told`() throws {
        var dialog = calling(.established)
        let effects = dialog.perform(.request(.notify, fields: [], body: []))
        let request = try #require(sent(effects, .other(2)))
        #expect(request.method == .notify)
        let answer = SIPMessage(status: 200, to: request)
        #expect(notices(dialog.handle(.response(answer, .other(2)))) == [.answered(2, .answered(answer))])
        #expect(
            notices(dialog.handle(.timeout(.other(3)))) == [.answered(3, .unanswered(Refusal(408)))])
    }

    // MARK: The server modifies

    private func modified() throws -> (ServedDialog, SIPMessage) {
        var dialog = calling(.established)
        let effects = dialog.perform(.modify(.init(body: Array("new".utf8))))
        return (dialog, try #require(sent(effects, .modify)))
    }

    @Test func `A modification is offered, accepted and acknowledged`() throws {
        var (dialog, request) = try modified()
        #expect(request.body == Array("new".utf8))
        #expect(request.first(.contact) == "<sip:focus@192.0.2.1>;isfocus")
        #expect(dialog.handle(.response(response(180, to: request), .modify)) == [])
        let success = response(200, to: request)
        let effects = dialog.handle(.response(success, .modify))
        #expect(notices(effects) == [.modified(success)])
        #expect(effects.contains { if case .acknowledge = $0 { true } else { false } })
        #expect(dialog.description == Array("new".utf8))
        #expect(dialog.handle(.response(success, .modify)).count == 1, "The ACK again")
    }

    @Test func `A modification that is refused changes nothing`() throws {
        var (dialog, request) = try modified()
        let refusal = response(488, to: request)
        #expect(dialog.handle(.response(refusal, .modify)) == [.notice(.modificationRefused(.answered(refusal)))])
        #expect(dialog.description == Self.invite.body)
        #expect(dialog.state == .established)
    }

    @Test(arguments: [408, 481]) func `A party that knows the dialog no more ends it`(status: Int) throws {
        var (dialog, request) = try modified()
        let effects = dialog.handle(.response(response(status, to: request), .modify))
        #expect(notices(effects).last == .ended(.lost))
        #expect(dialog.state == .ended)
    }

    @Test func `A modification without an answer ends it`() throws {
        var (dialog, _) = try modified()
        let effects = dialog.handle(.timeout(.modify))
        #expect(notices(effects) == [.modificationRefused(.unanswered(Refusal(408))), .ended(.lost)])
        #expect(sent(effects, .bye) != nil)
    }

    @Test func `While the server modifies, the party may not`() throws {
        var (dialog, _) = try modified()
        #expect(refusals(dialog.handle(.request(request(.invite), Self.key))) == [491])
    }

    @Test func `While the party modifies, the server is refused, or waits`() throws {
        var dialog = calling(.established)
        _ = dialog.handle(.request(request(.invite), Self.key))
        #expect(
            notices(dialog.perform(.modify(.init(body: [1])))) == [.modificationRefused(.unanswered(Refusal(491)))])
        #expect(dialog.perform(.modify(.init(body: [2], patience: .waits))) == [])
        _ = dialog.perform(.acceptUnchanged)
        let effects = dialog.handle(.acknowledged)
        #expect(sent(effects, .modify)?.body == [2])
    }

    @Test func `A modification that has met another is tried again`() throws {
        var dialog = calling(.established)
        let effects = dialog.perform(.modify(.init(body: [2], patience: .waits)))
        let request = try #require(sent(effects, .modify))
        #expect(
            dialog.handle(.response(response(491, to: request), .modify))
                == [.arm(.retry, after: .milliseconds(2500))])
        #expect(sent(dialog.handle(.timer(.retry)), .modify)?.body == [2])
    }

    @Test func `A modification that comes too early is tried again when the party says`() throws {
        var dialog = calling(.established)
        let effects = dialog.perform(.modify(.init(body: [2], patience: .waits)))
        let request = try #require(sent(effects, .modify))
        var refusal = response(500, to: request)
        refusal.add(.retryAfter, "3 (soon)")
        #expect(dialog.handle(.response(refusal, .modify)) == [.arm(.retry, after: .seconds(3))])
        #expect(sent(dialog.handle(.timer(.retry)), .modify)?.body == [2])
    }

    @Test(arguments: [nil, "11", "soon"])
    func `A 500 that names no time, or too long a one, refuses the modification`(retryAfter: String?) throws {
        var dialog = calling(.established)
        let effects = dialog.perform(.modify(.init(body: [2], patience: .waits)))
        let request = try #require(sent(effects, .modify))
        var refusal = response(500, to: request)
        if let retryAfter { refusal.add(.retryAfter, retryAfter) }
        #expect(notices(dialog.handle(.response(refusal, .modify))) == [.modificationRefused(.answered(refusal))])
    }

    @Test func `A modification may be cancelled, after a provisional response`() throws {
        var (dialog, request) = try modified()
        #expect(dialog.perform(.cancelModification) == [])
        #expect(dialog.handle(.response(response(180, to: request), .modify)) == [.cancel(.modify)])
        #expect(dialog.perform(.cancelModification) == [])
    }

    // MARK: Session timer

    @Test func `The session timer is refreshed by whom it was agreed`() throws {
        var dialog = calling()
        var success = response(200)
        success.add(.sessionExpires, "1800;refresher=uac")
        #expect(
            dialog.handle(.response(success, .invite)).contains(.arm(.refresh, after: .seconds(900))))
        let effects = dialog.handle(.timer(.refresh))
        let request = try #require(sent(effects, .refresh))
        #expect(request.body == Self.invite.body)
        #expect(request.first(.sessionExpires) == "1800;refresher=uac")
        let answer = response(200, to: request)
        #expect(notices(dialog.handle(.response(answer, .refresh))) == [])
        #expect(dialog.handle(.timer(.refresh)).count == 1)
    }

    @Test func `A refresh waits for a modification`() throws {
        var (dialog, _) = try modified()
        #expect(dialog.handle(.timer(.refresh)) == [.arm(.refresh, after: .seconds(32))])
    }

    @Test func `A session that is not refreshed ends`() {
        for event in [ServedDialog.Event.timer(.expiry), .timeout(.refresh), .transportFailure(.refresh)] {
            var dialog = calling(.established)
            #expect(notices(dialog.handle(event)) == [.ended(.lost)])
        }
    }

    // MARK: The end

    @Test func `BYE of the server is sent, and its answer is the end`() throws {
        var dialog = calling(.established)
        let effects = dialog.perform(.release)
        let bye = try #require(sent(effects, .bye))
        #expect(notices(effects) == [])
        #expect(dialog.handle(.response(response(200, to: bye), .bye)) == [.notice(.ended(.byServer)), .end])
    }

    @Test func `BYE of the server waits for the ACK`() throws {
        var dialog = try invited(accepted: true)
        #expect(sent(dialog.perform(.release), .bye) == nil)
        #expect(sent(dialog.handle(.acknowledged), .bye) != nil)
    }

    @Test func `BYE of the server does not wait for ever`() throws {
        var dialog = try invited(accepted: true)
        _ = dialog.perform(.release)
        #expect(sent(dialog.handle(.timer(.accepted(.giveUp))), .bye) != nil)
    }

    @Test func `BYEs may cross`() {
        var dialog = calling(.established)
        _ = dialog.perform(.release)
        #expect(responses(dialog.handle(.request(request(.bye), Self.key))).map(\.status) == [200])
        #expect(refusals(dialog.handle(.request(request(.invite), Self.key))) == [481])
    }

    @Test func `Commands that do not fit the stage do nothing`() throws {
        var dialog = calling()
        #expect(dialog.perform(.accept(DialogAnswer())) == [])
        #expect(dialog.perform(.refuse(Refusal(403))) == [])
        #expect(dialog.perform(.modify(.init(body: []))) == [])
        #expect(dialog.perform(.cancelModification) == [])
        #expect(dialog.perform(.request(.notify, fields: [], body: [])) == [])
        _ = dialog.handle(.timeout(.invite))
        #expect(dialog.perform(.release) == [])
        #expect(dialog.handle(.timer(.ringing)) == [])
    }
}
