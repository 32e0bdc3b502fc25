import Conformance
import MessageBodies
import SDP
import SIPSyntax

extension DissectedMessage {
    /// The session description in the body, or nil without one that can be read.
    var sessionDescription: SessionDescription? {
        sip?.sessionDescription.flatMap { try? SessionDescription(parsing: $0) }
    }

    /// Every value of a part that stands in the session description, in the order of its lines.
    func mediaValues(of part: DissectedPart) -> [String] {
        guard let description = sessionDescription else { return [] }
        let lines = description.media.filter(\.isMSRP)
        let chats = lines.filter { !$0.isForFile }
        let files = lines.filter(\.isForFile)
        func directions(_ lines: [MediaDescription]) -> [String] {
            lines.map { description.direction(of: $0).rawValue }
        }
        let first = Array(lines.prefix(1))
        return switch part {
        case .mediaCount: [String(lines.count)]
        case .mediaPort: first.map { String($0.port) }
        case .mediaPath: first.flatMap(\.path)
        case .mediaAcceptTypes: first.flatMap(\.acceptTypes)
        case .mediaAcceptWrappedTypes: first.flatMap(\.acceptWrappedTypes)
        case .mediaDirection: directions(first)
        case .mediaMaxSize: first.compactMap(\.maxSize).map(String.init)
        case .chatPort: chats.map { String($0.port) }
        case .chatPath: chats.flatMap(\.path)
        case .chatDirection: directions(chats)
        case .fileCount: [String(files.count)]
        case .filePort: files.map { String($0.port) }
        case .filePath: files.flatMap(\.path)
        case .fileDirection: directions(files)
        case .fileSelector: files.compactMap { $0.value("file-selector") }
        case .fileTransferID: files.compactMap(\.fileTransferID)
        case .fileName: files.compactMap(\.fileSelector?.name)
        case .fileType: files.compactMap(\.fileSelector?.type)
        case .fileSize: files.compactMap(\.fileSelector?.size).map(String.init)
        case .fileHash:
            files.flatMap { $0.fileSelector?.hashes ?? [] }.map { FileSelector(hashes: [$0]).description }
        default: []
        }
    }

    /// The parts of a body of several, or the body itself as the only one.
    var bodyParts: [(contentType: String, disposition: String?)] {
        guard !body.isEmpty else { return [] }
        let type = contentType ?? ""
        guard let parsed = ContentType(parsing: type), parsed.essence.hasPrefix("multipart/"),
            let boundary = parsed.parameter("boundary"),
            let parts = try? MultipartBody(parsing: body, boundary: boundary).parts
        else { return [(type, values(of: "Content-Disposition").first?.essence)] }
        return parts.map { ($0.contentType, $0.fields.first("Content-Disposition")?.essence) }
    }
}

extension MediaDescription {
    /// Whether the line is for the transfer of a file.
    ///
    /// RFC 5547 §6
    var isForFile: Bool { value("file-selector") != nil || value("file-transfer-id") != nil }
}

extension String {
    /// The value of a field without its parameters, in lower case.
    fileprivate var essence: String { prefix { $0 != ";" && $0 != " " }.lowercased() }
}
