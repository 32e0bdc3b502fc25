package import SIPSyntax

extension Dialog {
    /// The next request of this dialog, without a Via; a BYE ends the dialog at once.
    ///
    /// RFC 3261 §12.2.1.1 and §15.1.1
    package mutating func request(
        _ method: SIPMethod, fields: [SIPField] = [], body: [UInt8] = []
    ) -> SIPMessage {
        precondition(method != .ack && method != .cancel, "ACK and CANCEL take the CSeq of their INVITE")
        let number = (localSequence ?? 0) + 1
        localSequence = number
        if method == .bye { state = .terminated }
        return compose(method, number: number, fields: fields, body: body)
    }

    /// The ACK for a 2xx response to this INVITE, without a Via.
    ///
    /// RFC 3261 §13.2.2.4: the CSeq number and the credentials of the INVITE.
    package func ack(for invite: SIPMessage, fields: [SIPField] = [], body: [UInt8] = []) -> SIPMessage {
        let number = (try? invite.cSeq())?.number ?? localSequence ?? 1
        let credentials = invite.fields.filter { $0.name == .authorization || $0.name == .proxyAuthorization }
        return compose(.ack, number: number, fields: credentials + fields, body: body)
    }

    private func compose(_ method: SIPMethod, number: UInt32, fields: [SIPField], body: [UInt8]) -> SIPMessage {
        let addressing = routeSet.addressing(remoteTarget)
        var all = [SIPField(.maxForwards, "70")]
        all += addressing.routes.map { SIPField(.route, $0) }
        all.append(SIPField(.from, local.description(tag: id.localTag)))
        all.append(SIPField(.to, remote.description(tag: id.remoteTag)))
        all.append(SIPField(.callID, id.callID))
        all.append(SIPField(.cSeq, "\(number) \(method.name)"))
        return SIPMessage(method, uri: addressing.requestURI, fields: all + fields, body: body)
    }
}

extension NameAddress {
    fileprivate func description(tag: String) -> String {
        tag.isEmpty ? description : "\(self);tag=\(tag)"
    }
}
