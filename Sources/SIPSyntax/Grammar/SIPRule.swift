/// The productions that can be broken, spelled as in the ABNF.
///
/// RFC 3261 §25.1, and the grammars of the extensions, each named where its field is parsed.
package enum SIPRule: String, Hashable, Sendable {
    case message = "SIP-message"
    case requestLine = "Request-Line"
    case statusLine = "Status-Line"
    case method = "Method"
    case requestURI = "Request-URI"
    case version = "SIP-Version"
    case statusCode = "Status-Code"
    case reasonPhrase = "Reason-Phrase"
    case messageHeader = "message-header"
    case headerName = "header-name"
    case headerValue = "header-value"
    case contentLength = "Content-Length"

    case token
    case word
    case quotedString = "quoted-string"
    case comment
    case digits = "1*DIGIT"
    case genericParameter = "generic-param"
    case textUTF8 = "TEXT-UTF8-TRIM"

    case host
    case port
    case sipURI = "SIP-URI"
    case scheme
    case userInfo = "userinfo"
    case password
    case uriParameter = "uri-parameter"
    case uriHeader = "header"
    case absoluteURI
    case addressSpecification = "addr-spec"
    case nameAddress = "name-addr"
    case displayName = "display-name"

    case viaParameter = "via-parm"
    case sentProtocol = "sent-protocol"
    case sentBy = "sent-by"
    case viaParameters = "via-params"
    case cSeq = "CSeq"
    case callID = "callid"
    case mediaType = "media-type"
    case maxForwards = "Max-Forwards"
    case deltaSeconds = "delta-seconds"
    case refresher = "refresher-param"
    case eventType = "event-type"
    case substateValue = "substate-value"
    case warningValue = "warning-value"
    case warnCode = "warn-code"
    case warnAgent = "warn-agent"
    case replacesParameter = "replaces-param"
    case privValue = "priv-value"
    case sipDate = "SIP-date"
    case dispType = "disp-type"
    case reasonValue = "reason-value"
    case referSubValue = "refer-sub-value"
    case mediaRange = "media-range"
    case serverValue = "server-val"
    case acValue = "ac-value"
    case featureParameter = "feature-param"
    case authScheme = "auth-scheme"
    case authParameter = "auth-param"
    case pAssertedIdentityValue = "PAssertedID-value"
    case rAck = "RAck"
}
