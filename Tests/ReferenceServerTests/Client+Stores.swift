import Bytes
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax
import XCAP

@testable import ReferenceServer

/// Requests about what the server keeps.
extension Client {
    /// A description that only receives.
    func receiving(_ types: String = "*") -> String {
        description.replacing("accept-types:text/plain", with: "accept-types:\(types)") + "a=recvonly\r\n"
    }

    /// An INVITE to one of the stores, for what is listed or for all.
    func retrieval(
        at target: String = "sip:Deferred@home.example", list: [String]? = nil, branch: String? = nil,
        _ description: String? = nil
    ) -> SIPMessage {
        let description = description ?? receiving()
        var (type, body) = ("application/sdp", description)
        if let list {
            let multipart = MultipartBody(
                boundary: "part",
                parts: [
                    MultipartBody.BodyPart(contentType: "application/sdp", body: Array(description.utf8)),
                    MultipartBody.BodyPart(
                        contentType: ResourceLists.mediaType, disposition: .recipientList,
                        body: ResourceLists(list).serialized()),
                ])
            (type, body) = (multipart.contentType, String(decoding: multipart.serialized(), as: UTF8.self))
        }
        return request(
            "INVITE", target, branch: branch,
            """
            Contact: <\(contact)>;+g.oma.sip-im
            Accept-Contact: *;+g.oma.sip-im
            Supported: timer
            """ + (list == nil ? "" : "\nRequire: recipient-list-invite"), type: type, body: body)
    }

    /// A REFER to the deletion function or another one.
    func refer(
        to target: String, at function: String = "sip:Delete@home.example", list: [String]? = nil,
        branch: String? = nil, _ lines: String = "Accept-Contact: *;+g.oma.sip-im"
    ) -> SIPMessage {
        let more = list == nil ? "" : "\nRequire: multiple-refer\nContent-ID: <list@x>"
        return request(
            "REFER", function, branch: branch, lines + "\nContact: <\(contact)>\nRefer-To: <\(target)>" + more,
            type: list == nil ? nil : ResourceLists.mediaType,
            body: list.map { String(decoding: ResourceLists($0).serialized(), as: UTF8.self) } ?? "")
    }

    /// An INVITE for a large message.
    func largeMessage(to other: Client) -> SIPMessage {
        var invite = invite(other)
        invite.set(.acceptContact, "*;+g.oma.sip-im, *;+g.oma.sip-im.large-message")
        invite.remove(.contentLength)
        invite.body += Array("a=sendonly\r\n".utf8)
        return invite
    }
}

extension Stand {
    /// Logs clients in, and takes the second one off the net.
    mutating func logIn(_ client: Client, absent: Client, settings: IMServiceSettings = IMServiceSettings()) {
        logIn(client)
        logIn(absent, settings: settings)
        send(absent.register(expires: 0, sequence: 2), from: absent)
        precondition(received(by: absent).map(\.status) == [200])
    }

    /// Has A send pages to B, who is away.
    mutating func store(_ texts: String..., lines: String = "Accept-Contact: *;+g.oma.sip-im") {
        for (number, text) in texts.enumerated() {
            var page = Client.a.page(text, to: .b, lines)
            page.set(.via, "SIP/2.0/UDP \(Client.a.sip);branch=z9hG4bKstore\(now.nanoseconds)-\(number)")
            send(page, from: .a)
        }
        precondition(received(by: .a).map(\.status) == texts.map { _ in 202 })
    }

    /// What waits for B.
    var kept: [String] { server.deferred[Client.b.imAddress].map { $0.request.body.text } }

    /// The references of what waits for B, as the metadata tell them.
    var references: [String] { metadata?.items.map(\.reference) ?? [] }

    var metadata: StoredItemList? {
        server.xdms.document(auid: .deferredList, xui: Client.b.imAddress, name: "deferred-list")
            .flatMap { try? StoredItemList(parsing: $0) }
    }

    /// Takes what the server hands over on a connection, and answers each message.
    mutating func takeAll(on id: ConnectionID, by client: Client, status: Int = 200) -> [EncapsulatedMessage] {
        var taken: [EncapsulatedMessage] = []
        while true {
            let sends = messages(on: id).filter { $0.method == "SEND" }
            guard !sends.isEmpty else { return taken }
            for send in sends {
                let message = try? EncapsulatedMessage(parsing: send.body ?? [], contentType: send.contentType ?? "")
                taken += message.map { [$0] } ?? []
                self.send(MSRPMessage(status: send.body == nil ? 200 : status, to: send), on: id)
            }
        }
    }
}
