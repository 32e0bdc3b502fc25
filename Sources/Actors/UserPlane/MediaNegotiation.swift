import MSRP
import Network
import SDP

/// This client's side of the offer and the answer that set up one MSRP session.
///
/// RFC 3264 §5 and §6, RFC 4975 §8, OMA-TS-SIMPLE_IM-V1_0 §7.1.3.1
struct MediaNegotiation: Sendable {
    /// What offer and answer come to.
    enum Settlement: Sendable {
        case agreed(MediaAgreement)
        /// The two do not fit; the reason is for people and for a Warning.
        case unacceptable(reason: String)
    }

    private let uri: MSRPURI
    private let acceptTypes: [String]
    private let origin: Origin

    init(_ profile: IMClient.Profile, identifiers: inout Identifiers) {
        let host = profile.address.isIPv6 ? "[\(profile.address)]" : "\(profile.address)"
        uri = MSRPURI(host: host, port: profile.msrpPort, sessionID: identifiers.msrpSession())
        acceptTypes = profile.prefersCPIM ? ["message/cpim", "text/plain"] : ["text/plain", "message/cpim"]
        let number = identifiers.sessionNumber()
        origin = Origin(
            sessionID: number, sessionVersion: number, address: Connection(host: profile.address.description))
    }

    /// The offer to send with an INVITE.
    var offer: SessionDescription {
        description(media: [.msrp(port: uri.port ?? 0, path: [uri.description], acceptTypes: acceptTypes)])
    }

    /// What an answer to our offer comes to; the offerer opens the connection.
    ///
    /// RFC 4975 §5.4
    func settle(_ answer: SessionDescription) -> Settlement {
        guard let media = answer.media.first(where: \.isMSRP) else {
            return .unacceptable(reason: "No MSRP in the answer")
        }
        guard !media.isRefused else { return .unacceptable(reason: "MSRP is refused with port 0") }
        return agree(local: offer, media: media, role: media.setup == .active ? .waits : .opens, accepting: acceptTypes)
    }

    /// What an offer of the peer comes to, answer included.
    func settle(offer: SessionDescription) -> Settlement {
        guard let line = offer.media.firstIndex(where: { $0.isMSRP && !$0.isRefused && $0.transport != "TCP/TLS/MSRP" })
        else { return .unacceptable(reason: "No MSRP over TCP in the offer") }
        let offered = offer.media[line]
        let common = acceptTypes.filter(offered.offers)
        guard !common.isEmpty else { return .unacceptable(reason: "No acceptable content type in the offer") }
        let role: MSRPSession.Role = offered.setup == .passive ? .opens : .waits
        let setup = offered.setup.map { _ in Attribute("setup", role == .opens ? "active" : "passive") }
        var media = offer.media.map { other in
            MediaDescription(kind: other.kind, port: 0, transport: other.transport, formats: other.formats)
        }
        media[line] = .msrp(
            port: uri.port ?? 0, path: [uri.description], acceptTypes: common,
            direction: offered.ownDirection?.mirrored, attributes: setup.map { [$0] } ?? [])
        return agree(local: description(media: media), media: offered, role: role, accepting: common)
    }

    private func description(media: [MediaDescription]) -> SessionDescription {
        SessionDescription(origin: origin, connection: origin.address, media: media)
    }

    private func agree(
        local: SessionDescription, media: MediaDescription, role: MSRPSession.Role, accepting types: [String]
    ) -> Settlement {
        let path = media.path.compactMap { try? MSRPURI(parsing: $0) }
        guard !path.isEmpty, path.count == media.path.count else {
            return .unacceptable(reason: "No usable path of the peer")
        }
        let leg = MediaLeg(localURI: uri, remotePath: path, role: role, acceptedTypes: types)
        return .agreed(
            MediaAgreement(description: local, leg: leg, wrapping: Wrapping(for: media, preferred: acceptTypes)))
    }
}

/// What both sides have agreed on for one MSRP session.
struct MediaAgreement: Sendable {
    /// What this side has said, as offer or answer.
    let description: SessionDescription
    let leg: MediaLeg
    /// How texts go to the peer, or nil when it accepts none.
    let wrapping: Wrapping?
}

/// Whether a text goes bare or in a message/cpim wrapper.
enum Wrapping: Sendable, Equatable {
    case none
    case cpim

    /// The way that comes first among the types which the peer accepts; our own order decides where it takes anything.
    ///
    /// RFC 4975 §8.6
    init?(for media: MediaDescription, preferred: [String]) {
        for type in media.acceptTypes.map({ $0.lowercased() }) {
            switch type {
            case "text/plain", "text/*": self = .none
            case "message/cpim", "message/*": self = .cpim
            case "*": self = preferred.first == "message/cpim" ? .cpim : .none
            default: continue
            }
            return
        }
        return nil
    }
}
