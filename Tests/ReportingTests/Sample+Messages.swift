import Conformance
import Network

extension Sample {
    /// What a message of the sample is: who sends it to whom, when, in which step, and its text.
    struct Line {
        var from: String
        var to: String
        var at: Int
        var step: String?
        var label: String
        var bytes: [UInt8]
        var isMSRP = false
    }

    static func messages(_ lines: [Line]) -> [MessageSummary] {
        lines.enumerated().map { index, line in
            MessageSummary(
                reference: reference(index + 1), time: start + .milliseconds(line.at),
                source: address(line.from, isMSRP: line.isMSRP), destination: address(line.to, isMSRP: line.isMSRP),
                sender: name(line.from), receiver: name(line.to),
                protocolName: line.isMSRP ? "MSRP" : line.label.hasPrefix("\\x") ? "TCP" : "SIP",
                transport: line.isMSRP ? .tcp : .udp, label: line.label, bytes: line.bytes, step: line.step)
        }
    }

    private static func name(_ party: String) -> PartyName? { party == "X" ? nil : PartyName(party) }

    private static func address(_ party: String, isMSRP: Bool) -> SocketAddress {
        let last: UInt8 = party == "A" ? 11 : party == "B" ? 12 : party == "X" ? 99 : 1
        return SocketAddress(IPAddress(127, 0, 0, last), port: isMSRP ? 2855 : 5060)
    }

    static func sip(
        _ from: String, _ to: String, _ at: Int, _ step: String?, _ label: String, body: String = ""
    ) -> Line {
        let first = label.utf8.first.map { (0x30...0x39).contains($0) } ?? false
        let line = first ? "SIP/2.0 \(label.prefix { $0 != "(" })" : "\(label) SIP/2.0"
        let text = """
            \(line)
            Via: SIP/2.0/UDP 127.0.0.11:5060;branch=z9hG4bKk3f9a\(at)
            Max-Forwards: 70
            From: "Alice" <sip:alice.k3f9a@home1.example>;tag=9fxced76sl
            To: <sip:bob.k3f9a@home1.example>
            Call-ID: 3848276298220188511@127.0.0.11
            CSeq: 1 INVITE
            Accept-Contact: *;+g.oma.sip-im
            User-Agent: IM-client/OMA1.0 Parley
            Content-Length: \(body.utf8.count)

            \(body)
            """
        return Line(
            from: from, to: to, at: at, step: step, label: label, bytes: Array(text.replacing("\n", with: "\r\n").utf8))
    }

    static func msrp(
        _ from: String, _ to: String, _ at: Int, _ step: String?, _ label: String, body: String? = nil
    ) -> Line {
        let id = "k3f9a\(at)"
        let isResponse = label.hasPrefix("200")
        let payload = body.map { "Content-Type: text/plain\n\n\($0)\n" } ?? ""
        let text = """
            MSRP \(id) \(isResponse ? "200 OK" : "SEND")
            To-Path: msrp://127.0.0.12:2855/kjhd37s2s20w2a;tcp
            From-Path: msrp://127.0.0.11:2855/jshA7weztas;tcp
            Message-ID: 87652491
            Byte-Range: 1-25/25
            \(payload)-------\(id)\(label.contains("+") ? "+" : "$")

            """
        return Line(
            from: from, to: to, at: at, step: step, label: label,
            bytes: Array(text.replacing("\n", with: "\r\n").utf8), isMSRP: true)
    }

    /// Bytes that a peer with bad intentions, or a bad parser, may send.
    static let hostileBytes: [UInt8] =
        Array("MESSAGE sip:bob@home1.example SIP/2.0\r\nSubject: </pre><script>alert('x')</script>\r\n".utf8)
        + Array("X-Color: \u{1B}[31mred\u{1B}[0m \u{202E}txet desrever\u{202C} &amp; \"quoted\"\n".utf8)
        + [0x58, 0x2D, 0x42, 0x3A, 0x20, 0x00, 0x01, 0x7F, 0xC3, 0x28, 0xFF, 0xFE, 0x0D, 0x0A]
        + Array("X-End: ]]> \u{FFFF} \u{0085}\u{2028}\u{FEFF} e\u{301} \u{1F600}\r\n\r\nHello 1".utf8) + [0xE2, 0x82]
}
