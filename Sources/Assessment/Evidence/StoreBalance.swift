import Conformance
import Dissection

/// What the trace shows to have been put into a store for a client, and taken from it.
///
/// A server answers for its store only as far as that goes: who puts in something else than the case asks for, or takes
/// out something else, changes what it has to show.
struct StoreBalance {
    struct Deposit {
        /// The number of the message from which on it is there.
        var number: Int
        var text: String
        var sender: PartyName?
        /// The number of the message from which on it is there no more.
        var end = Int.max
    }

    private(set) var deposits: [Deposit]

    init(of store: MessageStore, for client: PartyName, _ evidence: Evidence) {
        deposits = store == .deferred ? Self.pages(for: client, evidence) : Self.recordings(of: client, evidence)
        deposits.sort { $0.number < $1.number }
        let delivered = evidence.contents(at: client, .deferred).filter { store == .deferred && $0.isComplete }
            .flatMap { content in content.storedTexts.map { (number: content.responses.last, text: $0) } }
        let deletions = evidence.deletions(of: store, by: client).compactMap { refer in
            evidence.dissection.responses(to: refer).first(where: \.isSuccess).map { (refer: refer, end: $0.number) }
        }
        let ends =
            delivered.compactMap { item in item.number.map { (end: $0, item: item.text, refer: nil) } }
            + deletions.map { (end: $0.end, item: "", refer: Optional($0.refer)) }
            as [(end: Int, item: String, refer: DissectedMessage?)]
        for event in ends.sorted(by: { $0.end < $1.end }) {
            if let refer = event.refer {
                remove(refer, at: event.end, evidence.listings(of: store, at: client))
            } else if let place = deposits.firstIndex(where: { $0.isThere(at: event.end) && $0.text == event.item }) {
                deposits[place].end = event.end
            }
        }
    }

    /// What is there at that place of the trace, in the order in which it came.
    func contents(at number: Int) -> [Deposit] { deposits.filter { $0.isThere(at: number) } }

    /// Who has put in something that no step sends, or something twice.
    func stranger(at number: Int, _ evidence: Evidence) -> PartyName? {
        let there = deposits.filter { $0.number < number }
        return there.first { deposit in
            !evidence.texts.contains(deposit.text) && !evidence.media.contains(Array(deposit.text.utf8))
                || there.count { $0.text == deposit.text && $0.sender == deposit.sender } > 1
        }?.sender
    }

    private mutating func remove(_ refer: DissectedMessage, at end: Int, _ listings: [StoreListing]) {
        let there = deposits.indices.filter { deposits[$0].isThere(at: end) }
        let list = listings.last { $0.message < refer.number }
        let asked = Set(refer.referredResources.map { UserAddress($0) })
        for (place, index) in there.enumerated() {
            // Items and what was put in are the same in their order, where they are as many.
            let reference = list.flatMap { $0.items.count == there.count ? $0.items[place].reference : nil }
            let isMeant =
                refer.refersToWholeStore || reference.map { asked.contains(UserAddress($0)) } ?? (place < asked.count)
            if isMeant { deposits[index].end = end }
        }
    }

    /// The messages for a client that was not there, as far as the server has taken them.
    private static func pages(for client: PartyName, _ evidence: Evidence) -> [Deposit] {
        evidence.dissection.instantMessages.compactMap { content in
            guard content.isComplete, !content.isNotice, content.receiver == .server, content.sender != client,
                content.mode == .pager || content.mode == .large,
                let first = content.parts.first.map({ evidence.dissection[$0] }),
                let answer = content.responses.map({ evidence.dissection[$0] }).first(where: \.isSuccess),
                let request = content.mode == .pager ? first : evidence.opening(of: content)
            else { return nil }
            let isMeant =
                request.recipients.map { $0.contains { evidence.identifies($0, client) } }
                ?? (evidence.target(of: request) == client)
            let isTaken =
                content.mode == .pager
                ? answer.responseStatus == 202 : evidence.isInService(client, at: first.number) == false
            guard isMeant, isTaken else { return nil }
            return Deposit(number: answer.number, text: content.text, sender: content.sender)
        }
    }

    /// The recordings that a client has begun and ended, by the names that it has given them.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §13.1.1 and §13.1.2
    private static func recordings(of client: PartyName, _ evidence: Evidence) -> [Deposit] {
        let orders = evidence.messages.filter { message in
            message.requestMethod == "REFER" && message.repeats == nil && message.sender == client
                && message.requestTarget?.function == .history
        }
        return orders.compactMap { order in
            guard order.referMethod != "BYE",
                let success = evidence.dissection.responses(to: order).first(where: \.isSuccess)
            else { return nil }
            let end =
                orders.first { $0.number > success.number && $0.referMethod == "BYE" }
                ?? evidence.messages.first {
                    $0.number > success.number && $0.requestMethod == "BYE" && $0.sender == client
                }
            return end.map { Deposit(number: $0.number, text: "", sender: client) }
        }
    }
}

extension StoreBalance.Deposit {
    fileprivate func isThere(at place: Int) -> Bool { number < place && place < end }
}

extension InstantMessage {
    /// The texts of the stored message that it carries, or its own.
    var storedTexts: [String] {
        stored.map { $0.payloads.map { String(decoding: $0.bytes, as: UTF8.self) } } ?? [text]
    }
}

extension Evidence {
    /// The INVITE that opened the session in which a content travels.
    func opening(of content: InstantMessage) -> DissectedMessage? {
        content.call.flatMap { call in
            messages(ofCall: call).first { $0.requestMethod == "INVITE" && $0.isOutsideDialog }
        }
    }

    /// Whether an INVITE asks a store for what the trace shows to be in it.
    func hadToDeliver(_ invite: DissectedMessage) -> Bool {
        guard invite.requestMethod == "INVITE", let client = invite.sender, showsBeginning else { return false }
        let store: MessageStore
        switch invite.sessionService {
        case .deferredMessages: store = .deferred
        case .history: store = .history
        case .conversation, .largeMessage: return false
        }
        return !StoreBalance(of: store, for: client, self).contents(at: invite.number).isEmpty
    }

    /// Whether an INVITE asks a store for what no list had that its sender has fetched.
    func asksForUnknown(_ invite: DissectedMessage) -> Bool {
        guard invite.requestMethod == "INVITE", let client = invite.sender, let asked = invite.recipients,
            let function = invite.requestTarget?.function, function != .deletion
        else { return false }
        let known = listings(of: function == .history ? .history : .deferred, at: client)
            .filter { $0.message < invite.number }.flatMap { $0.items.map { UserAddress($0.reference) } }
        return !known.isEmpty && !asked.allSatisfy { known.contains(UserAddress($0)) }
    }

    /// Whether the server says that the document of a store is not there, and the trace shows nothing that was put in.
    func isOfEmptyStore(_ response: DissectedMessage) -> Bool {
        guard let listing = dissection.listings.first(where: { $0.message == response.number }),
            let client = listing.client, listing.items.isEmpty, showsBeginning
        else { return false }
        return StoreBalance(of: listing.store, for: client, self).contents(at: response.number).isEmpty
    }
}
