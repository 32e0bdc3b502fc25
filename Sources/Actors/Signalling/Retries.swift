import SIPSyntax
import SIPTransactions

/// Requests that are sent again with credentials, while those who have asked for them know only of the first attempt.
///
/// RFC 3261 §22.2: each attempt is a transaction of its own, with the next CSeq. From then on the CSeqs of that dialog or
/// registration are by so much higher on the wire than its procedure counts.
struct Retries: Sendable {
    /// One side of a dialog, or a registration.
    private struct Side: Hashable, Sendable {
        let callID: String
        let tag: String

        init?(_ message: SIPMessage) {
            guard let callID = message.callID, let tag = (try? message.from())?.tag else { return nil }
            (self.callID, self.tag) = (callID, tag)
        }
    }

    private struct Sequence: Sendable {
        /// The last number on the wire.
        var highest: UInt32 = 0
        /// By how much the next number is higher than its procedure counts.
        var offset: UInt32 = 0
    }

    private struct Attempt: Sendable {
        /// The transaction of the first attempt, by which the others go.
        let first: TransactionKey
        /// The request without its Via.
        let request: SIPMessage
        let count: Int
        let offset: UInt32
    }

    /// What an ACK has to say as its INVITE did.
    private struct Invitation: Sendable {
        let offset: UInt32
        let credentials: [SIPField]
    }

    private var sequences: [Side: Sequence] = [:]
    private var attempts: [TransactionKey: Attempt] = [:]
    /// The last attempt, by the first one.
    private var latest: [TransactionKey: TransactionKey] = [:]
    private var superseded: Set<TransactionKey> = []
    /// By the numbers that their procedures count.
    private var invitations: [Side: [UInt32: Invitation]] = [:]

    /// How often a request is sent at most: without credentials, with them, and with a new nonce.
    private static let maximumAttempts = 3

    /// The request with the CSeq that it has on the wire.
    func raised(_ request: SIPMessage) -> SIPMessage {
        guard let side = Side(request), let number = request.sequenceNumber, let sequence = sequences[side] else {
            return request
        }
        return request.numbered(number &+ sequence.offset)
    }

    /// The ACK with the CSeq and the credentials of its INVITE.
    ///
    /// RFC 3261 §13.2.2.4
    func matched(_ ack: SIPMessage) -> SIPMessage {
        guard let side = Side(ack), let number = ack.sequenceNumber, let invitation = invitations[side]?[number] else {
            return ack
        }
        var ack = ack.numbered(number &+ invitation.offset)
        ack.fields += invitation.credentials
        return ack
    }

    /// Notes a request that has been sent.
    mutating func note(_ request: SIPMessage, _ key: TransactionKey) {
        guard let side = Side(request), let number = request.sequenceNumber else { return }
        var sequence = sequences[side] ?? Sequence()
        sequence.highest = max(sequence.highest, number)
        sequences[side] = sequence
        attempts[key] = Attempt(first: key, request: request, count: 1, offset: sequence.offset)
        note(invitation: request, side, offset: sequence.offset)
    }

    /// The request of a transaction, if it may be sent once more.
    func repeatable(_ key: TransactionKey) -> SIPMessage? {
        attempts[key].flatMap { $0.count < Self.maximumAttempts ? $0.request : nil }
    }

    /// The request with the next CSeq of its sequence.
    func renumbered(_ request: SIPMessage) -> SIPMessage {
        guard let side = Side(request), let sequence = sequences[side] else { return request }
        return request.numbered(sequence.highest &+ 1)
    }

    /// Notes that a request goes on as another transaction.
    mutating func replace(_ key: TransactionKey, by next: TransactionKey, _ request: SIPMessage) {
        guard let attempt = attempts.removeValue(forKey: key), let side = Side(request),
            let before = attempt.request.sequenceNumber, let number = request.sequenceNumber
        else { return }
        let offset = number &- (before &- attempt.offset)
        sequences[side]?.highest = number
        sequences[side]?.offset &+= 1
        attempts[next] = Attempt(first: attempt.first, request: request, count: attempt.count + 1, offset: offset)
        latest[attempt.first] = next
        superseded.insert(key)
        note(invitation: request, side, offset: offset)
    }

    /// The transaction by which whoever has asked for the request knows it.
    func first(_ key: TransactionKey) -> TransactionKey { attempts[key]?.first ?? key }

    /// The transaction that the request is now.
    func current(_ key: TransactionKey) -> TransactionKey { latest[key] ?? key }

    /// The response with the CSeq that was asked for.
    func lowered(_ response: SIPMessage, _ key: TransactionKey) -> SIPMessage {
        guard let attempt = attempts[key], attempt.offset > 0, let number = attempt.request.sequenceNumber else {
            return response
        }
        return response.numbered(number &- attempt.offset)
    }

    /// Forgets a transaction that has ended.
    ///
    /// - Returns: the one by which it is known, or nil when the request goes on as another.
    mutating func ended(_ key: TransactionKey) -> TransactionKey? {
        guard superseded.remove(key) == nil else { return nil }
        let first = first(key)
        attempts[key] = nil
        latest[first] = nil
        return first
    }

    private mutating func note(invitation request: SIPMessage, _ side: Side, offset: UInt32) {
        guard request.method == .invite, let number = request.sequenceNumber else { return }
        invitations[side, default: [:]][number &- offset] = Invitation(
            offset: offset, credentials: request.credentialFields)
    }
}

extension SIPMessage {
    fileprivate var sequenceNumber: UInt32? { (try? cSeq())?.number }

    /// The message with this number in its CSeq, if it has one.
    fileprivate func numbered(_ number: UInt32) -> SIPMessage {
        guard let sequence = try? cSeq(), sequence.number != number else { return self }
        var message = self
        message.set(.cSeq, CSeq(number, sequence.method).description)
        return message
    }
}
