import MSRP
import Network
import SDP

/// One message medium of a conference: the chat, a large message, or a file.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.3 and §10
struct ConferenceLine: Equatable {
    let id: Int
    /// The line as it was offered, which says what all participants are told.
    let offered: MediaDescription
    let offerer: Participant.ID

    /// The lines of an offer, with the direction that holds for each.
    static func offered(in offer: SessionDescription) -> [MediaDescription] {
        offer.media.map { media in
            var line = media
            if line.ownDirection == nil, let direction = Direction(in: offer.attributes) {
                line.attributes.append(Attribute(direction.rawValue))
            }
            return line
        }
    }

    /// Whether the line carries a file.
    ///
    /// RFC 5547 §6: a draft had no file-transfer-id.
    var isFile: Bool { offered.carriesFile }
}

extension MediaDescription {
    /// The line as the focus offers it to others, leading to itself.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.2.2.2 step 4: with all attributes, but for that which says who opens a connection
    func switched(at uri: MSRPURI, _ address: SocketAddress) -> MediaDescription {
        var line = self
        line.port = address.port
        line.connection = nil
        line.attributes = attributes.withoutFingerprints.filter { $0.name != "setup" }.map { attribute in
            attribute.name == "path" ? Attribute("path", uri.description) : attribute
        }
        return line
    }

    /// The line with which the focus accepts this one, taking of its types those that a first receiver takes.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.2; RFC 5547 §8.3 for files
    func accepted(at uri: MSRPURI, _ address: SocketAddress, like answer: MediaDescription?) -> MediaDescription {
        let common = acceptTypes.filter { answer?.offers($0) ?? true }
        let copied = ["file-selector", "file-transfer-id"]
        return .msrp(
            port: address.port, path: [uri.description], acceptTypes: common.isEmpty ? acceptTypes : common,
            acceptWrappedTypes: acceptWrappedTypes, direction: ownDirection?.mirrored,
            attributes: attributes.filter { copied.contains($0.name) })
    }

    /// The line as refused or closed.
    ///
    /// RFC 3264 §6; RFC 5547 §8.3 wants the attributes of the file back.
    var closed: MediaDescription {
        var line = self
        line.port = 0
        line.connection = nil
        return line
    }

    /// Whether the line has the attributes of a file.
    var carriesFile: Bool { value("file-selector") != nil || fileTransferID != nil }

    /// Whether the party that has said this wants to get messages.
    var wantsMessages: Bool {
        switch ownDirection ?? .sendReceive {
        case .sendReceive, .receiveOnly: true
        case .sendOnly, .inactive: false
        }
    }
}
