import MessageBodies
import SDP
import SIPSyntax

/// What an MSRP media line of a session description says.
package struct MediaSummary: Sendable, Hashable {
    package var port: Int
    package var path: [MSRPAddress]
    package var acceptTypes: [String]
    package var acceptWrappedTypes: [String]
    /// The direction that holds for the line: `sendrecv`, `sendonly`, `recvonly` or `inactive`.
    package var direction: String
    package var maxSize: Int?
    /// The file that the line is for, or nil where it is for messages.
    package var file: FileSummary?
    /// Whether the line says itself who opens the connection.
    ///
    /// RFC 4145 §4, RFC 6135
    package var hasSetup: Bool

    /// Whether the types listed cover this one.
    ///
    /// RFC 4975 §8.6
    package func accepts(_ type: String) -> Bool {
        let type = type.lowercased()
        return acceptTypes.contains { listed in
            let listed = listed.lowercased()
            return listed == "*" || listed == type || (listed.hasSuffix("/*") && type.hasPrefix(listed.dropLast()))
        }
    }
}

extension MediaSummary {
    static func all(in content: MessageContent) -> [MediaSummary] {
        guard case .sip(let message) = content, let body = message.sessionDescription,
            let description = try? SessionDescription(parsing: body)
        else { return [] }
        return description.media.filter { $0.transport.uppercased().hasSuffix("MSRP") }.map { media in
            MediaSummary(
                port: Int(media.port), path: media.path.map(MSRPAddress.init), acceptTypes: media.acceptTypes,
                acceptWrappedTypes: media.acceptWrappedTypes, direction: description.direction(of: media).rawValue,
                maxSize: media.maxSize, file: FileSummary(media), hasSetup: media.setup != nil)
        }
    }
}

extension SIPMessage {
    /// The session description in the body, alone or as a part of several, or nil without one.
    var sessionDescription: [UInt8]? {
        guard !body.isEmpty, let type = first(.contentType).flatMap(ContentType.init(parsing:)) else { return nil }
        if type.essence == "application/sdp" { return body }
        guard type.essence.hasPrefix("multipart/"), let boundary = type.parameter("boundary"),
            let body = try? MultipartBody(parsing: body, boundary: boundary)
        else { return nil }
        return body.first(type: "application/sdp")?.body
    }
}
