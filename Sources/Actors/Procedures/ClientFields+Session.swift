import SDP
import SIPDialogs
import SIPSyntax

/// A response that turns a request away.
struct Refusal: Error, Sendable {
    let response: SIPMessage
}

/// The SIP side of setting up and changing a session.
extension ClientFields {
    /// What INVITE and re-INVITE carry besides the fields of every request.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.1 (3, 4, 6, 7)
    func invite(_ request: inout SIPMessage, policy: SessionTimerPolicy) {
        request.set(.contact, taggedContact)
        request.set(.allow, Self.allow)
        request.set(.supported, Self.supported)
        for field in policy.offer(refresher: .client) { request.set(field.name, field.value) }
    }

    func ack(for invite: SIPMessage, in dialog: Dialog) -> SIPMessage {
        dialog.ack(for: invite, fields: [SIPField(.userAgent, Self.version)])
    }

    /// A response to INVITE that makes or confirms a dialog.
    ///
    /// RFC 3261 §12.1.1
    func dialogResponse(_ status: Int, to request: SIPMessage, tag: String?) -> SIPMessage {
        var response = response(status, to: request, tag: tag)
        for route in request.all(.recordRoute) { response.add(.recordRoute, route) }
        response.add(.contact, taggedContact)
        response.add(.allow, Self.allow)
        return response
    }

    /// The 200 to an INVITE or re-INVITE.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.2.1 and §7.1.2.2, RFC 4028 §9
    func acceptance(
        of request: SIPMessage, tag: String?, proposing proposal: SessionProposal,
        describing description: SessionDescription
    ) -> SIPMessage {
        var response = dialogResponse(200, to: request, tag: tag)
        response.add(.supported, Self.supported)
        if proposal.requirement == .timer { response.add(.require, "timer") }
        response.add(.sessionExpires, proposal.interval.description)
        response.set(description)
        return response
    }

    /// The answer to a re-INVITE while our 2xx to the INVITE before it is not acknowledged.
    ///
    /// RFC 3261 §14.2
    func retryLater(_ request: SIPMessage) -> SIPMessage {
        var refusal = response(500, to: request)
        refusal.add(.retryAfter, "1")
        return refusal
    }

    /// What an INVITE asks for, read before anybody decides on it; or the response that turns it away.
    ///
    /// RFC 3261 §13.3.1, RFC 4028 §9
    func reading(
        _ request: SIPMessage, tag: String?, policy: SessionTimerPolicy
    ) -> Result<SessionProposal, Refusal> {
        func refusal(_ status: Int, _ name: SIPFieldName, _ value: String) -> Refusal {
            var response = response(status, to: request, tag: tag)
            response.add(name, value)
            return Refusal(response: response)
        }
        let interval: SessionInterval
        let requirement: SessionTimerPolicy.Requirement
        switch policy.answer(to: request, preferring: .server) {
        case .tooShort(let minimum): return .failure(refusal(422, .minSE, "\(minimum)"))
        case .agreed(let agreed, let required): (interval, requirement) = (agreed, required)
        }
        guard request.body.isEmpty || request.mayHoldDescription else {
            return .failure(refusal(415, .accept, "application/sdp"))
        }
        do throws(SDPSyntaxError) {
            return .success(
                SessionProposal(
                    offer: try request.sessionDescription(), interval: interval, requirement: requirement))
        } catch {
            let reason = "The offer breaks \(error.rule.rawValue) in line \(error.line)"
            return .failure(Refusal(response: unacceptable(request, tag: tag, reason: reason)))
        }
    }

    /// The 488 to an INVITE whose offer cannot be met.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.2.2 (2)
    func unacceptable(_ request: SIPMessage, tag: String?, reason: String) -> SIPMessage {
        var response = response(488, to: request, tag: tag)
        response.add(.warning, "399 \(host) \"\(reason)\"")
        return response
    }
}

/// What an INVITE asks for.
struct SessionProposal: Sendable {
    /// nil in a re-INVITE that leaves the offer to this side.
    let offer: SessionDescription?
    /// The session interval that this side agrees to.
    let interval: SessionInterval
    let requirement: SessionTimerPolicy.Requirement
}

extension SessionMedia {
    /// Takes the answer in a 2xx.
    mutating func settle(answer response: SIPMessage) -> Outcome {
        do throws(SDPSyntaxError) {
            guard let answer = try response.sessionDescription() else {
                return .unacceptable(reason: "No session description in the answer")
            }
            return settle(answer: answer)
        } catch {
            return .unacceptable(reason: "The answer breaks \(error.rule.rawValue) in line \(error.line)")
        }
    }
}
