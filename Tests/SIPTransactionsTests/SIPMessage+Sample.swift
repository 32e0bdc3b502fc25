import SIPSyntax

extension SIPMessage {
    /// A request from Alice to Bob.
    static func sample(
        _ method: SIPMethod, branch: String = "z9hG4bK776asdhds", sentBy: String = "alice.example.com",
        callID: String = "a84b4c76e66710", number: Int = 314159
    ) -> SIPMessage {
        SIPMessage(
            method, uri: "sip:bob@example.com",
            fields: [
                SIPField(.via, "SIP/2.0/UDP \(sentBy);branch=\(branch)"),
                SIPField(.maxForwards, "70"),
                SIPField(.route, "<sip:proxy.example.com;lr>"),
                SIPField(.from, "Alice <sip:alice@example.com>;tag=1928301774"),
                SIPField(.to, "Bob <sip:bob@example.com>"),
                SIPField(.callID, callID),
                SIPField(.cSeq, "\(number) \(method.name)"),
            ])
    }

    /// Bob's response to this request.
    func response(_ status: Int) -> SIPMessage {
        SIPMessage(status: status, to: self, toTag: "a6c85cf")
    }
}
