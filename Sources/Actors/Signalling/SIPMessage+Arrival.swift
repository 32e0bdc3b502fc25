import Network
import SIPSyntax

extension SIPMessage {
    /// The request with the top Via completed by where it really came from.
    ///
    /// RFC 3261 §18.2.1, RFC 3581 §4
    ///
    /// - Returns: nil without a Via that can be read, for then nothing can be answered.
    func arrived(from source: SocketAddress) -> SIPMessage? {
        guard var via = try? via(), let place = fields.firstIndex(where: { $0.name == .via }) else { return nil }
        let rport = via.parameters.firstIndex { $0.name.lowercased() == "rport" }
        if let rport { via.parameters[rport].value = "\(source.port)" }
        if rport != nil || via.host != "\(source.address)" {
            via.parameters.removeAll { $0.name.lowercased() == "received" }
            via.parameters.append(Parameter("received", "\(source.address)"))
        }
        var request = self
        let alone = SIPMessage(.options, uri: "", fields: [fields[place]])
        let values = [via.description] + alone.list(.via).dropFirst()
        request.fields[place] = SIPField(.via, values.joined(separator: ", "))
        return request
    }

    /// The way of the responses to a request that came this way.
    ///
    /// RFC 3261 §18.2.2: the source address, but the port of sent-by unless the client asked for the source port.
    func returnHop(_ hop: Hop) -> Hop {
        guard hop.transport == .udp, let via = try? via(), via.rport == nil else { return hop }
        return Hop(.udp, SocketAddress(hop.remote.address, port: via.port ?? 5060))
    }

    /// The first of the mandatory fields that is absent or unreadable.
    ///
    /// RFC 3261 §8.1.1
    var missingEssential: SIPFieldName? {
        if callID?.isEmpty ?? true { return .callID }
        guard let cSeq = try? cSeq(), cSeq.method == method else { return .cSeq }
        guard (try? from()) != nil else { return .from }
        guard (try? to()) != nil else { return .to }
        return nil
    }
}
