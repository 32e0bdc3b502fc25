import MSRP
import Network
import SIPSyntax

/// Finds which message repeats which, and which response answers which request.
///
/// RFC 3261 §17.1.3 and §17.2.3 for SIP, RFC 4975 §7.2 for MSRP.
struct TransactionIndex {
    private struct Key: Hashable {
        var client: SocketAddress
        var server: SocketAddress
        var id: String
        var method: String
    }

    private struct Kind: Hashable {
        var key: Key
        var status: Int?
    }

    private var requests: [Key: Int] = [:]
    private var firsts: [Kind: Int] = [:]

    /// Fills in `repeats` and `answers` of a message; messages come in the order of the trace.
    mutating func place(_ message: inout DissectedMessage) {
        guard let key = key(of: message) else { return }
        let kind = Kind(key: key, status: message.responseStatus)
        if message.responseStatus != nil {
            message.answers = requests[key]
        } else if requests[key] == nil {
            requests[key] = message.number
        }
        if message.sip != nil {
            message.repeats = firsts[kind]
        }
        if firsts[kind] == nil { firsts[kind] = message.number }
    }

    private func key(of message: DissectedMessage) -> Key? {
        let isRequest = message.responseStatus == nil
        let client = isRequest ? message.source : message.destination
        let server = isRequest ? message.destination : message.source
        switch message.content {
        case .sip(let sip):
            guard let branch = try? sip.via()?.branch ?? sip.callID, let sequence = try? sip.cSeq() else { return nil }
            return Key(
                client: client, server: server, id: "\(branch) \(sequence.number)", method: sequence.method.name)
        case .msrp(let msrp):
            return Key(client: client, server: server, id: msrp.transactionID, method: "MSRP")
        case .unreadable:
            return nil
        }
    }
}
