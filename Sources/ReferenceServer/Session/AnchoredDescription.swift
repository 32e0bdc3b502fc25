import MSRP
import Network
import SDP

extension SessionDescription {
    /// The message sessions that the server leads through itself: those that are not refused and have a path.
    var anchors: [MediaDescription] { media.filter(\.canBeAnchored) }

    /// The path of each line that can be led through the server, by its place.
    var anchoredPaths: [Int: [String]] {
        Dictionary(
            uniqueKeysWithValues: media.indices.filter { media[$0].canBeAnchored }.map { ($0, media[$0].path) })
    }

    /// The description as the server passes it on: as its own, with the paths of the message sessions leading to it.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.3; other media cannot be relayed, and are refused.
    func anchored(at uris: (Int) -> MSRPURI, _ place: MediaPlace, origin: Origin) -> SessionDescription {
        var description = self
        description.origin = origin
        description.connection = Connection(host: place.address.address.description)
        description.attributes = attributes.withoutFingerprints + place.attributes
        for index in media.indices {
            description.media[index].connection = nil
            guard media[index].canBeAnchored else {
                description.media[index].port = 0
                continue
            }
            description.media[index].port = place.address.port
            description.media[index].attributes = media[index].attributes.withoutFingerprints.map { attribute in
                attribute.name == "path" ? Attribute("path", uris(index).description) : attribute
            }
        }
        return description
    }
}

extension MediaDescription {
    var canBeAnchored: Bool {
        isMSRP && !isRefused && path.first.flatMap { try? MSRPURI(parsing: $0) } != nil
    }
}
