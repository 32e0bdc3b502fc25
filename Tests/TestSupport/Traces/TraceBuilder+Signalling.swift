package import Conformance
import Network

/// A request under way, and what its responses need to know of it.
package struct SentRequest: Sendable {
    package var text: SIPText
    package var sender: PartyName
    package var receiver: PartyName
    /// The tag that the receiver gives itself.
    package var toTag: String

    package init(text: SIPText, sender: PartyName, receiver: PartyName, toTag: String) {
        self.text = text
        self.sender = sender
        self.receiver = receiver
        self.toTag = toTag
    }
}

extension TraceBuilder {
    /// Composes a request outside any dialog as a client of the service does, without sending it.
    package mutating func compose(
        _ method: String, from sender: PartyName, to target: PartyName, uri: String? = nil
    ) -> SIPText {
        let number = fresh()
        var text = SIPText("\(method) \(uri ?? target.uri) SIP/2.0")
        text.add("Via", via(sender, number))
        text.add("Max-Forwards", "70")
        text.add("From", "<\(sender.uri)>;tag=\(sender.user)\(number)")
        text.add("To", "<\(target.uri)>")
        text.add("Call-ID", "call\(number)@\(sender.address)")
        text.add("CSeq", "1 \(method)")
        text.add("Accept-Contact", "*;+g.oma.sip-im")
        text.add("User-Agent", "IM-client/OMA1.0 Sample/1.0")
        return text
    }

    package func via(_ sender: PartyName, _ number: Int) -> String {
        "SIP/2.0/\(sipTransport == .tcp ? "TCP" : "UDP") \(sender.address):5060;branch=z9hG4bK\(number)"
    }

    package func contact(_ party: PartyName) -> String {
        "<sip:\(party.user)@\(party.address):5060>;+g.oma.sip-im"
    }

    package mutating func send(_ text: SIPText, from sender: PartyName, to receiver: PartyName) -> SentRequest {
        add(text, from: sender, to: receiver)
        return SentRequest(text: text, sender: sender, receiver: receiver, toTag: "tag\(fresh())")
    }

    /// Answers a request; the fields that every response copies are copied.
    @discardableResult
    package mutating func answer(
        _ request: SentRequest, _ status: Int, _ reason: String = "OK", _ fields: [(name: String, value: String)] = [],
        body: String = ""
    ) -> SIPText {
        let text = response(to: request, status, reason, fields, body: body)
        add(text, from: request.receiver, to: request.sender)
        return text
    }

    /// Composes the answer without sending it.
    package func response(
        to request: SentRequest, _ status: Int, _ reason: String = "OK",
        _ fields: [(name: String, value: String)] = [], body: String = ""
    ) -> SIPText {
        let copied = ["Via", "From", "To", "Call-ID", "CSeq"]
        var text = SIPText("SIP/2.0 \(status) \(reason)", request.text.fields.filter { copied.contains($0.name) })
        if let to = text["To"], status > 100, !to.contains(";tag=") { text["To"] = "\(to);tag=\(request.toTag)" }
        let product = request.receiver == .server ? "IM-serv/OMA1.0 Sample/1.0" : "IM-client/OMA1.0 Sample/1.0"
        if status > 100 { text.add(request.receiver == .server ? "Server" : "User-Agent", product) }
        text.fields += fields
        text.body = body
        return text
    }

    /// Registers a client and publishes its settings.
    package mutating func logIn(_ party: PartyName) {
        step = "preamble"
        answer(register(party, expires: 3600), 200, "OK", [("Contact", "\(contact(party));expires=3600")])
        var publish = compose("PUBLISH", from: party, to: party)
        publish.add("Event", "poc-settings")
        publish.add("Expires", "3600")
        publish.add("Content-Type", "application/poc-settings+xml")
        publish.body = Self.settings
        let sent = send(publish, from: party, to: .server)
        answer(sent, 200, "OK", [("SIP-ETag", "etag\(fresh())"), ("Expires", "3600")])
    }

    /// Removes the registration of a client, which is also the fence behind all that came before.
    package mutating func logOut(_ party: PartyName) {
        step = "postamble"
        answer(register(party, expires: 0), 200)
    }

    /// Sends a REGISTER; each takes the Call-ID of the client and the next CSeq.
    package mutating func register(_ party: PartyName, expires: Int) -> SentRequest {
        var text = compose("REGISTER", from: party, to: party, uri: "sip:parley.example")
        let earlier = lines.filter { $0.sender == party && $0.label.hasPrefix("REGISTER ") }.count
        text["Call-ID"] = "registration-\(party.user)"
        text["CSeq"] = "\(earlier + 1) REGISTER"
        text["Accept-Contact"] = nil
        text.add("Require", "pref")
        text.add("Contact", "\(contact(party));expires=\(expires)")
        text.add("Expires", String(expires))
        return send(text, from: party, to: .server)
    }

    /// The settings of a client that bars nothing.
    package static let settings = """
        <?xml version="1.0" encoding="UTF-8"?>\r
        <poc-settings xmlns="urn:oma:params:xml:ns:poc:poc-settings" xmlns:ss="urn:oma:xml:im:service-settings">\r
        <entity id="sample"><isb-settings><incoming-session-barring active="false"/></isb-settings>\r
        <ipab-settings><incoming-personal-alert-barring active="false"/></ipab-settings>\r
        <ss:deferred-settings><ss:offline-delivery active="false"/></ss:deferred-settings>\r
        <ss:vis-settings><ss:vis-status active="true"/></ss:vis-settings>\r
        <ss:hist-settings><ss:hist-activation active="false"><ss:session-mode/></ss:hist-activation>\r
        <ss:hist-activation active="false"><ss:pager-large-mode/></ss:hist-activation></ss:hist-settings>\r
        </entity></poc-settings>\r\n
        """
}
