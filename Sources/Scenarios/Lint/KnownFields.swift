/// The header fields of SIP and MSRP that a rule is likely to name.
enum KnownFields {
    static let names = [
        // RFC 3261 §20
        "Accept", "Accept-Encoding", "Accept-Language", "Alert-Info", "Allow", "Authentication-Info", "Authorization",
        "Call-ID", "Call-Info", "Contact", "Content-Disposition", "Content-Encoding", "Content-Language",
        "Content-Length", "Content-Type", "CSeq", "Date", "Error-Info", "Expires", "From", "In-Reply-To",
        "Max-Forwards", "MIME-Version", "Min-Expires", "Organization", "Priority", "Proxy-Authenticate",
        "Proxy-Authorization", "Proxy-Require", "Record-Route", "Reply-To", "Require", "Retry-After", "Route", "Server",
        "Subject", "Supported", "Timestamp", "To", "Unsupported", "User-Agent", "Via", "Warning", "WWW-Authenticate",
        // RFC 3262, 3265, 3312–3329, 3515, 3608, 3840–3903, 4028, 4488, 5318
        "RAck", "RSeq", "Allow-Events", "Event", "Subscription-State", "P-Asserted-Identity", "P-Preferred-Identity",
        "Privacy", "Path", "Reason", "Security-Client", "Security-Server", "Security-Verify", "Refer-To",
        "Service-Route", "Accept-Contact", "Reject-Contact", "Request-Disposition", "Replaces", "Referred-By",
        "SIP-ETag", "SIP-If-Match", "Session-Expires", "Min-SE", "Refer-Sub", "P-Refused-URI-List",
        "P-Access-Network-Info", "P-Charging-Vector", "P-Associated-URI", "P-Called-Party-ID",
        // RFC 4975 §9
        "To-Path", "From-Path", "Message-ID", "Success-Report", "Failure-Report", "Byte-Range", "Status",
        "Use-Path", "Content-ID", "Content-Description",
    ]
}
