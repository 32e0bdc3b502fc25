package import Conformance
import Network

/// The messages of a case between the lifelines of its parties, as both the drawing and the text of a ladder show them.
package struct Ladder: Sendable {
    package struct Lifeline: Equatable, Sendable {
        package var name: String
        /// The IM Address, or the addresses of a party without one.
        package var detail: String
        package var role: Role?
    }

    package struct Row: Sendable {
        package var message: MessageSummary
        package var from: Int
        package var to: Int
        /// The time since the first message.
        package var offset: Duration
        /// The time since the message before, where it is long enough to be shown.
        package var pause: Duration?
        /// The gravest of the findings that cite the message, other than passes.
        package var mark: Mark?
        /// The findings that cite the message, other than passes, by their position in the result.
        package var citations: [Int]
    }

    package let lifelines: [Lifeline]
    package let rows: [Row]

    package init(_ result: CaseResult) {
        let lifelines = Self.lifelines(of: result)
        let indices = Dictionary(lifelines.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        let citations = Self.citations(in: result)
        let start = result.messages.first?.time
        var previous: Instant?
        var rows: [Row] = []
        for message in result.messages {
            let cited = citations[message.reference.message] ?? []
            let pause = previous.map { message.time - $0 }
            rows.append(
                Row(
                    message: message, from: indices[message.from] ?? 0, to: indices[message.to] ?? 0,
                    offset: start.map { message.time - $0 } ?? .zero,
                    pause: pause.flatMap { $0 >= .seconds(1) ? $0 : nil },
                    mark: cited.map { result.findings[$0].mark }.max { $0.gravity < $1.gravity }, citations: cited))
            previous = message.time
        }
        self.lifelines = lifelines
        self.rows = rows
    }

    /// The clients in their order with the servers in the middle, then strangers in the order of their appearance.
    private static func lifelines(of result: CaseResult) -> [Lifeline] {
        func lifeline(_ party: Party) -> Lifeline {
            Lifeline(
                name: party.name.description,
                detail: party.imAddress ?? party.addresses.map(\.description).joined(separator: ", "), role: party.role)
        }
        let clients = result.cast.clients.sorted { $0.name < $1.name }.map(lifeline)
        let servers = result.cast.parties.filter { $0.role == .server }.map(lifeline)
        let half = (clients.count + 1) / 2
        var lifelines = clients.prefix(half) + servers + clients.dropFirst(half)
        var names = Set(lifelines.map(\.name))
        for message in result.messages {
            for (name, address) in [
                (message.from, message.source.address), (message.to, message.destination.address),
            ] where names.insert(name).inserted {
                let detail = name == address.description ? "not in the cast" : address.description
                lifelines.append(Lifeline(name: name, detail: detail, role: nil))
            }
        }
        return Array(lifelines)
    }

    private static func citations(in result: CaseResult) -> [Int: [Int]] {
        var citations: [Int: [Int]] = [:]
        for (index, finding) in result.findings.enumerated() where finding.mark != .pass {
            for number in Set(finding.evidence.map(\.message)) { citations[number, default: []].append(index) }
        }
        return citations
    }
}

extension Ladder.Row {
    /// Whether the message is a response, whose label begins with its status.
    package var isResponse: Bool { message.label.utf8.first.map { (0x30...0x39).contains($0) } ?? false }

    /// The time since the first message, such as `+0.012 s`.
    package var offsetText: String { "+\(offset.seconds) s" }
}
