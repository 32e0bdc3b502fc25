import Conformance
import Dissection
import Network

/// The registrations and publications in a stretch of traffic that still hold at its end, as they were seen.
struct RegistrationRecord: Sendable {
    /// What is kept: for each user the last REGISTER that was accepted and the last PUBLISH of settings, with whatever
    /// belongs to their transactions, and what is not answered yet.
    let entries: [TraceEntry]
    private let kept: [DissectedMessage]
    private let dissection: Dissection

    init(_ entries: [TraceEntry]) {
        let trace = Trace(
            testCaseID: nil, cast: Cast([]), datagramsKeepOrder: true, entries: entries,
            end: entries.last?.time ?? Instant(nanoseconds: 0))
        let dissection = Dissection(of: trace)
        let messages = dissection.messages.filter(Self.concerns)
        var last: [Key: DissectedMessage] = [:]
        var open: Set<Int> = []
        for request in messages where request.requestMethod != nil && request.repeats == nil {
            guard let answer = dissection.responses(to: request).first(where: \.isFinal) else {
                open.insert(request.number)
                continue
            }
            guard answer.isSuccess else { continue }
            let key = Key(user: UserAddress(request.sipSummary?.to ?? ""), method: request.sipSummary?.method ?? "")
            if request.isDeregistration {
                last = last.filter { $0.key.user != key.user }
            } else if key.method == "REGISTER" || !request.body.isEmpty {
                last[key] = request
            }
        }
        let kept = messages.filter { message in
            let request = message.answers.map { dissection[$0] } ?? message
            if open.contains(request.repeats ?? request.number) { return true }
            return last.values.contains { $0.isSameAttempt(as: request) }
        }
        let openings = entries.filter { entry in
            entry.content == .opened && kept.contains { Set([$0.source, $0.destination]) == entry.ends }
        }
        self.entries = openings + kept.map(\.asOnlyEntry)
        self.kept = kept
        self.dissection = dissection
    }

    /// Whether the message is of a kind that the record is made of.
    static func concerns(_ message: DissectedMessage) -> Bool {
        ["REGISTER", "PUBLISH"].contains(message.sipSummary?.method ?? "")
    }

    /// What of it is of clients with these addresses.
    func entries(of addresses: Set<IPAddress>) -> [TraceEntry] {
        entries.filter { $0.concerns(addresses) }
    }

    /// From where the user is registered.
    func addresses(of user: String) -> [IPAddress] {
        var addresses: [IPAddress] = []
        for request in accepted("REGISTER", of: user) where !addresses.contains(request.source.address) {
            addresses.append(request.source.address)
        }
        return addresses
    }

    func hasPublished(_ user: String) -> Bool { !accepted("PUBLISH", of: user).isEmpty }

    private func accepted(_ method: String, of user: String) -> [DissectedMessage] {
        kept.filter { message in
            message.requestMethod == method && UserAddress(message.sipSummary?.to ?? "") == UserAddress(user)
                && dissection.responses(to: message).contains(where: \.isSuccess)
        }
    }

    private struct Key: Hashable {
        var user: UserAddress
        var method: String
    }
}

extension DissectedMessage {
    /// Whether the other request of the same call is this one or the challenge before it.
    fileprivate func isSameAttempt(as other: DissectedMessage) -> Bool {
        guard let mine = sipSummary, let theirs = other.sipSummary else { return false }
        let (last, number) = (mine.sequence ?? 0, theirs.sequence ?? 0)
        return mine.callID == theirs.callID && (last - 1...last).contains(number)
    }

    /// The message as the only thing that its datagram or its piece of the stream carried.
    var asOnlyEntry: TraceEntry {
        TraceEntry(
            time: time, source: source, destination: destination, witness: .path,
            content: transport == .udp ? .datagram(bytes) : .stream(bytes), step: "preamble")
    }
}

extension TraceEntry {
    /// Between whom it passes.
    var ends: Set<SocketAddress> { [source, destination] }

    /// Whether one of the ends has one of these addresses.
    func concerns(_ addresses: Set<IPAddress>) -> Bool {
        addresses.contains(source.address) || addresses.contains(destination.address)
    }
}
