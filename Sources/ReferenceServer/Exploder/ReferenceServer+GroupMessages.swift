import Bytes
import MessageBodies
import SIPSyntax
import SIPTransactions

/// MESSAGE requests to several recipients.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.3
extension ReferenceServer {
    /// The group with this identity, if there is one.
    func group(at uri: String) -> GroupDocument? {
        guard let content = xdms.groupDocument(at: uri) else { return nil }
        return try? GroupDocument(parsing: content)
    }

    /// A MESSAGE to the conference factory or the exploder.
    mutating func explode(listIn request: SIPMessage, _ key: TransactionKey, from sender: Originator) {
        do throws(Refusal) {
            explode(try Exploder(policy: configuration.policy).message(toListIn: request, from: sender), key)
        } catch {
            refuse(error, key)
        }
    }

    /// A MESSAGE to a pre-defined group.
    mutating func explode(
        _ request: SIPMessage, _ key: TransactionKey, to group: GroupDocument, at uri: String, from sender: Originator
    ) {
        do throws(Refusal) {
            let exploder = Exploder(policy: configuration.policy)
            explode(try exploder.message(request, to: group, at: uri, from: sender), key)
        } catch {
            refuse(error, key)
        }
    }

    /// Tells the sender that his message goes out, and sends each recipient a copy of his own.
    private mutating func explode(_ message: GroupMessage, _ key: TransactionKey) {
        accept(faults.groupPageStatus, .client(key))
        let id = nextSerial()
        gatherReports(on: message, id)
        for (index, recipient) in faults.addressed(message.recipients, from: message.sender.user).enumerated() {
            let identifiers = GroupMessage.Identifiers(tag: newTag(), callID: generator.token(length: 20))
            let copy = faults.altered(message.copy(for: recipient, identifiers), of: message)
            send(copy, from: message.identity, for: .copy(of: id, recipient: index))
        }
    }

    /// Sends a MESSAGE of the server itself: through the terminating function, if it goes to a user of this server.
    mutating func send(_ message: SIPMessage, from identity: Originator, for errand: PageErrand) {
        guard let uri = message.sipRequestURI else { return noteOutcome(404, of: errand) }
        guard proxy.isHome(uri) else {
            return send(message, for: .page(errand), sender: contact(of: identity.user))
        }
        let request = IMRequest(
            kind: .pager, message: message, originator: identity, recipient: uri.userAddress)
        // A recipient that is a group or a function would have messages multiply.
        guard ServiceFunction(uri, in: configuration.domain) == nil, group(at: request.recipient) == nil else {
            return noteOutcome(404, of: errand)
        }
        terminate(request, for: .function(errand))
    }

    // MARK: Delivery reports

    private mutating func gatherReports(on message: GroupMessage, _ id: Int) {
        let cpim = message.contentType.flatMap { type in
            ContentType(parsing: type)?.essence == "message/cpim" ? try? CPIMMessage(parsing: message.body) : nil
        }
        guard aggregatedMessages.count < configuration.limits.aggregatedMessages,
            let (aggregation, effects) = ReportAggregation.begin(
                for: cpim?.imdnRequest, sentAt: cpim?.dateTime, to: message.recipients,
                within: configuration.policy.reportAggregation)
        else { return }
        let reporter =
            switch message.audience {
            case .list: ServiceFunction.exploder.uri(in: configuration.domain)
            case .group(let uri): uri
            }
        let aggregated = AggregatedMessage(
            sender: message.sender.user, reporter: reporter, recipients: message.recipients.map(\.canonicalURI),
            aggregation: aggregation)
        aggregatedMessages[id] = aggregated
        aggregationsByMessage[aggregated.key] = id
        perform(effects, ofAggregation: id)
    }

    /// What has come of one copy.
    mutating func noteOutcome(_ status: Int, of recipient: Int, inGroupMessage id: Int) {
        handle(.outcome(status, recipient: recipient), inAggregation: id)
    }

    /// Keeps a notification that is to be told together with others.
    ///
    /// - Returns: Whether that has been done; otherwise the notification goes on like any message.
    mutating func absorb(_ request: IMRequest) -> Bool {
        guard let report = request.message.notification, case .delivery = report.notification,
            let reporter = request.originator?.user,
            let id = aggregationsByMessage[.init(sender: request.recipient, messageID: report.messageID)],
            let aggregated = aggregatedMessages[id], aggregated.aggregation.state == .gathering,
            let recipient = aggregated.recipients.firstIndex(of: reporter)
        else { return false }
        handle(.report(report, recipient: recipient), inAggregation: id)
        return true
    }

    mutating func handle(_ event: ReportAggregation.Event, inAggregation id: Int) {
        guard let effects = aggregatedMessages[id]?.aggregation.handle(event) else { return }
        perform(effects, ofAggregation: id)
    }

    private mutating func perform(_ effects: [ReportAggregation.Effect], ofAggregation id: Int) {
        for effect in effects {
            switch effect {
            case .arm(let delay): arm(.reportAggregation(id), after: delay)
            case .disarm: disarm(.reportAggregation(id))
            case .send(let notifications):
                if let message = aggregatedMessages[id] {
                    report(notifications, by: message.reporter, to: message.sender)
                }
            case .end:
                guard let message = aggregatedMessages.removeValue(forKey: id) else { continue }
                if aggregationsByMessage[message.key] == id { aggregationsByMessage[message.key] = nil }
            }
        }
    }

    /// Tells the sender of a message what became of it.
    mutating func report(_ notifications: [IMDN], by reporter: String, to sender: String) {
        let report = DeliveryReport(
            notifications: notifications, reporter: reporter, sender: sender, dateTime: SIPDate(now).dateTime)
        let identifiers = DeliveryReport.Identifiers(
            tag: newTag(), callID: generator.token(length: 20), messageID: generator.token(length: 16))
        send(report.message(identifiers), from: Originator(user: reporter), for: .notice(nextSerial()))
    }
}
