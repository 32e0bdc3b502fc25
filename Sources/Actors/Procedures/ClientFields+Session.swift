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
        request.set(.supported, "timer")
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
        of request: SIPMessage, tag: String?, describing description: SessionDescription, _ expires: SessionInterval,
        _ requirement: SessionTimerPolicy.Requirement
    ) -> SIPMessage {
        var response = dialogResponse(200, to: request, tag: tag)
        response.add(.supported, "timer")
        if requirement == .timer { response.add(.require, "timer") }
        response.add(.sessionExpires, expires.description)
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

    /// What the offer in an INVITE comes to, or the response that turns it away.
    ///
    /// A re-INVITE without an offer is answered with what holds.
    func agreement(
        on request: SIPMessage, tag: String?, negotiation: MediaNegotiation, policy: SessionTimerPolicy,
        current: MediaAgreement? = nil
    ) -> Result<(MediaAgreement, SessionInterval, SessionTimerPolicy.Requirement), Refusal> {
        func refusal(_ status: Int, _ name: SIPFieldName, _ value: String) -> Refusal {
            var response = response(status, to: request, tag: tag)
            response.add(name, value)
            return Refusal(response: response)
        }
        func unacceptable(_ reason: String) -> Refusal { refusal(488, .warning, "399 \(host) \"\(reason)\"") }

        let expires: SessionInterval
        let requirement: SessionTimerPolicy.Requirement
        switch policy.answer(to: request, preferring: .server) {
        case .tooShort(let minimum): return .failure(refusal(422, .minSE, "\(minimum)"))
        case .agreed(let agreed, let required): (expires, requirement) = (agreed, required)
        }
        guard request.body.isEmpty || request.mayHoldDescription else {
            return .failure(refusal(415, .accept, "application/sdp"))
        }
        let offer: SessionDescription?
        do throws(SDPSyntaxError) {
            offer = try request.sessionDescription()
        } catch {
            return .failure(unacceptable("The offer breaks \(error.rule.rawValue) in line \(error.line)"))
        }
        guard let offer else {
            guard let current else { return .failure(unacceptable("No offer")) }
            return .success((current, expires, requirement))
        }
        switch negotiation.settle(offer: offer) {
        case .unacceptable(let reason): return .failure(unacceptable(reason))
        case .agreed(let agreement): return .success((agreement, expires, requirement))
        }
    }
}

extension MediaNegotiation {
    /// What the answer in a 2xx comes to.
    func settle(answer response: SIPMessage) -> Settlement {
        do throws(SDPSyntaxError) {
            guard let answer = try response.sessionDescription() else {
                return .unacceptable(reason: "No session description in the answer")
            }
            return settle(answer)
        } catch {
            return .unacceptable(reason: "The answer breaks \(error.rule.rawValue) in line \(error.line)")
        }
    }
}
