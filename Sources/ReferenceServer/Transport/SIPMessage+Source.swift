import Network
import SIPSyntax

extension SIPMessage {
    /// Notes in the topmost Via of a request where it came from.
    ///
    /// RFC 3261 §18.2.1 and RFC 3581 §4
    mutating func noteSource(_ source: SocketAddress) {
        guard var via = try? via() else { return }
        let asksForPort = via.parameters.first("rport") != nil
        if IPAddress(host: via.host) != source.address || asksForPort {
            via.parameters.set("received", source.address.description)
        }
        if asksForPort { via.parameters.set("rport", String(source.port)) }
        replaceTopVia(with: via)
    }

    /// Where the response to a request over UDP goes.
    ///
    /// RFC 3261 §18.2.2 and RFC 3581 §4: back to the address it came from, at the port that the client names.
    func responseAddress(_ source: SocketAddress) -> SocketAddress {
        guard let via = try? via() else { return source }
        if via.parameters.first("rport") != nil { return source }
        return SocketAddress(source.address, port: via.port ?? 5060)
    }

    mutating func replaceTopVia(with via: Via) {
        set(.via, ([via.description] + list(.via).dropFirst()).joined(separator: ", "))
    }

    /// Takes off the Via that this server put on the request, as its response comes back.
    ///
    /// RFC 3261 §16.7 step 3
    mutating func removeTopVia() {
        let rest = list(.via).dropFirst()
        if rest.isEmpty { remove(.via) } else { set(.via, rest.joined(separator: ", ")) }
    }
}
