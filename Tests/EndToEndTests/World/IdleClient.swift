import Network

/// A client that registers and publishes its settings, and does nothing more.
final class IdleClient {
    private let peer: RawPeer
    private let address: IPAddress

    init(at address: IPAddress, of server: IPAddress) throws {
        self.address = address
        peer = try RawPeer(.udp, to: server, port: 5060, from: address)
    }

    func register() {
        send(
            "REGISTER sip:parley.example", "REGISTER",
            ["Contact: <sip:alice@\(address)>;+g.oma.sip-im", "Require: pref", "Expires: 3600"], "")
        let settings = """
            <?xml version="1.0" encoding="UTF-8"?>
            <poc-settings xmlns="urn:oma:params:xml:ns:poc:poc-settings"><entity id="idle">\
            <isb-settings service-id="IM"><incoming-session-barring active="false"/></isb-settings></entity></poc-settings>
            """
        send(
            "PUBLISH sip:alice@parley.example", "PUBLISH",
            [
                "Event: poc-settings", "Expires: 3600", "Accept-Contact: *;+g.oma.sip-im",
                "Content-Type: application/poc-settings+xml",
            ], settings)
    }

    private func send(_ start: String, _ method: String, _ fields: [String], _ body: String) {
        let common = [
            "\(start) SIP/2.0", "Via: SIP/2.0/UDP \(address);branch=z9hG4bK\(method);rport", "Max-Forwards: 70",
            "From: <sip:alice@parley.example>;tag=\(method)", "To: <sip:alice@parley.example>",
            "Call-ID: \(method)@\(address)", "CSeq: 1 \(method)", "User-Agent: IM-client/OMA1.0 idle",
        ]
        let lines = common + fields + ["Content-Length: \(body.utf8.count)", "", body]
        peer.send(lines.joined(separator: "\r\n"))
    }
}
