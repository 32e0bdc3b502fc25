package import SIPSyntax

/// One subscription as its subscriber keeps it, from the request that asks for it to the last NOTIFY.
///
/// RFC 6665 §4.1, and RFC 3515 §2.4.4 for those that a REFER creates
package struct Subscriber: Sendable {
    /// The states of RFC 6665 §4.1.2 Figure 1, and the wait for the NOTIFY that ends what this side has given up.
    package enum State: Hashable, Sendable {
        case notifyWait
        case pending
        case active
        /// This side wants no more; until the SUBSCRIBE that says so can be sent, it is only intended.
        case ending(Farewell)
        case terminated
    }

    package enum Farewell: Hashable, Sendable {
        /// There is no dialog yet in which it could be said.
        case intended
        case sent
    }

    package enum Timer: Hashable, Sendable {
        /// The wait for a NOTIFY after each SUBSCRIBE: Timer N.
        case notify
        case refresh
        /// The subscription has not been refreshed in time.
        case expiry
    }

    package enum Event: Sendable {
        /// A response to the latest SUBSCRIBE, or to the REFER.
        case response(SIPMessage)
        /// The latest SUBSCRIBE, or the REFER, has come to nothing; 408 and 503 stand for the reason.
        case failed(status: Int)
        case notify(SIPMessage)
        case timer(Timer)
        /// The state is wanted in full.
        case refresh
        /// No more is wanted.
        case unsubscribe
    }

    package enum Effect: Equatable, Sendable {
        case send(SIPMessage)
        /// Answer the NOTIFY with this status.
        case answer(Int)
        /// The NOTIFY tells something.
        case notified(SIPMessage, SubscriptionState)
        case arm(Timer, after: Duration)
        case cancel(Timer)
        case ended(Ending)
    }

    /// How a subscription ends, or why there is none.
    package enum Ending: Hashable, Sendable {
        /// The notifier says so, with the reason that it gives.
        case terminated(reason: String?)
        case refused(status: Int)
        /// The REFER was accepted without a subscription.
        ///
        /// RFC 4488 §4
        case notCreated
        /// No NOTIFY has come in time.
        case unnotified
        case expired
    }

    package private(set) var state = State.notifyWait
    /// The SUBSCRIBE or REFER that asks for the subscription.
    package private(set) var request: SIPMessage
    /// The dialog that the first NOTIFY has created, or a success response before it.
    package private(set) var dialog: Dialog?

    private let event: EventType
    private var interval: Int
    /// How long a NOTIFY may take: 64 × T1.
    private let patience: Duration

    /// Asks for a subscription by this SUBSCRIBE or REFER, which has no Via.
    ///
    /// - Returns: nil for a request that asks for none.
    package static func begin(_ request: SIPMessage, patience: Duration) -> (Subscriber, [Effect])? {
        let isReferral = request.method == .refer
        guard let event = isReferral ? EventType("refer") : (try? request.event()) ?? nil else { return nil }
        let subscriber = Subscriber(
            request: request, event: event, interval: (try? request.expires()) ?? 3600, patience: patience)
        return (subscriber, [.send(request), .arm(.notify, after: patience)])
    }

    private init(request: SIPMessage, event: EventType, interval: Int, patience: Duration) {
        self.request = request
        self.event = event
        self.interval = interval
        self.patience = patience
    }

    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.notifyWait, .response(let response)), (.pending, .response(let response)),
            (.active, .response(let response)), (.ending, .response(let response)):
            return take(response)
        case (.notifyWait, .failed(let status)), (.ending, .failed(let status)):
            return end(.refused(status: status))
        case (.pending, .failed(408)), (.active, .failed(408)):
            return end(.refused(status: 408))
        case (.pending, .failed), (.active, .failed):
            // §4.1.2.2: what was granted before holds until it is over.
            return [.cancel(.notify)]

        case (.notifyWait, .notify(let notify)), (.pending, .notify(let notify)), (.active, .notify(let notify)),
            (.ending, .notify(let notify)):
            return take(notify: notify)
        case (.terminated, .notify):
            return [.answer(481)]

        case (.notifyWait, .timer(.notify)), (.pending, .timer(.notify)), (.active, .timer(.notify)),
            (.ending, .timer(.notify)):
            return end(.unnotified)
        case (.pending, .timer(.refresh)), (.active, .timer(.refresh)), (.pending, .refresh), (.active, .refresh):
            return subscribe(for: interval)
        case (.pending, .timer(.expiry)), (.active, .timer(.expiry)), (.ending, .timer(.expiry)):
            return end(.expired)

        case (.notifyWait, .unsubscribe), (.pending, .unsubscribe), (.active, .unsubscribe):
            state = .ending(.intended)
            return [.cancel(.refresh)] + sayFarewell()
        case (.notifyWait, .timer(.refresh)), (.notifyWait, .timer(.expiry)), (.notifyWait, .refresh),
            (.ending, .timer(.refresh)), (.ending, .refresh), (.ending, .unsubscribe), (.terminated, _):
            return []
        }
    }

    // MARK: Responses

    private mutating func take(_ response: SIPMessage) -> [Effect] {
        guard let status = response.status, status >= 200 else { return [] }
        switch status {
        case 200...299:
            if request.method == .refer, (try? response.referSub())??.createsSubscription == false {
                return end(.notCreated)
            }
            if dialog == nil { dialog = Dialog(client: request, response: response) } else { dialog?.receive(response) }
            if let granted = (try? response.expires()) ?? nil { interval = granted }
            return schedule() + sayFarewell()
        case 423 where (response.minExpires ?? 0) > interval && state != .ending(.sent):
            interval = response.minExpires ?? interval
            return subscribe(for: interval)
        default:
            dialog?.receive(response)
            switch state {
            case .notifyWait, .ending: return end(.refused(status: status))
            case .pending, .active:
                return Self.isFatal(status) ? end(.refused(status: status)) : [.cancel(.notify)]
            case .terminated: return []
            }
        }
    }

    /// Whether a response to a refresh says that there is no subscription any more.
    ///
    /// RFC 6665 §4.1.2.2
    private static func isFatal(_ status: Int) -> Bool {
        [404, 405, 408, 410, 416, 489, 501, 604].contains(status) || (480...485).contains(status)
    }

    // MARK: Notifications

    private mutating func take(notify: SIPMessage) -> [Effect] {
        switch admit(notify) {
        case .foreign: return [.answer(481)]
        case .repeated, .outOfOrder: return [.answer(500)]
        case .inOrder: break
        }
        guard let said = (try? notify.event()) ?? nil, said.package == event.package else { return [.answer(489)] }
        guard let standing = (try? notify.subscriptionState()) ?? nil else { return [.answer(400)] }
        if let left = standing.expires { interval = left }
        let told: [Effect] = [.answer(200), .notified(notify, standing)]
        guard !standing.isTerminated else { return told + end(.terminated(reason: standing.reason)) }
        switch state {
        case .notifyWait, .pending, .active:
            state = standing.state.lowercased() == "pending" ? .pending : .active
            return told + [.cancel(.notify)] + schedule()
        case .ending:
            return told + sayFarewell()
        case .terminated:
            return [.answer(481)]
        }
    }

    /// What the dialog makes of a NOTIFY, which creates it where it comes before the response.
    ///
    /// RFC 6665 §4.1.2.4 and §4.4.1
    private mutating func admit(_ notify: SIPMessage) -> Dialog.Admission {
        if dialog != nil { return dialog?.accepts(notify) ?? .foreign }
        guard notify.callID == request.callID, let tag = (try? request.from())?.tag,
            (try? notify.to())?.tag == tag, var dialog = Dialog(server: notify, localTag: tag)
        else { return .foreign }
        dialog.localSequence = (try? request.cSeq())?.number
        self.dialog = dialog
        return .inOrder
    }

    // MARK: The life of the subscription

    /// Ten minutes before the end of a long subscription, half-way through a short one; a REFER's is not prolonged.
    private func schedule() -> [Effect] {
        guard request.method == .subscribe, state != .ending(.sent), state != .ending(.intended) else { return [] }
        let seconds = min(max(interval, 1), 10_000_000)
        let refresh = seconds > 1200 ? Duration.seconds(seconds - 600) : .milliseconds(seconds * 500)
        return [.arm(.refresh, after: refresh), .arm(.expiry, after: .seconds(seconds))]
    }

    /// Sends a SUBSCRIBE, in the dialog where there is one.
    private mutating func subscribe(for seconds: Int) -> [Effect] {
        let repeated: Set<SIPFieldName> = [.accept, .contact, .userAgent, .supported, .privacy]
        let said = request.fields.filter { repeated.contains($0.name) }
        let fields = [SIPField(.event, event.description), SIPField(.expires, String(seconds))] + said
        guard let next = dialog?.request(.subscribe, fields: fields) else {
            request.set(.expires, String(seconds))
            let number = ((try? request.cSeq())?.number ?? 1) + 1
            request.set(.cSeq, "\(number) \(request.method?.name ?? "")")
            return [.send(request), .arm(.notify, after: patience)]
        }
        return [.send(next), .arm(.notify, after: patience)]
    }

    /// Ends the subscription by a SUBSCRIBE for no time, once it is intended and can be said.
    ///
    /// RFC 6665 §4.1.2.3
    private mutating func sayFarewell() -> [Effect] {
        guard state == .ending(.intended), dialog != nil else { return [] }
        state = .ending(.sent)
        return subscribe(for: 0)
    }

    private mutating func end(_ ending: Ending) -> [Effect] {
        state = .terminated
        return [.cancel(.notify), .cancel(.refresh), .cancel(.expiry), .ended(ending)]
    }
}

extension SIPMessage {
    /// RFC 3261 §20.23.
    fileprivate var minExpires: Int? { (try? number(.minExpires, .deltaSeconds)) ?? nil }
}
