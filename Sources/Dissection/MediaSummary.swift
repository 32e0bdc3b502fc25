import SDP
import SIPSyntax

/// What the first MSRP media line of a session description says.
package struct MediaSummary: Sendable, Hashable {
    package var port: Int
    package var path: [String]
    package var acceptTypes: [String]
    package var acceptWrappedTypes: [String]
}

extension DissectedMessage {
    /// The MSRP media line of the session description in the body, or nil without one that can be read.
    package var mediaDescription: MediaSummary? {
        guard let sip, sip.first(.contentType)?.lowercased().hasPrefix("application/sdp") == true,
            let description = try? SessionDescription(parsing: sip.body),
            let media = description.media.first(where: { $0.transport.hasSuffix("MSRP") })
        else { return nil }
        return MediaSummary(
            port: Int(media.port), path: media.path, acceptTypes: media.acceptTypes,
            acceptWrappedTypes: media.acceptWrappedTypes)
    }
}
