import Bytes
import Conformance
import Network

extension RunFile {
    /// A message, with its bytes as `text` where they are UTF-8 and as `base64` beside a lossy `text` where not.
    static func json(of message: MessageSummary) -> JSONValue {
        let text = String(validating: message.bytes, as: UTF8.self)
        return .object(of: [
            "message": .integer(message.reference.message),
            "packet": message.reference.packet.map { .integer($0) },
            "time": .string(message.time.timestamp),
            "source": .string(message.source.description),
            "destination": .string(message.destination.description),
            "sender": message.sender.map { .string($0.description) },
            "receiver": message.receiver.map { .string($0.description) },
            "protocol": .string(message.protocolName),
            "transport": .string(message.transport.rawValue),
            "label": .string(message.label),
            "step": message.step.map { .string($0) },
            "base64": text == nil ? .string(Base64.text(of: message.bytes)) : nil,
            "text": .string(text ?? String(decoding: message.bytes, as: UTF8.self)),
        ])
    }

    static func message(_ reader: JSONReader) throws(RunFileError) -> MessageSummary {
        MessageSummary(
            reference: try reference(reader), time: try instant(reader.member("time")),
            source: try address(reader.member("source")), destination: try address(reader.member("destination")),
            sender: try reader.optionalString("sender").map { PartyName($0) },
            receiver: try reader.optionalString("receiver").map { PartyName($0) },
            protocolName: try reader.string("protocol"), transport: try reader.member("transport").choice(),
            label: try reader.string("label"), bytes: try bytes(reader), step: try reader.optionalString("step"))
    }

    private static func bytes(_ reader: JSONReader) throws(RunFileError) -> [UInt8] {
        guard let encoded = try reader.optional("base64") else { return Array(try reader.string("text").utf8) }
        guard let bytes = Base64.bytes(of: try encoded.string()) else { throw encoded.error("Not base64") }
        return bytes
    }

    private static func address(_ reader: JSONReader) throws(RunFileError) -> SocketAddress {
        let text = try reader.string()
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw reader.error("An address and a port expected")
        }
        guard let address = IPAddress(host: String(text[..<colon])) else { throw reader.error("Not an IP address") }
        return SocketAddress(address, port: port)
    }
}
