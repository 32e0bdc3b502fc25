/// The judgment of CSeq, Via and Max-Forwards.
///
/// RFC 3261 §8.1.1.5 to §8.1.1.7
extension SIPJudgment {
    mutating func judgeTransactionFields() {
        judgeCSeq()
        judgeVia()
        judgeRanges()
    }

    private mutating func judgeCSeq() {
        guard let field = message.field(.cSeq), let cSeq = try? message.cSeq() else { return }
        if let method = message.method, method != cSeq.method {
            note(.cSeqMethod, in: field, "CSeq says \(cSeq.method), and the method is \(method).")
        }
        if cSeq.number >= 1 << 31 {
            note(.cSeqRange, in: field, "The sequence number \(cSeq.number) is not below 2^31.")
        }
    }

    /// Only the topmost Via of a request is its sender's; the others other elements answer for.
    private mutating func judgeVia() {
        guard message.isRequest, let field = message.field(.via), let via = try? message.via() else { return }
        if !via.sentProtocol.isEqualIgnoringCase("SIP/2.0") {
            note(.viaVersion, in: field, "The topmost Via says \(via.sentProtocol) instead of SIP/2.0.")
        }
        switch via.branch {
        case nil:
            note(.viaBranch, in: field, "The topmost Via has no branch.")
        case let branch? where !branch.hasPrefix(Via.magicCookie):
            note(.viaBranch, in: field, "The branch \(branch) does not begin with \(Via.magicCookie).")
        case let branch? where branch == Via.magicCookie:
            note(.viaBranch, in: field, "The branch is the magic cookie alone and tells no transactions apart.")
        default: break
        }
        if message.method == .cancel, message.list(.via).count > 1 {
            note(.viaCount, in: field, "A CANCEL request has one Via, and this has more.")
        }
    }

    private mutating func judgeRanges() {
        for (name, rule, maximum) in [
            (SIPFieldName.maxForwards, SIPFlawRule.maxForwardsRange, 255),
            (.expires, .expiresRange, DeltaSeconds.maximum),
            (.minExpires, .expiresRange, DeltaSeconds.maximum),
        ] {
            guard let field = message.field(name), let value = try? message.number(name, .digits) else { continue }
            if value > maximum { note(rule, in: field, "\(name) says \(value), and \(maximum) is the largest.") }
        }
        for (field, address) in addresses where field.name == .contact {
            guard let seconds = address.parameters.first("expires")?.value.flatMap({ Int($0) }) else { continue }
            if seconds > DeltaSeconds.maximum {
                note(.expiresRange, in: field, clause: "RFC 3261 §10.2.1.1", "A contact expires in \(seconds) s.")
            }
        }
    }
}
