import MessageBodies
import SDP
import SIPSyntax

/// Whether a message reaches the wire after a defect has had its way with it.
enum Fate: Sendable, Equatable {
    case sent
    case lost
}

extension ClientDefect {
    /// Does to a SIP message on its way out what this defect does, which for most messages is nothing.
    func alter(_ message: inout SIPMessage) -> Fate {
        let kind = (try? message.cSeq())?.method
        switch self {
        case .featureTagMissing where message.method == .invite || message.method == .message:
            message.remove(.acceptContact)
        case .contactTagMissing where kind == .invite, .registrationTagMissing where message.method == .register:
            message.omitFeatureTag()
        case .userAgentMissing where message.isRequest:
            message.remove(.userAgent)
        case .serverFieldMissing where message.isSuccess:
            message.remove(.server)
            message.remove(.userAgent)
        case .publishTagMissing where message.method == .publish:
            message.remove(.acceptContact)
        case .requirePrefMissing where message.method == .register:
            message.remove(.require)
        case .timerNotSupported where message.method == .invite:
            message.remove(.supported)
        case .contactInMessage where message.method == .message:
            message.add(.contact, "<sip:\((try? message.via())?.host ?? "localhost")>")
        case .contentLengthWrong where message.method == .invite || message.method == .message:
            message.set(.contentLength, "\(message.body.count + 10)")
        case .largeMessageTagMissing where message.method == .invite && message.isForLargeMessage:
            message.set(.acceptContact, "*;\(ClientFields.featureTag)")
        case .largeMessageBothWays where message.method == .invite && message.isForLargeMessage:
            message.alterMSRP { $0.attributes.removeAll { $0.name == Direction.sendOnly.rawValue } }
        case .ackNeverSent where message.method == .ack:
            return .lost
        case .byeNeverAnswered where !message.isRequest && kind == .bye:
            return .lost
        case .notifyNeverAnswered where !message.isRequest && kind == .notify:
            return .lost
        case .answerWithoutPath where message.isAnswer:
            message.alterMSRP { $0.attributes.removeAll { $0.name == "path" } }
        case .answerWithForeignAcceptTypes where message.isAnswer:
            message.alterMSRP { media in
                media.attributes.removeAll { $0.name == "accept-types" }
                media.attributes.append(Attribute("accept-types", "application/x-not-offered"))
            }
        case .answerPortZero where message.isAnswer:
            message.alterMSRP { $0.port = 0 }
        case .textAltered where message.method == .message:
            message.alterBody { $0.isList ? $0 : $0.withAlteredText }
        case .listPageWithoutDisposition where message.method == .message:
            message.alterBody { $0.isList ? $0.withoutDisposition : $0 }
        case .listPageToFirstOnly where message.method == .message:
            message.alterBody { $0.isList ? $0.withFirstEntryAlone : $0 }
        default:
            alterFiles(in: &message)
            return alterAroundConference(&message)
        }
        return .sent
    }
}

extension SIPMessage {
    fileprivate mutating func omitFeatureTag() {
        guard var contact = try? contact() else { return }
        contact.parameters.removeAll { $0.name == ClientFields.featureTag }
        set(.contact, contact.description)
    }

    /// Changes the parts of a multipart body, or the body itself where it has none.
    mutating func alterBody(_ change: (MultipartBody.BodyPart) -> MultipartBody.BodyPart) {
        let type = first(.contentType) ?? "text/plain"
        if let multipart = try? MultipartBody(parsing: body, contentType: type) {
            body = MultipartBody(boundary: multipart.boundary, parts: multipart.parts.map(change)).serialized()
        } else {
            body = change(MultipartBody.BodyPart(contentType: type, body: body)).body
        }
    }
}

extension MultipartBody.BodyPart {
    var isList: Bool { essence == ResourceLists.mediaType }

    fileprivate var withAlteredText: Self {
        var text = body
        text.alterText()
        return Self(fields: fields, body: text)
    }

    fileprivate var withoutDisposition: Self {
        Self(fields: fields.filter { $0.name.lowercased() != "content-disposition" }, body: body)
    }

    fileprivate var withFirstEntryAlone: Self {
        let uris = (try? ResourceLists(parsing: body))?.entries.map(\.uri) ?? []
        return Self(fields: fields, body: ResourceLists(Array(uris.prefix(1))).serialized())
    }
}
