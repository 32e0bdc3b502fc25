import Conformance
import Dissection

/// Whether a deletion removes from the list of stored items exactly the chosen ones.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.3 and §13.1.5–13.1.7
struct Removal {
    var client: PartyName
    var store: MessageStore
    var deletion: Int
    /// The places of the items in the list before, counted from 1.
    var places: [Int]

    private var expected: String {
        "deletion number \(deletion) of \(client) removes the \(store.words) at \(places.map { "\($0)" }.inWords)"
    }

    func judge(_ evidence: Evidence) -> Judgment {
        let deletions = evidence.deletions(of: store, by: client)
        guard deletions.count >= deletion else {
            return .inconclusive(expected, observed: "\(client) asked for \(deletions.count) deletions", deletions)
        }
        let refer = deletions[deletion - 1]
        switch evidence.fate(of: refer) {
        case .succeeded: break
        case .refused(let refusal, let party):
            return .fail(expected, observed: "it was answered \(refusal.label)", [refer, refusal], party)
        case .challenged(let response), .cancelled(let response), .excused(let response, _):
            return .inconclusive(expected, observed: "it was answered \(response.label)", [refer, response])
        case .overdue(let decision):
            return .fail(expected, observed: "it was never answered", [refer], evidence.debtor(of: refer), decision)
        case .open: return .inconclusive(expected, observed: "it is not answered yet", [refer])
        }
        let limit = deletions.count > deletion ? deletions[deletion].number : Int.max
        let lists = evidence.listings(of: store, at: client)
        guard let before = lists.last(where: { $0.message < refer.number }),
            let after = lists.last(where: { (refer.number..<limit).contains($0.message) })
        else {
            return .inconclusive(expected, observed: "\(client) has not fetched the list before and after it", [refer])
        }
        return judge(refer, before, after, evidence)
    }

    private func judge(
        _ refer: DissectedMessage, _ before: StoreListing, _ after: StoreListing, _ evidence: Evidence
    ) -> Judgment {
        let found = [evidence.dissection[before.message], refer, evidence.dissection[after.message]]
        guard let last = places.max(), last <= before.items.count else {
            return .inconclusive(
                expected, observed: "the list before it has only \(before.items.count) items (\(inWords(found)))", found
            )
        }
        let rest = Set(after.items.map { UserAddress($0.reference) })
        let removed = before.items.indices.filter { !rest.contains(UserAddress(before.items[$0].reference)) }.map {
            $0 + 1
        }
        let observed = removed.isEmpty ? "it removed nothing" : "it removed those at \(removed.map { "\($0)" }.inWords)"
        if Set(removed) == Set(places) {
            return .pass(expected, observed: "\(observed) (\(inWords(found)))", found)
        }
        let asked = refer.referredResources
        let wanted = Set(places.map { UserAddress(before.items[$0 - 1].reference) })
        let balance = StoreBalance(of: store, for: client, evidence)
        // A list that tells of more or less than there is is no reason not to ask for the whole.
        let isTrue = !evidence.showsBeginning || balance.contents(at: before.message).count == before.items.count
        let isWrongRequest =
            refer.refersToWholeStore
            ? places.count != before.items.count && isTrue
            : !asked.isEmpty && Set(asked.map { UserAddress($0) }) != wanted
        let stranger = balance.stranger(at: before.message, evidence)
        return .fail(
            expected, observed: "\(observed) (\(inWords(found)))\(isWrongRequest ? ", as it was asked" : "")", found,
            isWrongRequest ? store == .deferred ? stranger ?? client : client : .server)
    }
}

extension Evidence {
    /// The requests by which a client deletes what is stored for it, in the order of the trace.
    func deletions(of store: MessageStore, by client: PartyName) -> [DissectedMessage] {
        openingRequests("REFER", .sent, at: client).filter { refer in
            guard refer.requestTarget?.function == .deletion else { return false }
            let whole: ServiceFunction = store == .deferred ? .deferredMessages : .history
            if refer.refersToWholeStore { return refer.referTarget?.function == whole }
            // Both stores are asked alike, so the list that has the item tells which one is meant (§6.1.1.2.6 (1)).
            let known = dissection.listings.filter { $0.client == client && $0.store == store }
                .flatMap(\.items).map { UserAddress($0.reference) }
            return refer.referredResources.contains { known.contains(UserAddress($0)) }
        }
    }
}
