import Conformance
import MessageBodies
import SIPSyntax
import SIPTransactions

/// Has stored items deleted, and looks at the list until they are gone.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.1.3 and §13.1.5 to §13.1.7; the notifications that RFC 3515 §2.4.4 brings are answered,
/// but it is the list that tells.
struct StoreDeletion: Procedure {
    enum Purpose: Sendable, Equatable {
        case delete
        /// Everything, and nothing is asked of the server when there is nothing.
        case purge
    }

    private enum State: Sendable {
        /// Whether there is anything to purge.
        case looking
        /// The REFER has no final response yet.
        case referring
        /// The list is being read again.
        case verifying
        case pausing
        /// The outcome is told; notifications may still come.
        case told
    }

    /// How long the list may take to show what has been done, and how often it is read in that time.
    private static let patience = Duration.seconds(5)
    private static let pause = Duration.milliseconds(500)

    private var state = State.referring
    /// Whether no notification is to be expected, or no more.
    private var isSubscriptionOver = true
    private var isOutOfPatience = false

    private let store: MessageStore
    private let items: StoredItems
    private let purpose: Purpose
    private let request: SIPMessage
    private let fields: ClientFields
    private let linger: Duration

    init(
        of items: StoredItems, from store: MessageStore, for purpose: Purpose, profile: IMClient.Profile,
        identifiers: inout Identifiers
    ) {
        self.store = store
        self.items = items
        self.purpose = purpose
        fields = ClientFields(profile)
        linger = profile.timing.timeout
        request = fields.deletion(of: items, from: store, services: profile.services, identifiers: &identifiers)
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch (state, event) {
        case (_, .begin):
            guard purpose == .purge else { return refer() }
            state = .looking
            return [.access(.list(of: store))]

        case (.looking, .document(let outcome)):
            switch outcome.list() {
            case .success(let list) where list.items.isEmpty: return [.remember(list, of: store)] + succeed()
            case .success(let list): return [.remember(list, of: store)] + refer()
            case .failure(let failure): return fail(failure.reason)
            }

        case (.referring, .response(let response, to: .refer)) where response.isSuccess:
            if (try? response.referSub())?.createsSubscription == false { isSubscriptionOver = true }
            return verify() + [.arm(.giveUp, after: Self.patience)]
        case (.referring, .response(let response, to: .refer)) where response.isFinal:
            isSubscriptionOver = true
            return fail("REFER: \(response.outcome)")
        case (.referring, .failed(.refer, let failure)):
            isSubscriptionOver = true
            return fail("REFER: no response (\(failure.status))")

        case (.verifying, .document(let outcome)):
            return look(at: outcome)
        case (.pausing, .timer(.poll)):
            return verify()
        case (.pausing, .timer(.giveUp)):
            return giveUp()
        case (.verifying, .timer(.giveUp)):
            isOutOfPatience = true
            return []

        case (.told, .timer(.giveUp)):
            return [.finish]
        case (_, .request(let request, let key)):
            return answer(request, in: key)

        case (.looking, _), (.referring, _), (.verifying, _), (.pausing, _), (.told, _):
            return []
        }
    }

    private mutating func refer() -> [ProcedureEffect] {
        state = .referring
        isSubscriptionOver = false
        return [.claim(callID: request.callID ?? "", tag: (try? request.from())?.tag ?? ""), .send(request)]
    }

    private mutating func verify() -> [ProcedureEffect] {
        state = .verifying
        return [.access(.list(of: store))]
    }

    private mutating func look(at outcome: DocumentOutcome) -> [ProcedureEffect] {
        switch outcome.list() {
        case .failure(let failure): return fail(failure.reason)
        case .success(let list):
            let remembering = ProcedureEffect.remember(list, of: store)
            if items.areGone(from: list) { return [remembering] + succeed() }
            guard !isOutOfPatience else {
                return [remembering] + giveUp()
            }
            state = .pausing
            return [remembering, .arm(.poll, after: Self.pause)]
        }
    }

    private mutating func answer(_ request: SIPMessage, in key: TransactionKey) -> [ProcedureEffect] {
        guard request.method == .notify else { return [.respond(fields.response(481, to: request), to: key)] }
        guard (try? request.event())?.package.lowercased() == "refer" else {
            return [.respond(fields.response(489, to: request), to: key)]
        }
        var effects: [ProcedureEffect] = [.respond(fields.response(200, to: request), to: key)]
        if (try? request.subscriptionState())?.isTerminated == true { isSubscriptionOver = true }
        let status = (try? SIPFragment(parsing: request.body))?.statusCode ?? 0
        switch state {
        case .referring, .verifying, .pausing:
            if status >= 300 { effects += fail("The server notifies of a \(status)") }
        case .told:
            if isSubscriptionOver { effects.append(.finish) }
        case .looking: break
        }
        return effects
    }

    /// The list still shows what was to be deleted: its user goes on, and only the one who purges cannot begin so.
    private mutating func giveUp() -> [ProcedureEffect] {
        let reason = "The list still shows what was to be deleted"
        guard purpose == .delete else { return fail(reason) }
        return [.report(.protocolTrouble(reason))] + succeed()
    }

    private mutating func succeed() -> [ProcedureEffect] {
        conclude(purpose == .delete ? .deleted(store) : .purged(store))
    }

    private mutating func fail(_ reason: String) -> [ProcedureEffect] {
        conclude(purpose == .delete ? .deletionFailed(store, reason: reason) : .purgeFailed(store, reason: reason))
    }

    /// Tells the outcome, and stays for the notifications that may still come.
    private mutating func conclude(_ report: ClientReport) -> [ProcedureEffect] {
        state = .told
        guard !isSubscriptionOver else { return [.report(report), .finish] }
        return [.disarm(.poll), .report(report), .arm(.giveUp, after: linger)]
    }
}

extension StoredItems {
    fileprivate func areGone(from list: StoredItemList) -> Bool {
        switch self {
        case .all: list.items.isEmpty
        case .references(let references): references.allSatisfy { list.item($0) == nil }
        }
    }
}
