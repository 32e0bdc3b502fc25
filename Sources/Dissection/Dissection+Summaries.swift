package import Conformance
import HTTPSyntax
import MSRP
import SIPSyntax

extension Dissection {
    /// The messages as reports show them.
    package var summaries: [MessageSummary] { messages.map(\.summary) }
}

extension DissectedMessage {
    package var summary: MessageSummary {
        MessageSummary(
            reference: reference, time: time, source: source, destination: destination, sender: sender,
            receiver: receiver, protocolName: protocolName, transport: transport, label: label, bytes: bytes,
            step: step)
    }

    package var protocolName: String {
        switch content {
        case .sip: "SIP"
        case .msrp: "MSRP"
        case .http: "HTTP"
        case .unreadable(let protocolName, _), .incomplete(let protocolName): protocolName
        }
    }

    /// The message in one line: `INVITE sip:bob@…`, `200 OK (INVITE)`, `SEND “Hello B”`.
    package var label: String {
        switch content {
        case .sip(let message):
            switch message.startLine {
            case .request(let method, let uri): return "\(method.name) \(uri)"
            case .response(let status, let reason):
                let method = sipSummary?.method ?? ""
                return "\(status) \(reason)" + (method.isEmpty ? "" : " (\(method))")
            }
        case .msrp(let message):
            switch message.startLine {
            case .request(let method):
                let text = payload.map { " “\($0.beginning)”" } ?? ""
                let range = message.byteRange.map { " \($0.description)" } ?? ""
                return "\(method)\(text)\(range) \(Character(Unicode.Scalar(message.continuation.rawValue)))"
            case .response(let status, let comment):
                return [String(status), comment].compactMap(\.self).joined(separator: " ")
            }
        case .http(let message):
            switch message.startLine {
            case .request(let method, let target): return "\(method) \(target)"
            case .response(let status, let reason):
                return [String(status), reason].compactMap(\.self).joined(separator: " ")
            }
        case .unreadable(_, let reason): return "unreadable: \(reason)"
        case .incomplete: return "incomplete: \(bytes.count) bytes"
        }
    }
}
