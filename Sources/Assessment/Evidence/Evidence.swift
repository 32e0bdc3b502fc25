import Conformance
import Dissection
import Network

/// A dissected trace with the questions that every judgment asks of it.
struct Evidence {
    let dissection: Dissection
    /// How long nothing must have come, in the absence of a fence, until an absence counts as shown.
    let quietWindow: Duration
    /// The texts that the steps of the test case send.
    let texts: Set<String>
    /// Those of them that they send outside a session.
    let pages: Set<String>
    /// The bytes of the contents that they send.
    let media: Set<[UInt8]>
    /// The steps of the procedure that put something on the wire, by their numbers.
    let steps: Set<Int>
    /// What clients did that could make the server send something, in the order of the trace.
    let stimuli: [Stimulus]
    /// The SIP messages of each dialog, by number, in the order of the trace.
    let dialogs: [DialogName: [Int]]
    /// The SIP messages of each Call-ID, likewise.
    let calls: [String: [Int]]
    /// The messages that are the same but for the hop, by number, in the order of the trace.
    let passages: [Passage: [Int]]
    /// The descriptions of each MSRP path, by the URI of its last hop.
    let descriptions: [MSRPAddress: [PathDescription]]
    /// The contents of each Message-ID or Call-ID, in the order of the trace.
    private let contents: [String: [InstantMessage]]
    /// The MESSAGE requests that the server sends, by their bodies.
    let pagesOnward: [[UInt8]: [Int]]
    let losses: Losses
    /// The paths by which MSRP requests must go.
    let paths: DescribedPaths
    let participants: Participants
    /// The messages that break rules; none before the rules were asked.
    var offenses = Offenses()
    private let superseded: Set<Int>

    init(
        _ dissection: Dissection, quietWindow: Duration, texts: Set<String> = [], pages: Set<String> = [],
        media: Set<[UInt8]> = [],
        steps: Set<Int> = []
    ) {
        self.dissection = dissection
        self.quietWindow = quietWindow
        self.texts = texts
        self.pages = pages
        self.media = media
        self.steps = steps
        participants = Participants(dissection)
        stimuli = Stimulus.all(in: dissection)
        descriptions = Dictionary(grouping: dissection.descriptions) { $0.path[$0.path.count - 1] }
        contents = Dictionary(grouping: dissection.instantMessages, by: \.id)
        pagesOnward = Dictionary(
            grouping: dissection.messages.filter { $0.isSIP && $0.sender == .server && $0.requestMethod == "MESSAGE" },
            by: \.body
        ).mapValues { $0.map(\.number) }
        losses = Losses(dissection)
        paths = DescribedPaths(dissection)
        superseded = Self.superseded(in: dissection)
        var dialogs: [DialogName: [Int]] = [:]
        var calls: [String: [Int]] = [:]
        var passages: [Passage: [Int]] = [:]
        for message in dissection.messages where message.sipSummary != nil || message.isMSRP {
            if let summary = message.sipSummary {
                dialogs[summary.dialog, default: []].append(message.number)
                calls[summary.callID, default: []].append(message.number)
            }
            passages[Passage(message), default: []].append(message.number)
        }
        self.dialogs = dialogs
        self.calls = calls
        self.passages = passages
    }

    var messages: [DissectedMessage] { dissection.messages }
    var cast: Cast { dissection.trace.cast }
    var end: Instant { dissection.trace.end }

    /// The contents with this Message-ID or Call-ID, in the order of the trace.
    func contents(withID id: String) -> [InstantMessage] { contents[id] ?? [] }

    /// The requests of a method that open something: outside any dialog, each once.
    ///
    /// A request that was refused and sent again with what was missing, such as credentials, is one with the later
    /// attempt (RFC 3261 §8.1.3.5), and so is one that a proxy has forked to several contacts (§16.6).
    func openingRequests(_ method: String, _ direction: MessageSelector.Direction, at party: PartyName)
        -> [DissectedMessage]
    {
        let all = messages.filter { message in
            message.isSIP && message.requestMethod == method && message.repeats == nil
                && message.wasSeen(direction, at: party) && message.isOutsideDialog && !isSuperseded(message.number)
        }
        return all.enumerated().filter { index, message in !all[..<index].contains { message.isFork(of: $0) } }
            .map(\.element)
    }

    /// Whether the client itself sends requests in the name of that user.
    func claims(_ identity: String?, _ client: PartyName) -> Bool {
        identity != nil
            && messages.contains { message in
                message.sender == client && message.responseStatus == nil && message.isOutsideDialog
                    && message.identity == identity
            }
    }

    /// Whether the last REGISTER that the server accepted from the client, by that place in the trace, registers it
    /// for the service; nil where there is none.
    func isInService(_ client: PartyName, at number: Int = .max) -> Bool? {
        guard let register = registrations(of: client, before: number).last else { return nil }
        return register.hasServiceTag && !register.isDeregistration
    }

    /// Whether the client, by that place in the trace, has been registered for the service and is so no more.
    func hasLoggedOut(_ client: PartyName, at number: Int) -> Bool {
        let registers = registrations(of: client, before: number)
        guard let last = registers.last, last.isDeregistration else { return false }
        return registers.last { !$0.isDeregistration }?.hasServiceTag ?? false
    }

    /// The REGISTERs that the server has accepted from the client.
    private func registrations(of client: PartyName, before number: Int) -> [DissectedMessage] {
        messages.filter { message in
            message.number < number && message.receiver == client && isSuccess(message, to: "REGISTER")
        }.compactMap { dissection.request(of: $0) }
    }

    /// Every message that the selector means.
    func messages(matching selector: MessageSelector) -> [DissectedMessage] {
        dissection.messages(matching: selector)
    }

    /// Whether a later attempt has taken the place of this request.
    func isSuperseded(_ request: Int) -> Bool { superseded.contains(request) }

    /// The requests that were refused and then made again by the same client with the same Call-ID and a higher CSeq.
    private static func superseded(in dissection: Dissection) -> Set<Int> {
        struct Attempt: Hashable {
            var sender: PartyName?
            var receiver: PartyName?
            var callID: String
            var tags: [String?]
            var method: String
        }
        var latest: [Attempt: Int] = [:]
        var superseded: Set<Int> = []
        for message in dissection.messages where message.repeats == nil && message.responseStatus == nil {
            guard let summary = message.sipSummary else { continue }
            let attempt = Attempt(
                sender: message.sender, receiver: message.receiver, callID: summary.callID,
                tags: [summary.fromTag, summary.toTag], method: summary.method)
            if let earlier = latest[attempt] {
                let final = dissection.responses(to: dissection[earlier]).first(where: \.isFinal)
                let isNewer = (summary.sequence ?? 0) > (dissection[earlier].sipSummary?.sequence ?? 0)
                if let final, !final.isSuccess, final.number < message.number, isNewer { superseded.insert(earlier) }
            }
            latest[attempt] = message.number
        }
        return superseded
    }
}

extension DissectedMessage {
    /// Whether both are branches of one request that a proxy has sent to several contacts.
    fileprivate func isFork(of other: DissectedMessage) -> Bool {
        guard let mine = sipSummary, let theirs = other.sipSummary else { return false }
        return mine.callID == theirs.callID && mine.fromTag == theirs.fromTag && mine.sequence == theirs.sequence
            && (destination != other.destination || values(of: "Request-URI") != other.values(of: "Request-URI"))
    }
}

/// The numbers of messages in words, such as `messages #3, #5, #9`.
func inWords(_ messages: [DissectedMessage]) -> String {
    guard !messages.isEmpty else { return "no message" }
    let numbers = messages.prefix(6).map { "#\($0.number)" }.joined(separator: ", ")
    return (messages.count == 1 ? "message " : "messages ") + numbers + (messages.count > 6 ? ", …" : "")
}
