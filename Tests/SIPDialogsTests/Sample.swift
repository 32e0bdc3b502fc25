import SIPDialogs
import SIPSyntax

/// Alice calls Bob through two proxies that stay in the path, p1 near Alice and p2 near Bob.
enum Sample {
    static let invite = SIPMessage(
        .invite, uri: "sip:bob@example.com",
        fields: [
            SIPField(.via, "SIP/2.0/UDP alice.example.com;branch=z9hG4bK776asdhds"),
            SIPField(.maxForwards, "70"),
            SIPField(.from, "\"Alice\" <sip:alice@example.com>;tag=a1"),
            SIPField(.to, "<sip:bob@example.com>"),
            SIPField(.callID, "a84b4c76e66710"),
            SIPField(.cSeq, "314159 INVITE"),
            SIPField(.contact, "<sip:alice@192.0.2.1>"),
        ])

    /// The INVITE as it reaches Bob.
    static var arrivedInvite: SIPMessage {
        var arrived = invite
        arrived.add(.recordRoute, "<sip:p2.example.com;lr>, <sip:p1.example.com;lr>")
        return arrived
    }

    /// Bob's response as it reaches Alice.
    static func response(_ status: Int, toTag: String = "b1", contact: String? = "<sip:bob@192.0.2.2>") -> SIPMessage {
        var response = SIPMessage(status: status, to: invite, toTag: toTag)
        response.add(.recordRoute, "<sip:p2.example.com;lr>")
        response.add(.recordRoute, "<sip:p1.example.com;lr>")
        if let contact { response.add(.contact, contact) }
        return response
    }

    /// A request of Bob's within the dialog as it reaches Alice.
    static func requestOfBob(_ method: SIPMethod, number: Int, contact: String? = nil) -> SIPMessage {
        var request = SIPMessage(
            method, uri: "sip:alice@192.0.2.1",
            fields: [
                SIPField(.from, "<sip:bob@example.com>;tag=b1"),
                SIPField(.to, "\"Alice\" <sip:alice@example.com>;tag=a1"),
                SIPField(.callID, "a84b4c76e66710"),
                SIPField(.cSeq, "\(number) \(method.name)"),
            ])
        if let contact { request.add(.contact, contact) }
        return request
    }

    /// The dialog as Alice sees it after this response.
    static func dialogOfAlice(_ status: Int = 200) -> Dialog {
        guard let dialog = Dialog(client: invite, response: response(status)) else {
            preconditionFailure("\(status) makes no dialog")
        }
        return dialog
    }

    /// The dialog as Bob sees it.
    static func dialogOfBob(state: Dialog.State = .confirmed) -> Dialog {
        guard let dialog = Dialog(server: arrivedInvite, localTag: "b1", state: state) else {
            preconditionFailure("The INVITE makes no dialog")
        }
        return dialog
    }
}
