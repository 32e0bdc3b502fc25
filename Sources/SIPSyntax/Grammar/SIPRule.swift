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
    case messageBody = "message-body"
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
}
