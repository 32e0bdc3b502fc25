import MSRP
import SDP

/// One media line of this client for a large message or a file, as it stands in an offer or an answer.
///
/// RFC 3264 §5 and §6, RFC 4975 §8
struct ContentLine: Sendable {
    /// This end of the MSRP session, which belongs to this line alone.
    let uri: MSRPURI
    var direction: Direction
    var acceptTypes: [String]
    var acceptWrappedTypes: [String] = []
    /// The attributes besides those of every message session.
    var attributes: [Attribute] = []

    var description: MediaDescription {
        .msrp(
            port: uri.port ?? 0, path: [uri.description], acceptTypes: acceptTypes,
            acceptWrappedTypes: acceptWrappedTypes, direction: direction, attributes: attributes)
    }

    /// The leg that the answer to this line makes; the offerer opens the connection.
    ///
    /// RFC 4975 §5.4
    ///
    /// - Returns: nil where the answer refuses the line, or has no path that can be used.
    func leg(answeredBy media: MediaDescription) -> MediaLeg? {
        guard media.isMSRP, !media.isRefused else { return nil }
        return leg(to: media, role: media.setup == .active ? .waits : .opens)
    }

    /// The leg that this line makes as the answer to an offer.
    func leg(answering media: MediaDescription) -> MediaLeg? {
        leg(to: media, role: media.setup == .passive ? .opens : .waits)
    }

    private func leg(to media: MediaDescription, role: MSRPSession.Role) -> MediaLeg? {
        media.msrpPath.map { MediaLeg(localURI: uri, remotePath: $0, role: role, acceptedTypes: acceptTypes) }
    }
}

extension ContentLine {
    /// What both sides take of an offered line, as an answer to it; nil where that is nothing.
    ///
    /// The specification never names accept-wrapped-types, so the types of contents may stand in either attribute.
    init?(answering offered: MediaDescription, direction: Direction, taking own: [String], at uri: MSRPURI) {
        let types = own.common(with: offered.acceptTypes)
        let wrapped = own.common(with: offered.acceptWrappedTypes)
        let isWrapper = { (type: String) in type.lowercased() == "message/cpim" }
        let contents = offered.acceptTypes.filter { !isWrapper($0) } + offered.acceptWrappedTypes
        guard !types.isEmpty, offered.isSecure == uri.isSecure,
            contents.isEmpty || !wrapped.isEmpty || types.contains(where: { !isWrapper($0) })
        else { return nil }
        let setup = offered.setup.map { Attribute("setup", $0 == .passive ? "active" : "passive") }
        self.init(
            uri: uri, direction: direction, acceptTypes: types, acceptWrappedTypes: wrapped,
            attributes: setup.map { [$0] } ?? [])
    }
}

extension MediaDescription {
    /// Whether a content of this type may go bare or has to be wrapped, as far as the line accepts either.
    ///
    /// RFC 4975 §8.6
    func carriage(of type: String, preferring preferred: Wrapping) -> Wrapping? {
        let essence = String(type.prefix { $0 != ";" && $0 != " " })
        let isWrapped = offers("message/cpim") && (acceptWrappedTypes.isEmpty || acceptWrappedTypes.cover(essence))
        let isBare = offers(essence)
        switch (preferred, isBare, isWrapped) {
        case (.none, true, _): return Wrapping.none
        case (.cpim, _, true): return .cpim
        case (.none, false, true): return .cpim
        case (.cpim, true, false): return Wrapping.none
        case (.none, false, false), (.cpim, false, false): return nil
        }
    }
}

extension [String] {
    /// Whether one of these types, of which some are wildcards, covers the type.
    ///
    /// RFC 4975 §8.6
    func cover(_ type: String) -> Bool {
        let type = type.lowercased()
        return contains { pattern in
            let pattern = pattern.lowercased()
            return pattern == "*" || pattern == type || (pattern.hasSuffix("/*") && type.hasPrefix(pattern.dropLast()))
        }
    }

    /// Those of the offered types that these cover, and of a wildcard those of these that it covers.
    fileprivate func common(with offered: [String]) -> [String] {
        offered.flatMap { type -> [String] in
            if type == "*" { return self }
            return cover(type) ? [type] : filter { [type].cover($0) }
        }
    }
}
