import Bytes
import Conformance
import Network

/// The words in which a contradiction about a flow is put.
struct WitnessWords {
    private let actor: String
    private let path: String
    private let verb: String

    init(_ view: FlowView, _ cast: Cast) {
        func name(_ address: SocketAddress) -> String {
            cast.party(at: address.address).map { "\($0.name) (\(address))" } ?? address.description
        }
        path = "from \(name(view.flow.source)) to \(name(view.flow.destination))"
        let end = view.witness == .sender ? view.flow.source : view.flow.destination
        actor = cast.party(at: end.address)?.name.description ?? end.description
        verb = view.witness == .sender ? "sent" : "received"
    }

    func absent(_ bytes: [UInt8]) -> String {
        "\(actor) \(verb) a datagram \(path) that is not on the wire: \(Self.quote(bytes))."
    }

    func unknown(_ sighting: Sighting) -> String {
        "Packet \(sighting.packet) is a datagram \(path) that \(actor) has not \(verb): \(Self.quote(sighting.bytes))."
    }

    func altered(_ bytes: [UInt8], _ sighting: Sighting) -> String {
        let place = zip(bytes, sighting.bytes).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? 0
        return "Packet \(sighting.packet) \(path) differs from the datagram that \(actor) \(verb) "
            + "from byte \(place + 1) on: \(Self.quote(bytes))."
    }

    var disorder: String { "The datagrams \(path) are in another order on the wire than \(actor) \(verb) them." }

    func differs(at place: Int) -> String {
        "The stream \(path) differs from byte \(place + 1) on between the wire and what \(actor) \(verb)."
    }

    func lacks(_ count: Int, at place: Int) -> String {
        "The wire lacks \(count) bytes of the stream \(path) from byte \(place + 1) on, which \(actor) \(verb)."
    }

    func exceeds(_ count: Int, at place: Int) -> String {
        "The wire shows \(count) bytes of the stream \(path) from byte \(place + 1) on that \(actor) has not \(verb)."
    }

    /// The first line of the bytes, so that people recognise the message.
    private static func quote(_ bytes: [UInt8]) -> String {
        let line = bytes.prefix { $0 != .carriageReturn && $0 != .lineFeed }.prefix(60)
        let isText = line.allSatisfy { $0.isVisible || $0.isWhitespace } && !line.isEmpty
        return isText ? "“\(line.text)”" : "\(bytes.count) bytes"
    }
}
