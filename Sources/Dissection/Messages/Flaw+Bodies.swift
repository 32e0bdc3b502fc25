import MessageBodies
import SDP
import XMLTree

// What is wrong with bodies.
extension Flaw {
    /// The flaws of a content, which may have come in several chunks, as its type says it should be.
    ///
    /// It looks into so many wrappers, as deep as the payload is looked for: more are there to exhaust the reader.
    static func bodyFlaws(contentType: String, _ body: [UInt8], within wrappers: Int = 8) -> [Flaw] {
        guard !body.isEmpty, wrappers >= 0 else { return [] }
        let type = String(contentType.lowercased().prefix { $0 != ";" && $0 != " " })
        do {
            switch type {
            case "application/sdp":
                return SessionDescription.flaws(in: body).map { flaw in
                    Flaw(
                        rule: "sdp.\(flaw.rule.rawValue)", clause: flaw.clause, field: "body line \(flaw.line)",
                        offset: nil, explanation: flaw.explanation)
                }
            case "message/cpim":
                let message = try CPIMMessage(parsing: body)
                return bodyFlaws(contentType: message.contentType, message.body, within: wrappers - 1)
            case let type where type.hasPrefix("multipart/"):
                guard let boundary = ContentType(parsing: contentType)?.parameter("boundary") else { return [] }
                let parts = try MultipartBody(parsing: body, boundary: boundary).parts
                return parts.flatMap { bodyFlaws(contentType: $0.contentType, $0.body, within: wrappers - 1) }
            case let type where type.hasSuffix("+xml"): return try documentFlaws(type, body)
            case let type where !hasMark(of: type, body):
                return [
                    Flaw(
                        rule: "body.\(type)", clause: "RFC 2045 §5", field: "Content-Type", offset: nil,
                        explanation: "The body does not begin as \(type) does.")
                ]
            default: return []
            }
        } catch {
            let clause = type == "message/cpim" ? "RFC 3862 §2" : "RFC 2045 §5"
            return [
                Flaw(
                    rule: "body.\(type)", clause: clause, field: "Content-Type", offset: nil,
                    explanation: "The body is not \(type), as its Content-Type says: \(error).")
            ]
        }
    }

    /// The flaws of a document of XML, by the schema of its type where there is one.
    private static func documentFlaws(_ type: String, _ body: [UInt8]) throws -> [Flaw] {
        if type == IMServiceSettings.mediaType { _ = try IMServiceSettings(parsing: body) }
        guard let schema = BodySchema(mediaType: type) else {
            _ = try XMLDocument(parsing: body)
            return []
        }
        return try schema.violations(in: body).map { violation in
            Flaw(
                rule: "body.\(schema.rawValue)", clause: schema.clause, field: "body line \(violation.line)",
                offset: nil, explanation: violation.message)
        }
    }

    /// Whether the bytes begin as those of a picture of this type do; of other types nothing is known.
    private static func hasMark(of type: String, _ body: [UInt8]) -> Bool {
        let mark: [UInt8]
        switch type {
        case "image/png": mark = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        case "image/jpeg": mark = [0xFF, 0xD8, 0xFF]
        case "image/gif": mark = Array("GIF8".utf8)
        default: return true
        }
        return body.starts(with: mark)
    }
}

extension BodySchema {
    /// Where the form of the documents is laid down.
    fileprivate var clause: String {
        switch self {
        case .conferenceInfo: "RFC 4575 §4.1"
        case .resourceLists: "RFC 4826 §3"
        case .pocSettings: "RFC 4354 §6.1"
        case .serviceSettings: "OMA-TS-SIMPLE_IM-V1_0 §E.4"
        case .imdn: "RFC 5438 §11"
        case .isComposing: "RFC 3994 §6"
        case .finalReport: "OMA-TS-SIMPLE_IM-V1_0 §O"
        case .historyList: "OMA-TS-SIMPLE_IM-V1_0 §J"
        case .listService, .xdmCommonPolicy, .xdmExtensions: "OMA XDM"
        case .commonPolicy: "RFC 4745 §13"
        case .xcapError: "RFC 4825 §11"
        }
    }
}
