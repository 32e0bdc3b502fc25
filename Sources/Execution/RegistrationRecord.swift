import Conformance
import Dissection
import Network

/// The registrations and publications in a stretch of traffic that still hold at its end, as they were seen.
struct RegistrationRecord {
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
        let messages = dissection.messages.filter { ["REGISTER", "PUBLISH"].contains($0.sipSummary?.method ?? "") }
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
        self.entries = openings + kept.map(\.entry)
        self.kept = kept
        self.dissection = dissection
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
    fileprivate var entry: TraceEntry {
        TraceEntry(
            time: time, source: source, destination: destination, witness: .path,
            content: transport == .udp ? .datagram(bytes) : .stream(bytes), step: "preamble")
    }
}

extension TraceEntry {
    fileprivate var ends: Set<SocketAddress> { [source, destination] }
}
