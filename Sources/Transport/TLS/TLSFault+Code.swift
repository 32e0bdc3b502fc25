import COpenSSL

extension TLSFault {
    /// The fault that libssl reports.
    init(code: UInt, isHandshake: Bool) {
        let reason = ERR_GET_REASON(code)
        switch reason {
        case 0: self = isHandshake ? .endedEarly : .truncated
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: self = .noCertificate
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW, SSL_R_NO_PROTOCOLS_AVAILABLE, SSL_R_UNKNOWN_PROTOCOL:
            self = .outdated
        case SSL_R_WRONG_VERSION_NUMBER, SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST, SSL_R_PACKET_LENGTH_TOO_LONG,
            SSL_R_BAD_RECORD_TYPE:
            self = .notTLS
        case SSL_R_UNEXPECTED_EOF_WHILE_READING: self = isHandshake ? .endedEarly : .truncated
        case (SSL_AD_REASON_OFFSET...(SSL_AD_REASON_OFFSET + 255)):
            let alert = reason - SSL_AD_REASON_OFFSET
            // libssl 3.0 has no words for this one of TLS 1.3.
            self = .refused(
                alert: alert == SSL_AD_CERTIFICATE_REQUIRED
                    ? "certificate required" : String(cString: SSL_alert_desc_string_long(alert)))
        default:
            self = .other(ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)")
        }
    }
}
