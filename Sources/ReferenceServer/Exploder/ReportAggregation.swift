import MessageBodies

/// The delivery reports about one message to several recipients, until its sender has been told.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.3.1.1 step 9 and §8.3.1.2 to §8.3.1.4
struct ReportAggregation {
    enum State: Equatable {
        /// Ts2 runs: what comes is kept.
        case gathering
        /// Ts2 has expired: what comes goes on at once.
        case forwarding
        case ended
    }

    enum Event: Equatable {
        /// The final response to the copy for one recipient.
        case outcome(Int, recipient: Int)
        /// One recipient, or somebody on the way to him, has told what became of his copy.
        case report(IMDN, recipient: Int)
        case timer
    }

    enum Effect: Equatable {
        /// Starts Ts2.
        case arm(after: Duration)
        case disarm
        /// Tells the sender.
        case send([IMDN])
        case end
    }

    let request: IMDNRequest
    /// When the message was sent, as it says itself.
    let dateTime: String?
    /// The URIs of the recipients.
    let recipients: [String]
    private(set) var state = State.gathering

    /// The recipients whose copy has no final response, and those of whom a report is awaited.
    private var unanswered: Set<Int>
    private var unreported: Set<Int>
    private var gathered: [IMDN] = []

    /// Begins to gather the reports that a message asks for; nil when it asks for none.
    static func begin(
        for request: IMDNRequest?, sentAt dateTime: String?, to recipients: [String], within time: Duration
    ) -> (ReportAggregation, [Effect])? {
        guard let request, !request.dispositions.isDisjoint(with: [.positiveDelivery, .negativeDelivery]),
            !recipients.isEmpty
        else { return nil }
        let all = Set(recipients.indices)
        let isPositive = request.dispositions.contains(.positiveDelivery)
        let aggregation = ReportAggregation(
            request: request, dateTime: dateTime, recipients: recipients, unanswered: all,
            unreported: isPositive ? all : [])
        return (aggregation, [.arm(after: time)])
    }

    private init(
        request: IMDNRequest, dateTime: String?, recipients: [String], unanswered: Set<Int>, unreported: Set<Int>
    ) {
        self.request = request
        self.dateTime = dateTime
        self.recipients = recipients
        self.unanswered = unanswered
        self.unreported = unreported
    }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.gathering, .outcome(let status, let recipient)):
            unanswered.remove(recipient)
            gathered += failure(status, recipient)
            return complete()
        case (.gathering, .report(let report, let recipient)):
            gathered.append(report)
            unreported.remove(recipient)
            return complete()
        case (.gathering, .timer):
            state = .forwarding
            return told() + endIfAnswered()

        case (.forwarding, .outcome(let status, let recipient)):
            unanswered.remove(recipient)
            let failures = failure(status, recipient)
            return (failures.isEmpty ? [] : [.send(failures)]) + endIfAnswered()
        case (.forwarding, .report), (.forwarding, .timer), (.ended, _):
            return []
        }
    }

    /// The report that a failed copy is worth, if failures are to be reported.
    ///
    /// §8.3.1.4
    private mutating func failure(_ status: Int, _ recipient: Int) -> [IMDN] {
        guard status >= 300 else { return [] }
        unreported.remove(recipient)
        guard request.dispositions.contains(.negativeDelivery), recipients.indices.contains(recipient) else {
            return []
        }
        return [
            IMDN(
                messageID: request.messageID, dateTime: dateTime, recipientURI: recipients[recipient],
                notification: .delivery(.failed))
        ]
    }

    /// Nothing more is to come.
    private mutating func complete() -> [Effect] {
        guard unanswered.isEmpty, unreported.isEmpty else { return [] }
        state = .ended
        return [.disarm] + told() + [.end]
    }

    private mutating func told() -> [Effect] {
        defer { gathered = [] }
        return gathered.isEmpty ? [] : [.send(gathered)]
    }

    private mutating func endIfAnswered() -> [Effect] {
        guard unanswered.isEmpty else { return [] }
        state = .ended
        return [.end]
    }
}
