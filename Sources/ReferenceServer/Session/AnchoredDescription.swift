import MSRP
import Network
import SDP

extension SessionDescription {
    /// The message session that the server leads through itself: the first that is not refused and has a path.
    var anchor: MediaDescription? { media.first(where: \.canBeAnchored) }

    /// The description as the server passes it on: as its own, with the path of the message session leading to it.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.3; other media cannot be relayed, and are refused.
    func anchored(at uri: MSRPURI, _ address: SocketAddress, origin: Origin) -> SessionDescription {
        var description = self
        description.origin = origin
        description.connection = Connection(host: address.address.description)
        let anchor = media.firstIndex(where: \.canBeAnchored)
        for index in media.indices {
            description.media[index].connection = nil
            guard index == anchor else {
                description.media[index].port = 0
                continue
            }
            description.media[index].port = address.port
            description.media[index].attributes = media[index].attributes.map { attribute in
                attribute.name == "path" ? Attribute("path", uri.description) : attribute
            }
        }
        return description
    }
}

extension MediaDescription {
    fileprivate var canBeAnchored: Bool {
        isMSRP && !isRefused && path.first.flatMap { try? MSRPURI(parsing: $0) } != nil
    }
}
