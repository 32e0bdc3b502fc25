import Conformance
import HTTPSyntax
import MSRP
import Network
import SIPSyntax

/// What the bytes of a message are.
enum MessageContent: Sendable {
    case sip(SIPMessage)
    case msrp(MSRPMessage)
    case http(HTTPMessage)
    /// Bytes that are no message of a known protocol; the reason says what failed and where.
    case unreadable(protocolName: String, reason: String)
    /// The beginning of a message, or bytes behind a gap; nobody's fault as far as the trace shows.
    case incomplete(protocolName: String)

    /// The bytes of a piece and what they are.
    static func reading(_ piece: StreamDissector.Piece) -> (bytes: [UInt8], content: Self) {
        switch piece {
        case .sip(let bytes):
            do throws(SIPSyntaxError) {
                return (bytes, .sip(try SIPMessage(parsing: bytes)))
            } catch {
                let reason = "\(error.rule.rawValue) at byte \(error.offset)"
                return (bytes, .unreadable(protocolName: "SIP", reason: reason))
            }
        case .msrp(let bytes):
            do throws(MSRPSyntaxError) {
                return (bytes, .msrp(try MSRPMessage(parsing: bytes)))
            } catch {
                let reason = "\(error.rule.rawValue) at byte \(error.offset)"
                return (bytes, .unreadable(protocolName: "MSRP", reason: reason))
            }
        case .http(let bytes):
            do throws(HTTPSyntaxError) {
                return (bytes, .http(try HTTPMessage(parsing: bytes)))
            } catch {
                let reason = "\(error.rule.rawValue) at byte \(error.offset)"
                return (bytes, .unreadable(protocolName: "HTTP", reason: reason))
            }
        case .unreadable(let bytes, let protocolName, let reason):
            return (bytes, .unreadable(protocolName: protocolName, reason: reason))
        case .incomplete(let bytes, let protocolName):
            return (bytes, .incomplete(protocolName: protocolName))
        case .more(let bytes):
            return (bytes, .incomplete(protocolName: "TCP"))
        }
    }

    /// The content type and the body as the message has them; the body is empty where there is none.
    var body: (contentType: String?, bytes: [UInt8]) {
        switch self {
        case .sip(let message): (message.first(.contentType), message.body)
        case .msrp(let message): (message.contentType, message.body ?? [])
        case .http(let message): (message.first(.contentType), message.content)
        case .unreadable, .incomplete: (nil, [])
        }
    }

    func flaws(over transport: TransportProtocol) -> [Flaw] {
        switch self {
        case .sip(let message): Flaw.flaws(of: message, over: transport)
        case .msrp(let message): Flaw.flaws(of: message)
        case .http(let message): Flaw.flaws(of: message)
        case .unreadable, .incomplete: []
        }
    }
}
