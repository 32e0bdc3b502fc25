import Bytes
import Conformance
import MessageBodies

extension DissectedMessage {
    /// Every value of a part that stands in the session description, in the order of its lines.
    func mediaValues(of part: DissectedPart) -> [String] {
        let lines = mediaDescriptions
        guard hasSessionDescription else { return [] }
        let chats = lines.filter { $0.file == nil }
        let files = lines.filter { $0.file != nil }
        // What a line says that is closed it has said before, of another transfer.
        let openLines = files.filter { $0.port != 0 }
        let open = openLines.compactMap(\.file)
        let first = Array(lines.prefix(1))
        func ports(_ lines: [MediaSummary]) -> [String] { lines.map { String($0.port) } }
        func paths(_ lines: [MediaSummary]) -> [String] { lines.flatMap { $0.path.map(\.description) } }
        return switch part {
        case .mediaCount: [String(lines.count)]
        case .mediaPort: ports(first)
        case .mediaPath: paths(first)
        case .mediaAcceptTypes: first.flatMap(\.acceptTypes)
        case .mediaAcceptWrappedTypes: first.flatMap(\.acceptWrappedTypes)
        case .mediaDirection: first.map(\.direction)
        case .mediaMaxSize: first.compactMap(\.maxSize).map(String.init)
        case .chatPort: ports(chats)
        case .chatPath: paths(chats)
        case .chatDirection: chats.map(\.direction)
        case .fileCount: [String(files.count)]
        case .filePort: ports(files)
        case .filePath: paths(files)
        case .fileDirection: openLines.map(\.direction)
        case .fileSelector: open.compactMap(\.selector)
        case .fileTransferID: open.compactMap(\.transferID)
        case .fileName: open.compactMap(\.name)
        case .fileType: open.compactMap(\.type)
        case .fileSize: open.compactMap(\.size).map(String.init)
        case .fileHash: open.flatMap(\.digests).map(\.description)
        default: []
        }
    }

    /// The parts of a body of several, at any depth, or the body itself as the only one.
    package var bodyParts: [BodySummary] {
        guard !body.isEmpty else { return [] }
        let type = contentType ?? ""
        guard let multipart = try? MultipartBody(parsing: body, contentType: type) else {
            let disposition = values(of: "Content-Disposition").first.flatMap(BodyDisposition.init(parsing:))
            return [BodySummary(contentType: type, disposition: disposition?.type, bytes: body)]
        }
        return multipart.leaves.map {
            BodySummary(contentType: $0.contentType, disposition: $0.disposition?.type, bytes: $0.body)
        }
    }

    /// The URIs of the list of recipients in the body, or nil without one.
    ///
    /// RFC 5363 §4
    package var recipients: [String]? {
        let list = bodyParts.first { part in
            part.essence == ResourceLists.mediaType
                && (part.disposition.map { $0 == BodyDisposition.recipientList.type } ?? true)
        }
        return list.flatMap { try? ResourceLists(parsing: $0.bytes) }.map { $0.entries.map(\.uri) }
    }
}

/// A part of a body.
package struct BodySummary: Sendable, Hashable {
    package var contentType: String
    package var disposition: String?
    package var bytes: [UInt8]

    /// The media type without its parameters, in lower case.
    package var essence: String { ContentType(parsing: contentType)?.essence ?? contentType.lowercased() }
}

extension FileSummary.Digest {
    /// The digest as a selector writes it.
    fileprivate var description: String {
        "\(algorithm):\(bytes.map(\.hexPair).joined(separator: ":"))"
    }
}
