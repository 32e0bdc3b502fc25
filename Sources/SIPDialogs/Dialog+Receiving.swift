package import SIPSyntax

extension Dialog {
    /// What a dialog makes of a request that arrived.
    package enum Admission: Hashable, Sendable {
        /// It is the next one, or an ACK or CANCEL, which have no place in the order.
        case inOrder
        /// Its CSeq number is that of the request before: sent again in another transaction.
        case repeated
        /// Its CSeq number is lower than one seen before: answer 500.
        case outOfOrder
        /// It belongs to no dialog here, or to one that is over: answer 481.
        case foreign
    }

    /// Takes a request that arrived; one in order may refresh the remote target, and a BYE ends the dialog.
    ///
    /// RFC 3261 §12.2.2
    package mutating func accepts(_ request: SIPMessage) -> Admission {
        guard state != .terminated, DialogID(received: request) == id, let method = request.method,
            let number = (try? request.cSeq())?.number
        else { return .foreign }
        guard method != .ack && method != .cancel else { return .inOrder }
        if let remoteSequence, number <= remoteSequence {
            return number == remoteSequence ? .repeated : .outOfOrder
        }
        remoteSequence = number
        refreshTarget(with: request, method)
        if method == .bye { state = .terminated }
        return .inOrder
    }

    /// Takes a response to a request of this dialog, or to the one that created it.
    ///
    /// RFC 3261 §12.2.1.2 and §13.2.2: a 2xx confirms an early dialog with the route set that it records, a final
    /// failure of the INVITE ends it, and 408 or 481 ends any dialog.
    package mutating func receive(_ response: SIPMessage) {
        guard let status = response.status, let method = (try? response.cSeq())?.method,
            response.callID == id.callID, (try? response.from())?.tag ?? "" == id.localTag
        else { return }
        let isOwn = DialogID(response: response) == id
        switch status {
        case 200...299 where isOwn:
            if state == .early && method == .invite {
                state = .confirmed
                routeSet = RouteSet(response.list(.recordRoute).reversed())
            }
            refreshTarget(with: response, method)
        case 408 where isOwn, 481 where isOwn:
            state = .terminated
        case 300...699 where state == .early && method == .invite:
            state = .terminated
        default:
            break
        }
    }

    /// RFC 3261 §12.2 and RFC 6141 §4.
    private mutating func refreshTarget(with message: SIPMessage, _ method: SIPMethod) {
        let refreshing: Set<SIPMethod> = [.invite, .update, .subscribe, .notify, .refer]
        guard refreshing.contains(method), let contact = try? message.contact() else { return }
        remoteTarget = contact.uri
    }
}
