import MSRP
import MessageBodies
import Network
import SIPSyntax

/// Flows that many tests begin with.
extension Stand {
    /// Registers clients and publishes their settings.
    mutating func logIn(_ clients: Client..., settings: IMServiceSettings = IMServiceSettings()) {
        for client in clients {
            send(client.register(), from: client)
            let document = String(decoding: settings.serialized(entity: client.name), as: UTF8.self)
            send(client.publish(document), from: client)
            let statuses = received(by: client).compactMap(\.status)
            precondition(statuses == [200, 200], "\(statuses)")
        }
    }

    /// The flow did not get where a test wants to begin.
    struct Unexpected: Error {}

    /// A session that is established, with both message legs open.
    struct Session {
        /// The INVITE as it came to B, and the 200 as it came to A.
        let invite: SIPMessage
        let success: SIPMessage
        let a: ConnectionID
        let b: ConnectionID
    }

    /// Sends the INVITE of A to B and accepts it, up to the ACK of A.
    mutating func establish(_ alter: (inout SIPMessage) -> Void = { _ in }) throws -> Session {
        var request = Client.a.invite(.b)
        alter(&request)
        send(request, from: .a)
        guard let invite = received(by: .b).first(where: { $0.method == .invite }) else { throw Unexpected() }
        send(Client.b.answer(200, to: invite), from: .b)
        guard let success = received(by: .a).first(where: { $0.status == 200 }) else { throw Unexpected() }
        send(Client.a.inDialog(.ack, of: success, sequence: 1), from: .a)
        guard let b = acceptConnection() else { throw Unexpected() }
        let a = connect(.a)
        send(Client.a.naming(to: success.offeredPath), on: a)
        guard messages(on: a).map(\.status) == [200] else { throw Unexpected() }
        return Session(invite: invite, success: success, a: a, b: b)
    }
}
