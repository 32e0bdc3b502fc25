import Conformance
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
        case .replacesCallID: [replaces?.callID].compactMap(\.self)
        case .replacesFromTag: [replaces?.fromTag].compactMap(\.self)
        case .replacesToTag: [replaces?.toTag].compactMap(\.self)
        case .warningCode: warningCodes
        case .httpPath: []
        case .body: body.isEmpty ? [] : [String(decoding: body, as: UTF8.self)]
        case .payload: [payload?.text].compactMap(\.self)
        case .payloadType: [payload?.contentType].compactMap(\.self)
        case .partType: bodyParts.map(\.contentType)
        case .partDisposition: bodyParts.compactMap(\.disposition)
        case .recipients: []
        case .mediaPort, .mediaPath, .mediaAcceptTypes, .mediaAcceptWrappedTypes, .mediaDirection, .mediaMaxSize,
            .mediaCount, .chatPort, .chatPath, .chatDirection, .fileCount, .filePort, .filePath, .fileDirection,
            .fileSelector, .fileTransferID, .fileName, .fileType, .fileSize, .fileHash:
            mediaValues(of: part)
        case .conferenceEntity, .conferenceVersion, .conferenceState, .conferenceUsers, .conferenceOwn,
            .conferenceConnected, .conferenceDisconnected, .conferenceNames:
            []
        case .listCount, .listReference, .listFrom, .listTo, .listTime, .listSize, .listExpiry, .listSubject, .listName:
            []
        case .settingsBarsSessions, .settingsBarsPagers, .settingsOfflineDelivery, .settingsVisible,
            .settingsRecordsSessions, .settingsRecordsPagers:
            settingsValues(of: part)
        case .imdnMessageID, .imdnStatus: []
        }
    }

    private var replaces: Replaces? { sip?.first(.replaces).flatMap { try? Replaces(parsing: $0) } }

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

    func encapsulatedValues(_ name: String) -> [String] { [] }
}
