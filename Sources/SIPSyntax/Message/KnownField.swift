/// The fields that the harness knows by name, spelled as their RFCs do.
///
/// RFC 3261 §20 and the extensions that SIMPLE IM builds on.
enum KnownField: String, CaseIterable, Sendable {
    case accept = "Accept"
    case acceptContact = "Accept-Contact"
    case acceptEncoding = "Accept-Encoding"
    case acceptLanguage = "Accept-Language"
    case alertInfo = "Alert-Info"
    case allow = "Allow"
    case allowEvents = "Allow-Events"
    case authenticationInfo = "Authentication-Info"
    case authorization = "Authorization"
    case callID = "Call-ID"
    case callInfo = "Call-Info"
    case contact = "Contact"
    case contentDisposition = "Content-Disposition"
    case contentEncoding = "Content-Encoding"
    case contentLanguage = "Content-Language"
    case contentLength = "Content-Length"
    case contentType = "Content-Type"
    case cSeq = "CSeq"
    case date = "Date"
    case errorInfo = "Error-Info"
    case event = "Event"
    case expires = "Expires"
    case from = "From"
    case historyInfo = "History-Info"
    case inReplyTo = "In-Reply-To"
    case maxForwards = "Max-Forwards"
    case mimeVersion = "MIME-Version"
    case minExpires = "Min-Expires"
    case minSE = "Min-SE"
    case organization = "Organization"
    case pAccessNetworkInfo = "P-Access-Network-Info"
    case pAssertedIdentity = "P-Asserted-Identity"
    case pAssociatedURI = "P-Associated-URI"
    case pCalledPartyID = "P-Called-Party-ID"
    case pChargingVector = "P-Charging-Vector"
    case pPreferredIdentity = "P-Preferred-Identity"
    case pVisitedNetworkID = "P-Visited-Network-ID"
    case path = "Path"
    case priority = "Priority"
    case privacy = "Privacy"
    case proxyAuthenticate = "Proxy-Authenticate"
    case proxyAuthorization = "Proxy-Authorization"
    case proxyRequire = "Proxy-Require"
    case rAck = "RAck"
    case reason = "Reason"
    case recordRoute = "Record-Route"
    case referSub = "Refer-Sub"
    case referTo = "Refer-To"
    case referredBy = "Referred-By"
    case rejectContact = "Reject-Contact"
    case replaces = "Replaces"
    case replyTo = "Reply-To"
    case requestDisposition = "Request-Disposition"
    case require = "Require"
    case retryAfter = "Retry-After"
    case route = "Route"
    case rSeq = "RSeq"
    case server = "Server"
    case serviceRoute = "Service-Route"
    case sessionExpires = "Session-Expires"
    case sipETag = "SIP-ETag"
    case sipIfMatch = "SIP-If-Match"
    case subject = "Subject"
    case subscriptionState = "Subscription-State"
    case supported = "Supported"
    case timestamp = "Timestamp"
    case to = "To"
    case unsupported = "Unsupported"
    case userAgent = "User-Agent"
    case via = "Via"
    case warning = "Warning"
    case wwwAuthenticate = "WWW-Authenticate"

    /// The letter of the compact form.
    ///
    /// RFC 3261 §7.3.3, and the registrations of the extensions
    var compactForm: UInt8? {
        switch self {
        case .acceptContact: UInt8(ascii: "a")
        case .allowEvents: UInt8(ascii: "u")
        case .callID: UInt8(ascii: "i")
        case .contact: UInt8(ascii: "m")
        case .contentEncoding: UInt8(ascii: "e")
        case .contentLength: UInt8(ascii: "l")
        case .contentType: UInt8(ascii: "c")
        case .event: UInt8(ascii: "o")
        case .from: UInt8(ascii: "f")
        case .referTo: UInt8(ascii: "r")
        case .referredBy: UInt8(ascii: "b")
        case .rejectContact: UInt8(ascii: "j")
        case .requestDisposition: UInt8(ascii: "d")
        case .sessionExpires: UInt8(ascii: "x")
        case .subject: UInt8(ascii: "s")
        case .supported: UInt8(ascii: "k")
        case .to: UInt8(ascii: "t")
        case .via: UInt8(ascii: "v")
        default: nil
        }
    }
}
