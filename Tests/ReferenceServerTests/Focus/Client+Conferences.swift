import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax

/// What clients send to a focus.
extension Client {
    static let d = Client(name: "dan", address: IPAddress(127, 0, 0, 14))

    static let factory = "sip:conference-factory@home.example"

    /// An offer or answer with one line for a conversation in a conference, and these after it.
    func conversation(_ more: String = "", attributes: String = "") -> String {
        sessionLines + conversationLine + attributes + more
    }

    /// What a description begins with.
    var sessionLines: String {
        """
        v=0\r
        o=- 1 1 IN IP4 \(address)\r
        s=-\r
        c=IN IP4 \(address)\r
        t=0 0\r\n
        """
    }

    var conversationLine: String {
        """
        m=message 2855 TCP/MSRP *\r
        a=accept-types:message/cpim text/plain\r
        a=path:\(path)\r\n
        """
    }

    /// The line of a file.
    func file(_ id: String, _ direction: String = "sendonly", port: Int = 2855) -> String {
        """
        m=message \(port) TCP/MSRP *\r
        a=\(direction)\r
        a=accept-types:message/cpim\r
        a=accept-wrapped-types:image/png\r
        a=path:msrp://\(address):2855/\(name)-\(id);tcp\r
        a=file-selector:name:"\(id).png" type:image/png size:5\r
        a=file-transfer-id:\(id)\r\n
        """
    }

    /// An INVITE to the factory with a list of users.
    func gather(
        _ entries: [String], description: String? = nil, branch: String? = nil, to uri: String = Self.factory,
        _ more: String = ""
    ) -> SIPMessage {
        let parts = [
            MultipartBody.BodyPart(
                contentType: "application/sdp", body: Array((description ?? conversation()).utf8)),
            MultipartBody.BodyPart(
                contentType: ResourceLists.mediaType, disposition: .recipientList,
                body: ResourceLists(entries).serialized()),
        ]
        let body = MultipartBody(boundary: "part", parts: parts)
        var request = invite(to: uri, branch: branch, "Require: recipient-list-invite\n" + more)
        request.set(.contentType, body.contentType)
        request.remove(.contentLength)
        request.body = body.serialized()
        return request
    }

    /// An INVITE with a description only.
    func invite(
        to uri: String, branch: String? = nil, _ more: String = "", description: String? = nil
    ) -> SIPMessage {
        let lines = more.hasSuffix("\n") ? String(more.dropLast()) : more
        return request(
            "INVITE", uri, branch: branch ?? "\(name)-\(uri)".filter(\.isLetter),
            """
            Contact: <\(contact)>;+g.oma.sip-im
            Accept-Contact: *;+g.oma.sip-im
            Supported: timer
            Session-Expires: 1800;refresher=uac
            """ + (lines.isEmpty ? "" : "\n" + lines), type: "application/sdp", body: description ?? conversation())
    }

    func subscribe(
        to uri: String, expires: Int = 3600, event: String = "conference", number: Int = 1
    ) -> SIPMessage {
        var request = request(
            "SUBSCRIBE", uri, branch: "\(name)sub\(number)",
            """
            Contact: <\(contact)>
            Event: \(event)
            Expires: \(expires)
            Accept: application/conference-info+xml
            Accept-Contact: *;+g.oma.sip-im
            """)
        request.set(.callID, "sub\(number)@\(address)")
        return request
    }

    func refer(_ target: String, to uri: String, number: Int = 1, _ more: String = "Refer-Sub: false") -> SIPMessage {
        var request = request(
            "REFER", uri, branch: "\(name)refer\(number)",
            "Contact: <\(contact)>\nRefer-To: \(target)\nAccept-Contact: *;+g.oma.sip-im"
                + (more.isEmpty ? "" : "\n" + more))
        request.set(.callID, "refer\(number)@\(address)")
        return request
    }

    /// A SEND of a text in a wrapper.
    func wrapped(
        _ text: String, from: String, to: [String], along path: [String], id: String = "m1", as own: String? = nil,
        _ headers: [CPIMHeader] = [], fields: [MSRPField] = [], type: String = "text/plain"
    ) -> MSRPMessage {
        var message = CPIMMessage(from: from, to: to, contentType: type, body: Array(text.utf8))
        message.headers += headers
        let body = message.serialized()
        return MSRPMessage(
            transactionID: "t\(name)\(id)", .request(method: "SEND"), toPath: path, fromPath: [own ?? self.path],
            fields: [MSRPField(.messageID, "\(name)-\(id)"), MSRPField(.byteRange, "1-\(body.count)/\(body.count)")]
                + fields + [MSRPField(.contentType, "message/cpim")], body: body)
    }
}

extension MSRPMessage {
    /// The text inside the wrapper.
    var wrappedText: String? {
        body.flatMap { try? CPIMMessage(parsing: $0) }.map { String(decoding: $0.body, as: UTF8.self) }
    }
}

extension SIPMessage {
    var description: SessionDescription? { body(ofType: "application/sdp") }

    private func body(ofType type: String) -> SessionDescription? {
        first(.contentType)?.hasPrefix(type) == true ? try? SessionDescription(parsing: body) : nil
    }

    var conferenceInfo: ConferenceInfo? { try? ConferenceInfo(parsing: body) }

    /// The code of the explanation.
    var warningCode: String? {
        first(.warning)?.split(separator: "\"").dropFirst().first.map { String($0.prefix(3)) }
    }
}
