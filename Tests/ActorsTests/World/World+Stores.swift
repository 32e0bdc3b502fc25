import Actors
import HTTPSyntax
import Network
import SIPSyntax

/// What is stored for the users.
extension World {
    static let deferredList =
        "/xcap-root/org.openmobilealliance.deferred-list/users/sip:alice@example.com/deferred-list"
    static let historyList =
        "/xcap-root/org.openmobilealliance.conv-history/users/sip:alice@example.com/conv-history"

    /// The functions of the service, document servers included.
    static let services = Services(
        domain: "example.com", xcap: .init(address: ScriptedXDMS.address, path: "/xcap-root"))

    /// A world whose clients know the document servers.
    static func withDocuments(
        alice: Set<ClientDefect> = [], adjusting: (inout IMClient.Profile) -> Void = { _ in }
    ) -> World {
        World(alice: alice) { profile in
            profile.services = services
            adjusting(&profile)
        }
    }

    /// The reports of Alice.
    var tellings: [ClientReport] { reports[Self.alice] ?? [] }

    /// The methods of what the document servers were asked, in order.
    var documentMethods: [String?] { xdms.requests.map(\.method) }

    /// Lets a request within the dialog of this REFER reach Alice.
    mutating func inject(
        _ method: SIPMethod = .notify, inDialogOf request: SIPMessage, number: Int = 1, fields: [SIPField] = [],
        body: String = ""
    ) {
        var notify = SIPMessage(method, uri: "sip:alice@\(Self.alice):5060")
        notify.add(.via, "SIP/2.0/UDP \(proxy.address);branch=z9hG4bKnotify\(method)\(number)")
        notify.add(.from, "<\(Self.services.deletion)>;tag=delete")
        notify.add(.to, request.first(.from) ?? "")
        notify.add(.callID, request.callID ?? "")
        notify.add(.cSeq, "\(number) \(method.name)")
        notify.fields += fields
        notify.body = Array(body.utf8)
        receive(notify.serialized(), from: proxy.address, at: Self.alice)
    }
}
