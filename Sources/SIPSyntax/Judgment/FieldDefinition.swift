/// What the RFCs say of one field: where, in which form, and how often it may come.
struct FieldDefinition {
    enum Form {
        /// One value, and one such field.
        case one(any SIPFieldValue.Type)
        /// One value in each of any number of fields, in which commas do not separate.
        case lines(any SIPFieldValue.Type)
        /// Values separated by commas, in any number of fields.
        case list(any SIPFieldValue.Type)
        /// As a list, but the field may be empty.
        case optionalList(any SIPFieldValue.Type)
    }

    let form: Form
    let clause: String

    init(_ form: Form, _ clause: String) {
        self.form = form
        self.clause = clause
    }

    var comesOnce: Bool {
        guard case .one = form else { return false }
        return true
    }
}

extension KnownField {
    /// The table of fields.
    ///
    /// RFC 3261 §20, and the RFC that defines each extension
    var definition: FieldDefinition {
        switch self {
        case .accept: .init(.optionalList(MediaRange.self), "RFC 3261 §20.1")
        case .acceptContact: .init(.list(AcceptContact.self), "RFC 3841 §9.2")
        case .acceptEncoding: .init(.optionalList(Preference.self), "RFC 3261 §20.2")
        case .acceptLanguage: .init(.optionalList(Preference.self), "RFC 3261 §20.3")
        case .alertInfo: .init(.list(InfoURI.self), "RFC 3261 §20.4")
        case .allow: .init(.optionalList(SIPToken.self), "RFC 3261 §20.5")
        case .allowEvents: .init(.list(EventType.self), "RFC 6665 §8.2.2")
        case .authenticationInfo: .init(.one(AuthenticationInfo.self), "RFC 3261 §20.6")
        case .authorization: .init(.lines(Credentials.self), "RFC 3261 §20.7")
        case .callID: .init(.one(CallIdentifier.self), "RFC 3261 §20.8")
        case .callInfo: .init(.list(InfoURI.self), "RFC 3261 §20.9")
        case .contact: .init(.list(NameAddress.self), "RFC 3261 §20.10")
        case .contentDisposition: .init(.one(ContentDisposition.self), "RFC 3261 §20.11")
        case .contentEncoding: .init(.list(SIPToken.self), "RFC 3261 §20.12")
        case .contentLanguage: .init(.list(SIPToken.self), "RFC 3261 §20.13")
        case .contentLength: .init(.one(SIPNumber.self), "RFC 3261 §20.14")
        case .contentType: .init(.one(MediaType.self), "RFC 3261 §20.15")
        case .cSeq: .init(.one(CSeq.self), "RFC 3261 §20.16")
        case .date: .init(.one(SIPDate.self), "RFC 3261 §20.17")
        case .errorInfo: .init(.list(InfoURI.self), "RFC 3261 §20.18")
        case .event: .init(.one(EventType.self), "RFC 6665 §8.2.1")
        case .expires: .init(.one(SIPNumber.self), "RFC 3261 §20.19")
        case .from: .init(.one(NameAddress.self), "RFC 3261 §20.20")
        case .historyInfo: .init(.list(RouteAddress.self), "RFC 7044 §5.1")
        case .inReplyTo: .init(.list(CallIdentifier.self), "RFC 3261 §20.21")
        case .maxForwards: .init(.one(SIPNumber.self), "RFC 3261 §20.22")
        case .minExpires: .init(.one(SIPNumber.self), "RFC 3261 §20.23")
        case .mimeVersion: .init(.one(MIMEVersion.self), "RFC 3261 §20.24")
        case .minSE: .init(.one(DeltaSeconds.self), "RFC 4028 §5")
        case .organization: .init(.one(UTF8Text.self), "RFC 3261 §20.25")
        case .pAccessNetworkInfo: .init(.lines(UTF8Text.self), "RFC 7315 §4.4")
        case .pAssertedIdentity: .init(.list(AssertedIdentity.self), "RFC 3325 §9.1")
        case .pAssociatedURI: .init(.list(RouteAddress.self), "RFC 7315 §4.1")
        case .pCalledPartyID: .init(.one(RouteAddress.self), "RFC 7315 §4.2")
        case .pChargingVector: .init(.one(UTF8Text.self), "RFC 7315 §4.6")
        case .pPreferredIdentity: .init(.list(AssertedIdentity.self), "RFC 3325 §9.2")
        case .pVisitedNetworkID: .init(.lines(UTF8Text.self), "RFC 7315 §4.3")
        case .path: .init(.list(RouteAddress.self), "RFC 3327 §4")
        case .priority: .init(.one(SIPToken.self), "RFC 3261 §20.26")
        case .privacy: .init(.one(Privacy.self), "RFC 3323 §4.2")
        case .proxyAuthenticate: .init(.lines(Credentials.self), "RFC 3261 §20.27")
        case .proxyAuthorization: .init(.lines(Credentials.self), "RFC 3261 §20.28")
        case .proxyRequire: .init(.list(SIPToken.self), "RFC 3261 §20.29")
        case .rAck: .init(.one(RAck.self), "RFC 3262 §7.2")
        case .reason: .init(.list(Reason.self), "RFC 3326 §2")
        case .recordRoute: .init(.list(RouteAddress.self), "RFC 3261 §20.30")
        case .referSub: .init(.one(ReferSub.self), "RFC 4488 §4")
        case .referTo: .init(.one(NameAddress.self), "RFC 3515 §2.1")
        case .referredBy: .init(.one(NameAddress.self), "RFC 3892 §3")
        case .rejectContact: .init(.list(AcceptContact.self), "RFC 3841 §9.3")
        case .replaces: .init(.one(Replaces.self), "RFC 3891 §6.1")
        case .replyTo: .init(.one(NameAddress.self), "RFC 3261 §20.31")
        case .requestDisposition: .init(.list(SIPToken.self), "RFC 3841 §9.1")
        case .require: .init(.list(SIPToken.self), "RFC 3261 §20.32")
        case .retryAfter: .init(.one(RetryAfter.self), "RFC 3261 §20.33")
        case .route: .init(.list(RouteAddress.self), "RFC 3261 §20.34")
        case .rSeq: .init(.one(SIPNumber.self), "RFC 3262 §7.1")
        case .server: .init(.one(Products.self), "RFC 3261 §20.35")
        case .serviceRoute: .init(.list(RouteAddress.self), "RFC 3608 §5")
        case .sessionExpires: .init(.one(SessionInterval.self), "RFC 4028 §4")
        case .sipETag: .init(.one(SIPToken.self), "RFC 3903 §11.3.1")
        case .sipIfMatch: .init(.one(SIPToken.self), "RFC 3903 §11.3.2")
        case .subject: .init(.one(UTF8Text.self), "RFC 3261 §20.36")
        case .subscriptionState: .init(.one(SubscriptionState.self), "RFC 6665 §8.2.3")
        case .supported: .init(.optionalList(SIPToken.self), "RFC 3261 §20.37")
        case .timestamp: .init(.one(Timestamp.self), "RFC 3261 §20.38")
        case .to: .init(.one(NameAddress.self), "RFC 3261 §20.39")
        case .unsupported: .init(.list(SIPToken.self), "RFC 3261 §20.40")
        case .userAgent: .init(.one(Products.self), "RFC 3261 §20.41")
        case .via: .init(.list(Via.self), "RFC 3261 §20.42")
        case .warning: .init(.list(Warning.self), "RFC 3261 §20.43")
        case .wwwAuthenticate: .init(.lines(Credentials.self), "RFC 3261 §20.44")
        }
    }
}
