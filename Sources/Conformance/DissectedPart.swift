/// What a rule can name besides the header fields of a message.
package enum DissectedPart: String, CaseIterable, Sendable {
    /// The Request-URI of a request.
    case requestURI = "Request-URI"
    /// The method of a request, or of the request that a response answers.
    case method
    /// The status code of a response.
    case status
    /// Who sent it: the address of P-Asserted-Identity, else of From.
    case identity
    /// The OMA release, `IM-client/OMA1.0`, without blanks, whether User-Agent or Server carries it.
    case release
    case fromTag = "from.tag"
    case toTag = "to.tag"
    case replacesCallID = "replaces.call-id"
    case replacesFromTag = "replaces.from-tag"
    case replacesToTag = "replaces.to-tag"
    /// The three digits at the beginning of the text of a Warning.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.6
    case warningCode = "warning.code"
    /// The path and query of an HTTP request.
    case httpPath = "http.path"

    /// The body as it came, from all the chunks of it.
    case body
    /// The innermost body, after unwrapping.
    case payload
    case payloadType = "payload.type"
    /// The content type of the body, or of each of its parts.
    case partType = "part.type"
    /// The disposition of the body, or of each of its parts.
    case partDisposition = "part.disposition"
    /// The URIs of the list of recipients in the body.
    case recipients

    // The first MSRP media line.
    case mediaPort = "sdp.media.port"
    case mediaPath = "sdp.media.path"
    case mediaAcceptTypes = "sdp.media.accept-types"
    case mediaAcceptWrappedTypes = "sdp.media.accept-wrapped-types"
    case mediaDirection = "sdp.media.direction"
    case mediaMaxSize = "sdp.media.max-size"
    /// How many MSRP media lines there are.
    case mediaCount = "sdp.media.count"

    // The MSRP media lines without a file.
    case chatPort = "sdp.chat.port"
    case chatPath = "sdp.chat.path"
    case chatDirection = "sdp.chat.direction"

    // The MSRP media lines that are for a file; but for count, port and path those that are open.
    case fileCount = "sdp.file.count"
    case filePort = "sdp.file.port"
    case filePath = "sdp.file.path"
    case fileDirection = "sdp.file.direction"
    case fileSelector = "sdp.file.selector"
    case fileTransferID = "sdp.file.transfer-id"
    case fileName = "sdp.file.name"
    case fileType = "sdp.file.type"
    case fileSize = "sdp.file.size"
    case fileHash = "sdp.file.hash"

    // The conference state in a NOTIFY.
    case conferenceEntity = "conference.entity"
    case conferenceVersion = "conference.version"
    case conferenceState = "conference.state"
    /// The entities of the users.
    case conferenceUsers = "conference.users"
    /// The entities of the users that are marked as the receiver's own.
    case conferenceOwn = "conference.own"
    case conferenceConnected = "conference.connected"
    case conferenceDisconnected = "conference.disconnected"
    /// The display texts of the users.
    case conferenceNames = "conference.names"

    // The list of stored items in an HTTP response.
    case listCount = "list.count"
    case listReference = "list.reference"
    case listFrom = "list.from"
    case listTo = "list.to"
    case listTime = "list.time"
    case listSize = "list.size"
    case listExpiry = "list.expiry"
    case listSubject = "list.subject"
    case listName = "list.name"

    // The settings in a PUBLISH.
    case settingsBarsSessions = "settings.bars-sessions"
    case settingsBarsPagers = "settings.bars-pagers"
    case settingsOfflineDelivery = "settings.offline-delivery"
    case settingsVisible = "settings.visible"
    case settingsRecordsSessions = "settings.records-sessions"
    case settingsRecordsPagers = "settings.records-pagers"

    // The disposition notification in a body.
    case imdnMessageID = "imdn.message-id"
    case imdnStatus = "imdn.status"
}

/// A wrapper of which a rule can name the header fields, such as `cpim.From` and `encapsulated.Call-ID`.
package enum FieldWrapper: String, CaseIterable, Sendable {
    /// The message/cpim in the body.
    case cpim
    /// The message/sip, message/sipfrag or message/msrp in the body.
    case encapsulated

    /// The wrapper that the name of a field begins with, and the name of the field in it.
    ///
    /// - Returns: nil where it begins with none.
    package static func split(_ name: String) -> (wrapper: FieldWrapper, field: String)? {
        guard let point = name.firstIndex(of: "."), let wrapper = FieldWrapper(rawValue: String(name[..<point])) else {
            return nil
        }
        return (wrapper, String(name[name.index(after: point)...]))
    }
}
