import Conformance
import HTTPSyntax
import MessageBodies
import SDP
import SIPSyntax

extension DissectedMessage {
    /// Every value of a part, in the order of the message.
    func values(of part: DissectedPart) -> [String] {
        switch part {
        case .requestURI: [sip?.requestURI].compactMap(\.self)
        case .method: [requestMethod ?? sipSummary?.method].compactMap(\.self)
        case .status: [responseStatus.map(String.init)].compactMap(\.self)
        case .identity: [identity].compactMap(\.self)
        case .release: releases
        case .fromTag: [sipSummary?.fromTag].compactMap(\.self)
        case .toTag: [sipSummary?.toTag].compactMap(\.self)
        case .replacesCallID: replaces.map(\.callID)
        case .replacesFromTag: replaces.compactMap(\.fromTag)
        case .replacesToTag: replaces.compactMap(\.toTag)
        case .warningCode: warningCodes
        case .httpPath: [http?.target].compactMap(\.self)
        case .body: body.isEmpty ? [] : [String(decoding: body, as: UTF8.self)]
        case .payload: [payload?.text].compactMap(\.self)
        case .payloadType: [payload?.contentType].compactMap(\.self)
        case .partType: bodyParts.map(\.contentType)
        case .partDisposition: bodyParts.compactMap(\.disposition)
        case .recipients: recipients ?? []
        case .mediaPort, .mediaPath, .mediaAcceptTypes, .mediaAcceptWrappedTypes, .mediaDirection, .mediaMaxSize,
            .mediaCount, .chatPort, .chatPath, .chatDirection, .fileCount, .filePort, .filePath, .fileDirection,
            .fileSelector, .fileTransferID, .fileName, .fileType, .fileSize, .fileHash:
            mediaValues(of: part)
        case .conferenceEntity, .conferenceVersion, .conferenceState, .conferenceUsers, .conferenceOwn,
            .conferenceConnected, .conferenceDisconnected, .conferenceNames:
            conferenceValues(of: part)
        case .listCount, .listReference, .listFrom, .listTo, .listTime, .listSize, .listExpiry, .listSubject, .listName:
            listValues(of: part)
        case .settingsBarsSessions, .settingsBarsPagers, .settingsOfflineDelivery, .settingsVisible,
            .settingsRecordsSessions, .settingsRecordsPagers:
            settingsValues(of: part)
        case .imdnMessageID: [notification?.messageID].compactMap(\.self)
        case .imdnStatus: [notification?.status].compactMap(\.self)
        }
    }

    /// The dialogs that the request wants replaced, or has others replace.
    private var replaces: [Replaces] {
        if let field = sip?.first(.replaces) { return [try? Replaces(parsing: field)].compactMap(\.self) }
        return (recipients ?? []).compactMap { Replaces(inHeadersOf: $0) }
    }

    /// The `IM-…/OMA…` products of User-Agent and Server.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 Appendix F.1
    private var releases: [String] {
        guard let sip else { return [] }
        return (sip.all(.userAgent) + sip.all(.server)).flatMap { value in
            value.replacing(" / ", with: "/").split(separator: " ").map(String.init).filter { $0.hasPrefix("IM-") }
        }
    }

    /// The three digits at the beginning of each text of a Warning 399.
    private var warningCodes: [String] {
        guard let sip else { return [] }
        return sip.list(.warning).compactMap { value in
            guard let warning = try? Warning(parsing: value), warning.code == 399 else { return nil }
            let digits = warning.text.prefix { $0.isASCII && $0.isNumber }
            return digits.count == 3 ? String(digits) : nil
        }
    }

    private func settingsValues(of part: DissectedPart) -> [String] {
        guard ContentType(parsing: contentType ?? "")?.essence == IMServiceSettings.mediaType,
            let settings = try? IMServiceSettings(parsing: body)
        else { return [] }
        return switch part {
        case .settingsBarsSessions: [String(settings.barsSessions)]
        case .settingsBarsPagers: [String(settings.barsPagers)]
        case .settingsOfflineDelivery: [String(settings.wantsOfflineDelivery)]
        case .settingsVisible: [String(settings.isVisible)]
        case .settingsRecordsSessions: [String(settings.recordsSessions)]
        case .settingsRecordsPagers: [String(settings.recordsPagers)]
        default: []
        }
    }

    /// The values of a header of the message/cpim in the body, under its name with or without prefix; of an address
    /// the URI.
    func cpimValues(_ name: String) -> [String] {
        guard ContentType(parsing: contentType ?? "")?.essence == "message/cpim",
            let message = try? CPIMMessage(parsing: body)
        else { return [] }
        let headers = message.headers.filter { $0.name == name || $0.localName == name }
        let fields = message.contentFields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return headers.map { $0.uri ?? $0.value } + fields
    }

    /// The values of a field of the stored message in the body: of its SIP request first, else of its MSRP request.
    func encapsulatedValues(_ name: String) -> [String] {
        let inner = innermost(contentType: contentType ?? "", body: body)
        guard let message = try? EncapsulatedMessage(parsing: inner.body, contentType: inner.contentType) else {
            return []
        }
        let value =
            switch DissectedPart(rawValue: name) {
            case .requestURI: message.request?.requestURI
            case .method: message.request?.method
            case .payload: message.payload.map { String(decoding: $0.body, as: UTF8.self) }
            case .payloadType: message.payload?.contentType
            default: message.value(name)
            }
        return [value].compactMap(\.self)
    }

    /// The disposition notification in the body, what it is about and what it says.
    private var notification: (messageID: String, status: String)? {
        let inner = innermost(contentType: contentType ?? "", body: body)
        guard ContentType(parsing: inner.contentType)?.essence == IMDN.mediaType,
            let imdn = try? IMDN(parsing: inner.body)
        else { return nil }
        let status =
            switch imdn.notification {
            case .delivery(let status): status.rawValue
            case .processing(let status): status.rawValue
            case .display(let status): status.rawValue
            }
        return (imdn.messageID, status)
    }
}
