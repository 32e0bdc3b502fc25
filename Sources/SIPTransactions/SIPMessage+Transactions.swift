package import SIPSyntax

extension SIPMessage {
    /// The ACK for a final response other than 2xx, which is part of the INVITE's transaction.
    ///
    /// RFC 3261 §17.1.1.3
    package init(acknowledging response: SIPMessage, to invite: SIPMessage) {
        self.init(hopByHop: .ack, following: invite)
        if let to = response.first(.to) { set(.to, to) }
    }

    /// The CANCEL of a request, which goes the way the request went.
    ///
    /// RFC 3261 §9.1
    package init(cancelling request: SIPMessage) {
        self.init(hopByHop: .cancel, following: request)
    }

    private init(hopByHop method: SIPMethod, following request: SIPMessage) {
        var fields = request.list(.via).prefix(1).map { SIPField(.via, $0) }
        fields.append(SIPField(.maxForwards, "70"))
        fields += request.all(.route).map { SIPField(.route, $0) }
        fields += [.from, .to, .callID].compactMap { name in request.first(name).map { SIPField(name, $0) } }
        let number = (try? request.cSeq()).map { String($0.number) }
        let rawNumber = request.first(.cSeq)?.split(separator: " ").first.map(String.init)
        fields.append(SIPField(.cSeq, "\(number ?? rawNumber ?? "1") \(method.name)"))
        self.init(method, uri: request.requestURI ?? "", fields: fields)
    }
}
