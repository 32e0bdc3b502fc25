package import Network

extension Dissection {
    /// An address that sends requests, and in whose name.
    package struct Requester: Hashable, Sendable {
        package var address: IPAddress
        package var imAddress: String
    }

    /// Who registers from where, each once, in the order of the trace; without registrations, who sends requests.
    package var requesters: [Requester] {
        let registrations = requesters(with: ["REGISTER"])
        return registrations.isEmpty ? requesters(with: ["INVITE", "MESSAGE", "PUBLISH", "SUBSCRIBE"]) : registrations
    }

    private func requesters(with methods: Set<String>) -> [Requester] {
        var found: [Requester] = []
        for message in messages where message.isSIP && methods.contains(message.requestMethod ?? "") {
            guard let uri = message.sipSummary?.from else { continue }
            let requester = Requester(address: message.source.address, imAddress: uri)
            if !found.contains(requester) { found.append(requester) }
        }
        return found
    }
}
