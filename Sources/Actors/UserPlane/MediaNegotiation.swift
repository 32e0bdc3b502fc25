import MSRP
import MessageBodies
import Network
import SDP

/// This client's side of the offer and the answer about the line of the texts in one session.
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
    private let wrappedTypes: [String]
    /// What a text, or what goes with it, may be within a wrapper.
    private let innerTypes: [String]

    /// The negotiation of texts that go bare, or in wrappers, where the profile does not say otherwise.
    init(_ profile: IMClient.Profile, preferring wrapping: Wrapping, identifiers: inout Identifiers) {
        uri = MSRPURI(profile, session: identifiers.msrpSession())
        let composing = profile.composing == .shown ? [IsComposing.mediaType] : []
        innerTypes = ["text/plain"] + composing
        switch profile.prefersCPIM ? .cpim : wrapping {
        case .cpim: (acceptTypes, wrappedTypes) = (["message/cpim", "text/plain"], innerTypes)
        case .none: (acceptTypes, wrappedTypes) = (["text/plain", "message/cpim"] + composing, [])
        }
    }

    /// The line to offer.
    var line: MediaDescription {
        .msrp(
            port: uri.port ?? 0, path: [uri.description], acceptTypes: acceptTypes, acceptWrappedTypes: wrappedTypes)
    }

    /// What the line that answers ours comes to; the offerer opens the connection.
    ///
    /// RFC 4975 §5.4
    func settle(answer media: MediaDescription) -> Settlement {
        guard !media.isRefused else { return .unacceptable(reason: "MSRP is refused with port 0") }
        return agree(local: line, media: media, role: media.setup == .active ? .waits : .opens, accepting: acceptTypes)
    }

    /// What a line that the peer offers comes to, our line included.
    func settle(offer offered: MediaDescription) -> Settlement {
        guard offered.isMSRP, !offered.isRefused, offered.isSecure == uri.isSecure else {
            return .unacceptable(
                reason: uri.isSecure ? "No MSRP over TLS in the offer" : "No MSRP over TCP in the offer")
        }
        let common = acceptTypes.filter(offered.offers)
        guard !common.isEmpty else { return .unacceptable(reason: "No acceptable content type in the offer") }
        let wrapped =
            offered.acceptWrappedTypes.isEmpty || !common.contains("message/cpim")
            ? [] : innerTypes.filter(offered.acceptWrappedTypes.cover)
        let role: MSRPSession.Role = offered.setup == .passive ? .opens : .waits
        let setup = offered.setup.map { _ in Attribute("setup", role == .opens ? "active" : "passive") }
        let line = MediaDescription.msrp(
            port: uri.port ?? 0, path: [uri.description], acceptTypes: common, acceptWrappedTypes: wrapped,
            direction: offered.ownDirection?.mirrored, attributes: setup.map { [$0] } ?? [])
        return agree(local: line, media: offered, role: role, accepting: common)
    }

    private func agree(
        local: MediaDescription, media: MediaDescription, role: MSRPSession.Role, accepting types: [String]
    ) -> Settlement {
        guard let path = media.msrpPath else { return .unacceptable(reason: "No usable path of the peer") }
        let leg = MediaLeg(localURI: uri, remotePath: path, role: role, acceptedTypes: types)
        let composing =
            innerTypes.contains(IsComposing.mediaType)
            ? media.carriage(of: IsComposing.mediaType, preferring: .none) : nil
        return .agreed(
            MediaAgreement(
                line: local, leg: leg, wrapping: Wrapping(for: media, preferred: acceptTypes), composing: composing))
    }
}

/// What both sides have agreed on for one MSRP session.
struct MediaAgreement: Sendable {
    /// The line that this side has said, as offer or answer.
    let line: MediaDescription
    var leg: MediaLeg
    /// How texts go to the peer, or nil when it accepts none.
    let wrapping: Wrapping?
    /// How the peer may be told that a text is being written, or nil when it is not to be.
    let composing: Wrapping?
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

extension MSRPURI {
    /// The URI of a session at the MSRP endpoint of this profile.
    init(_ profile: IMClient.Profile, session: String) {
        self.init(
            isSecure: profile.securesMedia, host: profile.address.host, port: profile.msrpPort, sessionID: session)
    }
}

extension MediaDescription {
    /// The path of the line, or nil without one of which every URI can be read.
    var msrpPath: [MSRPURI]? {
        let uris = path.compactMap { try? MSRPURI(parsing: $0) }
        return uris.isEmpty || uris.count != path.count ? nil : uris
    }
}
