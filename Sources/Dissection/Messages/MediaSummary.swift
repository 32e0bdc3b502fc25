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

/// What a media line says of the file that it is for.
///
/// RFC 5547 §6
package struct FileSummary: Sendable, Hashable {
    /// A digest by the name of its algorithm, in small letters.
    package struct Digest: Sendable, Hashable {
        package var algorithm: String
        package var bytes: [UInt8]
    }

    package var transferID: String?
    /// The selector as written.
    package var selector: String?
    /// Whether the selector is one by the grammar.
    package var isReadable: Bool
    package var name: String?
    package var type: String?
    package var size: Int?
    package var digests: [Digest]
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

extension FileSummary {
    fileprivate init?(_ media: MediaDescription) {
        let selector = media.value("file-selector")
        guard selector != nil || media.fileTransferID != nil else { return nil }
        let read = media.fileSelector
        self.init(
            transferID: media.fileTransferID, selector: selector, isReadable: selector == nil || read != nil,
            name: read?.name, type: read?.type, size: read?.size,
            digests: (read?.hashes ?? []).map { Digest(algorithm: $0.algorithm.lowercased(), bytes: $0.bytes) })
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
