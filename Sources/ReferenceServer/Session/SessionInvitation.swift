import SIPDialogs
import SIPSyntax

/// The INVITE with which the participating functions, as a back-to-back user agent, pass on the one of a caller.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.2.2.2
struct SessionInvitation {
    let request: IMRequest
    /// Who is called, as the core knows him.
    let callee: Originator
    /// The contact of the callee that the INVITE goes to.
    let target: String
    /// The Contact of the server.
    let contact: String
    let tag: String
    let callID: String

    func message(_ terms: ServedDialog.Terms, body: [UInt8]) -> SIPMessage {
        let original = request.message
        var from = (try? original.from()) ?? NameAddress(uri: request.originator?.user ?? callee.user)
        from.parameters = [Parameter("tag", tag)]
        let hops = ((try? original.maxForwards()) ?? 70) - 1
        var invite = SIPMessage(
            .invite, uri: target,
            fields: [
                SIPField(.maxForwards, String(max(0, hops))), SIPField(.from, from.description),
                SIPField(.to, NameAddress(uri: callee.user).description), SIPField(.callID, callID),
                SIPField(.cSeq, CSeq(1, .invite).description), SIPField(.contact, contact),
            ])
        let passed: [SIPFieldName] = [.acceptContact, .acceptLanguage, .privacy, .subject, .priority, .referredBy]
        invite.fields += original.fields.filter { passed.contains($0.name) }
        invite.add(.userAgent, ReleaseVersion.server)
        invite.add(.supported, "timer")
        invite.fields += terms.timerPolicy.offer(refresher: .server)
        invite.add(.allow, terms.allow)
        invite.assert(request.originator)
        invite.add(.contentType, "application/sdp")
        invite.body = body
        return invite
    }
}
