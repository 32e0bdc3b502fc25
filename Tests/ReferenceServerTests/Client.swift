import Bytes
import MSRP
import Network
import SDP
import SIPSyntax

/// A client as these tests play it: hand-written messages, no machines.
struct Client {
    let name: String
    let address: IPAddress

    static let a = Client(name: "ann", address: IPAddress(127, 0, 0, 11))
    static let b = Client(name: "bob", address: IPAddress(127, 0, 0, 12))
    static let c = Client(name: "cid", address: IPAddress(127, 0, 0, 13))

    var sip: SocketAddress { SocketAddress(address, port: 5060) }
    var imAddress: String { "sip:\(name)@home.example" }
    var contact: String { "sip:\(name)@\(sip)" }
    var path: String { "msrp://\(address):2855/\(name);tcp" }

    private var head: String {
        """
        Max-Forwards: 70
        From: "\(name)" <\(imAddress)>;tag=\(name)-1
        Call-ID: call@\(address)
        User-Agent: IM-client/OMA1.0 Test/1
        """
    }

    /// A request with these lines between the head that all have and the body.
    func request(
        _ method: String, _ uri: String, to: String? = nil, branch: String? = nil, sequence: Int = 1,
        _ lines: String = "", type: String? = nil, body: String = ""
    ) -> SIPMessage {
        var text = "\(method) \(uri) SIP/2.0\n"
        text += "Via: SIP/2.0/UDP \(sip);branch=z9hG4bK\(branch ?? "\(name)\(method)\(sequence)")\n"
        text += head + "\nTo: \(to ?? "<\(uri)>")\nCSeq: \(sequence) \(method)\n"
        if !lines.isEmpty { text += lines + "\n" }
        if let type { text += "Content-Type: \(type)\n" }
        text += "Content-Length: \(body.utf8.count)\n\n"
        let crlf = text.replacing("\n", with: "\r\n") + body
        guard let message = try? SIPMessage(parsing: Array(crlf.utf8)) else { preconditionFailure(text) }
        return message
    }

    func register(expires: Int = 3600, tags: String = ";+g.oma.sip-im", sequence: Int = 1) -> SIPMessage {
        request(
            "REGISTER", "sip:home.example", to: "<\(imAddress)>", sequence: sequence,
            "Contact: <\(contact)>\(tags)\nExpires: \(expires)\nRequire: pref")
    }

    func publish(_ body: String, sequence: Int = 1, _ lines: String = "Event: poc-settings\nExpires: 3600")
        -> SIPMessage
    {
        request(
            "PUBLISH", imAddress, sequence: sequence, lines + "\nAccept-Contact: *;+g.oma.sip-im",
            type: body.isEmpty ? nil : "application/poc-settings+xml", body: body)
    }

    func page(_ text: String, to other: Client, _ lines: String = "Accept-Contact: *;+g.oma.sip-im") -> SIPMessage {
        request("MESSAGE", other.imAddress, lines, type: "text/plain", body: text)
    }

    func invite(_ other: Client, branch: String? = nil, _ more: String = "") -> SIPMessage {
        request(
            "INVITE", other.imAddress, branch: branch,
            """
            Contact: <\(contact)>;+g.oma.sip-im
            Accept-Contact: *;+g.oma.sip-im
            Supported: timer
            Session-Expires: 1800;refresher=uac
            Allow: INVITE, ACK, BYE, CANCEL
            """ + (more.isEmpty ? "" : "\n" + more), type: "application/sdp", body: description)
    }

    var description: String {
        """
        v=0\r
        o=- 1 1 IN IP4 \(address)\r
        s=-\r
        c=IN IP4 \(address)\r
        t=0 0\r
        m=message 2855 TCP/MSRP *\r
        a=accept-types:text/plain\r
        a=path:\(path)\r\n
        """
    }

    /// A response to a request that has come.
    func answer(_ status: Int, to request: SIPMessage, body: String? = nil, _ fields: [SIPField] = []) -> SIPMessage {
        var response = SIPMessage(status: status, to: request, toTag: "\(name)-2")
        response.fields += fields
        if request.method == .invite, (101...299).contains(status) {
            response.fields += request.all(.recordRoute).map { SIPField(.recordRoute, $0) }
            response.add(.contact, "<\(contact)>;+g.oma.sip-im")
        }
        response.add(.server, "IM-client/OMA1.0")
        if request.method == .invite, status == 200 {
            response.add(.contentType, "application/sdp")
            response.body = Array((body ?? description).utf8)
        }
        return response
    }

    /// A request within the dialog that a 2xx response to this client's INVITE has made.
    func inDialog(_ method: SIPMethod, of response: SIPMessage, sequence: Int, body: String = "") -> SIPMessage {
        let target = (try? response.contact())?.uri ?? ""
        var request = request(
            method.name, target, to: response.first(.to), branch: "\(name)\(method.name)\(sequence)",
            sequence: sequence,
            method == .invite
                ? "Contact: <\(contact)>;+g.oma.sip-im\nSupported: timer\nSession-Expires: 1800;refresher=uac" : "",
            type: body.isEmpty ? nil : "application/sdp", body: body)
        request.setRoutes(response.list(.recordRoute).reversed())
        return request
    }

    /// A request in the dialog of an INVITE that has come to this client, which answered it.
    func reply(_ method: SIPMethod, to invite: SIPMessage, sequence: Int = 1, body: String = "") -> SIPMessage {
        let target = (try? invite.contact())?.uri ?? ""
        var request = request(
            method.name, target, to: invite.first(.from), branch: "\(name)\(method.name)\(sequence)r",
            sequence: sequence,
            method == .invite ? "Contact: <\(contact)>;+g.oma.sip-im\nSupported: timer" : "",
            type: body.isEmpty ? nil : "application/sdp", body: body)
        request.set(.from, (invite.first(.to) ?? "") + ";tag=\(name)-2")
        request.set(.callID, invite.callID ?? "")
        request.setRoutes(invite.list(.recordRoute))
        return request
    }
}

extension SIPMessage {
    fileprivate mutating func setRoutes(_ routes: [String]) {
        guard !routes.isEmpty else { return }
        set(.route, routes.joined(separator: ", "))
    }
}

extension SIPMessage {
    var offeredPath: [String] { (try? SessionDescription(parsing: body))?.media.first?.path ?? [] }
}

extension Client {
    /// A SEND that only says which session a connection is for.
    func naming(to path: [String]) -> MSRPMessage {
        MSRPMessage(
            transactionID: "t\(name)0", .request(method: "SEND"), toPath: path, fromPath: [self.path],
            fields: [MSRPField(.messageID, "\(name)-0")])
    }

    /// A SEND of the whole text in one chunk.
    func text(_ text: String, to path: [String], id: String = "m1", _ fields: [MSRPField] = []) -> MSRPMessage {
        let size = text.utf8.count
        let range = MSRPField(.byteRange, "1-\(size)/\(size)")
        return MSRPMessage(
            transactionID: "t\(name)\(id)", .request(method: "SEND"), toPath: path, fromPath: [self.path],
            fields: [MSRPField(.messageID, "\(name)-\(id)"), range] + fields + [MSRPField(.contentType, "text/plain")],
            body: Array(text.utf8))
    }
}
