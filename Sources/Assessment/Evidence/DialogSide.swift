import Conformance
import Dissection

/// A dialog as one client must see it: where its requests go, by which route.
///
/// RFC 3261 §12.1
struct DialogSide {
    var client: PartyName
    /// The 2xx that confirms the dialog.
    var success: DissectedMessage
    var routeSet: [SIPTarget]
    /// The message that tells the client where its peer is.
    var peer: DissectedMessage

    /// The sides of the clients in every dialog whose beginning is in the trace.
    static func all(in evidence: Evidence) -> [DialogSide] {
        var sides: [DialogSide] = []
        for success in evidence.messages where success.repeats == nil && evidence.isSuccess(success, to: "INVITE") {
            guard let invite = evidence.dissection.request(of: success), invite.isOutsideDialog else { continue }
            if let caller = success.receiver, success.wasSeen(.received, at: caller) {
                let routeSet = Array(success.addresses(in: "Record-Route").reversed())
                sides.append(DialogSide(client: caller, success: success, routeSet: routeSet, peer: success))
            }
            if let called = success.sender, success.wasSeen(.sent, at: called) {
                let routeSet = invite.addresses(in: "Record-Route")
                sides.append(DialogSide(client: called, success: success, routeSet: routeSet, peer: invite))
            }
        }
        return sides.filter { $0.client != .server }
    }

    /// Whether the route has loose routers only; strict ones change the Request-URI (RFC 3261 §16.12.1.2).
    var isLooselyRouted: Bool { routeSet.allSatisfy(\.isLoose) }

    /// The requests that the client sends in the dialog once it is confirmed.
    func requests(in evidence: Evidence) -> [DissectedMessage] {
        evidence.dialog(of: success).filter { message in
            message.responseStatus == nil && message.repeats == nil && message.wasSeen(.sent, at: client)
                && message.number > success.number && message.requestMethod != "CANCEL"
        }
    }

    /// Where the peer says it is: at first, and in later requests and responses that say so again.
    func targets(in evidence: Evidence) -> [SIPTarget] {
        let later = evidence.dialog(of: success).filter { $0.receiver == client && $0.isSIP }
        return ([peer] + later).flatMap { $0.addresses(in: "Contact") }
    }
}
