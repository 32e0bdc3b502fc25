import MSRP
import MessageBodies
import SIPSyntax

/// Whom a message is for, and whether its sender may send it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.3.3 and §7.2.3.4
extension MSRPSwitch {
    struct Route {
        let receivers: [SeatID]
        let wantsFinalReport: Bool
    }

    struct Rejected: Error {
        let status: MSRPStatusCode
    }

    func route(of message: MSRPIncoming, from id: SeatID, _ sender: Seat) throws(Rejected) -> Route {
        guard ContentType(parsing: message.contentType)?.essence == "message/cpim" else {
            guard usages[id.line] != .conversation else { throw Rejected(status: .unsupportedMediaType) }
            return Route(receivers: reached(others(than: id), by: id), wantsFinalReport: false)
        }
        guard let wrapped = try? CPIMMessage(parsing: message.body) else { throw Rejected(status: .badRequest) }
        guard let from = wrapped.from, from.names(sender.entity) else {
            throw Rejected(status: .forbidden)
        }
        guard allows(wrapped.contentType, from: sender) else { throw Rejected(status: .unsupportedMediaType) }
        guard !wrapped.to.isEmpty else { throw Rejected(status: .forbidden) }
        let receivers = reached(try receivers(of: wrapped, from: id, sender), by: id)
        return Route(receivers: receivers, wantsFinalReport: wrapped.asksForFinalReport)
    }

    private func receivers(
        of message: CPIMMessage, from id: SeatID, _ sender: Seat
    ) throws(Rejected) -> [SeatID] {
        if message.to.contains(where: { to in addresses.contains { to.names($0) } }) { return others(than: id) }
        // §9.4.4: a large message is for the group alone.
        guard usages[id.line] == .conversation, sender.mayWritePrivately else { throw Rejected(status: .forbidden) }
        var receivers: [SeatID] = []
        for to in message.to {
            let named = seats.first { $0.key.line == id.line && $0.key != id && to.names($0.value.entity) }
            guard let (receiver, seat) = named, seat.hasRelease else { throw Rejected(status: .forbidden) }
            if !receivers.contains(receiver) { receivers.append(receiver) }
        }
        return receivers
    }

    private func reached(_ receivers: [SeatID], by sender: SeatID) -> [SeatID] {
        faults.receivers(receivers, others: others(than: sender), sender: sender, usages[sender.line])
    }

    private func others(than id: SeatID) -> [SeatID] {
        seats.filter { $0.key.line == id.line && $0.key != id && $0.value.wantsMessages }.keys
            .sorted { $0.participant < $1.participant }
    }

    /// Whether the sender has been told that this type may come inside the wrapper.
    private func allows(_ contentType: String, from sender: Seat) -> Bool {
        guard let types = sender.payloadTypes, let essence = ContentType(parsing: contentType)?.essence else {
            return sender.payloadTypes == nil
        }
        return types.contains { type in
            let type = type.lowercased()
            return type == "*" || type == essence || (type.hasSuffix("/*") && essence.hasPrefix(type.dropLast()))
        }
    }
}

extension String {
    /// Whether both URIs name the same user or session.
    fileprivate func names(_ other: String) -> Bool {
        if self == other { return true }
        guard let one = try? SIPURI(parsing: self), let two = try? SIPURI(parsing: other) else { return false }
        return one.userAddress == two.userAddress
    }
}
