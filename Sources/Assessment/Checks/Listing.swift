import Conformance
import Dissection
import Network

/// Whether a list of stored items that a client has fetched shows so many, with these properties.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.2 and §13.1.4
struct Listing {
    var client: PartyName
    var store: MessageStore
    var which: Condition.Occasion
    var items: Count
    var properties: Condition.ItemProperties

    private var expected: String {
        let subject: String =
            switch which {
            case .any: "a list of \(store.words)"
            case .number(let number): "list number \(number) of \(store.words)"
            case .after(let anchor): "a list of \(store.words) after the first \(anchor.words)"
            }
        let wanted = [
            properties.from.map { "each from \($0)" }, properties.to.map { "each to \($0)" },
            properties.name.map { "one called “\($0)”" },
        ].compactMap(\.self)
        let number = items.inWords(of: "item", many: "items")
        return (["\(number) in \(subject) at \(client)"] + wanted).joined(separator: ", ")
    }

    func judge(_ evidence: Evidence) -> Judgment {
        let all = evidence.listings(of: store, at: client)
        let chosen: [StoreListing]
        switch which {
        case .any: chosen = all
        case .number(let number): chosen = all.count < number ? [] : [all[number - 1]]
        case .after(let anchor):
            guard let found = evidence.messages(matching: anchor).first else {
                return .inconclusive(expected, observed: "there is no \(anchor.words)")
            }
            chosen = all.filter { $0.message > found.number }
        }
        // Of several the one tells most that has as many items as wanted, and then the nearest to what it comes after.
        let next = if case .after = which { chosen.first } else { chosen.last }
        guard let last = chosen.first(where: { items.range.contains($0.items.count) }) ?? next else {
            return unfetched(all, evidence)
        }
        for listing in chosen where problem(of: listing, evidence) == nil {
            let message = evidence.dissection[listing.message]
            return .pass(expected, observed: "\(listing.items.count) (\(inWords([message])))", [message])
        }
        let message = evidence.dissection[last.message]
        let balance = StoreBalance(of: store, for: client, evidence)
        let isTrue = chosen.allSatisfy { $0.items.count == balance.contents(at: $0.message).count }
        if evidence.showsBeginning, isTrue, !items.range.contains(last.items.count) {
            let observed = "\(last.items.count) (\(inWords([message]))), and no other was there by then"
            guard store == .deferred, let stranger = balance.stranger(at: last.message, evidence) else {
                return .inconclusive(expected, observed: observed, [message])
            }
            return .fail(expected, observed: "\(observed), as \(stranger) sent it", [message], stranger)
        }
        let shown = chosen.suffix(5).map { evidence.dissection[$0.message] }
        if case .any = which, chosen.count > 1, !items.range.contains(last.items.count) {
            let counts = chosen.suffix(5).map { "\($0.items.count)" }.inWords
            return .fail(expected, observed: "\(counts) (\(inWords(shown)))", shown, .server)
        }
        return .fail(
            expected, observed: "\(problem(of: last, evidence) ?? "") (\(inWords([message])))", shown, .server)
    }

    private func problem(of listing: StoreListing, _ evidence: Evidence) -> String? {
        guard items.range.contains(listing.items.count) else { return "\(listing.items.count)" }
        if let sender = properties.from,
            let item = listing.items.first(where: { !evidence.identifies($0.from, sender) })
        {
            return "one is from \(item.from ?? "nobody")"
        }
        if let receiver = properties.to,
            let item = listing.items.first(where: { !evidence.identifies($0.to, receiver) })
        {
            return "one is to \(item.to ?? "nobody")"
        }
        if properties.from != nil, let problem = mistimed(listing, evidence) { return problem }
        if let name = properties.name, !listing.items.contains(where: { $0.name == name }) {
            let names = listing.items.compactMap(\.name).map { "“\($0)”" }
            return "none has this name\(names.isEmpty ? "" : ", only \(names.inWords)")"
        }
        return listing.items.first { $0.reference.isEmpty }.map { _ in "one has no reference" }
    }

    /// A deferred message that says to have come at another time than it did, by more than clocks may differ.
    ///
    /// Only times in UTC are compared, which the ETS asks of the list by what its step 3 sends.
    private func mistimed(_ listing: StoreListing, _ evidence: Evidence) -> String? {
        let there = StoreBalance(of: store, for: client, evidence).contents(at: listing.message)
        guard store == .deferred, there.count == listing.items.count else { return nil }
        for (item, deposit) in zip(listing.items, there) {
            guard let time = item.time, time.hasSuffix("Z"), time.count >= 20 else { continue }
            let taken = evidence.dissection[deposit.number].time
            let (early, late) = ((taken + .seconds(-Self.skew)).dateTime, (taken + .seconds(Self.skew)).dateTime)
            guard !(early.prefix(19)...late.prefix(19)).contains(time.prefix(19)) else { continue }
            return "one says that it came at \(time), and it was taken at \(taken.dateTime)"
        }
        return nil
    }

    /// By how many seconds the clocks of the server and of the harness may differ.
    private static let skew = 60

    /// There is no such list, and why.
    private func unfetched(_ all: [StoreListing], _ evidence: Evidence) -> Judgment {
        let requests = evidence.messages.filter { message in
            message.isHTTP && message.requestMethod == "GET" && message.wasSeen(.sent, at: client)
        }
        let seen = all.map { evidence.dissection[$0.message] }
        guard let request = requests.last, all.isEmpty else {
            let observed = requests.isEmpty ? "\(client) has fetched no list" : "\(client) has fetched \(all.count)"
            return .inconclusive(expected, observed: "\(observed), so nothing is shown", seen)
        }
        switch evidence.fate(of: request) {
        case .refused(let refusal, let party):
            return .fail(expected, observed: "it was answered \(refusal.label)", [request, refusal], party)
        case .overdue(let decision):
            return .fail(
                expected, observed: "\(inWords([request])) was never answered", [request],
                evidence.debtor(of: request), decision)
        case .succeeded(let success):
            let store = MessageStore.allCases.first { !evidence.listings(of: $0, at: client).isEmpty }
            guard store == nil else {
                return .inconclusive(
                    expected, observed: "\(client) has fetched no list of \(self.store.words)", [request])
            }
            return .fail(
                expected, observed: "\(inWords([success])) holds no list of stored items", [request, success],
                success.sender)
        case .challenged(let response), .cancelled(let response), .excused(let response, _):
            return .inconclusive(expected, observed: "it was answered \(response.label)", [request, response])
        case .open: return .inconclusive(expected, observed: "\(inWords([request])) is not answered yet", [request])
        }
    }
}

extension Evidence {
    /// The lists of stored items that a client has got, in the order of the trace.
    func listings(of store: MessageStore, at client: PartyName) -> [StoreListing] {
        dissection.listings.filter { $0.client == client && $0.store == store }
    }
}
