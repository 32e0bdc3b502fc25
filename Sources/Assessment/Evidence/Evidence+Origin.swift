import Conformance
import Dissection

// Where a message comes from that the server only passes on.
extension Evidence {
    /// The message of a client that the server passes on unchanged but for its own hop: as a proxy does with SIP,
    /// which keeps Call-ID, tag and CSeq, and as a relay does with MSRP, which keeps the Message-ID.
    func original(of message: DissectedMessage) -> DissectedMessage? {
        guard message.sender == .server else { return nil }
        return passages[Passage(message)]?.first { number in
            number < message.number && dissection[number].receiver == .server
        }.map { dissection[$0] }
    }

    /// What the server made of a client's message when it passed it on, as the next client sees it.
    func onward(of message: DissectedMessage) -> DissectedMessage? {
        guard message.receiver == .server else { return nil }
        return passages[Passage(message)]?.first { number in
            number > message.number && dissection[number].sender == .server
                && dissection[number].receiver != message.sender
        }.map { dissection[$0] }
    }
}
