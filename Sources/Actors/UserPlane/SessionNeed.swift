import SDP

/// What a session is to do for its media.
enum SessionNeed: Sendable {
    case nothing
    /// Offers the lines as they stand now, by re-INVITE.
    case offer
    /// Ends, for nothing is left to pass.
    case release
}

extension MediaDescription {
    /// The line that refuses this one.
    ///
    /// RFC 3264 §6, RFC 5547 §8.2.2
    var refusal: MediaDescription {
        MediaDescription(
            kind: kind, port: 0, transport: transport, formats: formats,
            attributes: attributes.filter { $0.name == "file-selector" || $0.name == "file-transfer-id" })
    }
}
