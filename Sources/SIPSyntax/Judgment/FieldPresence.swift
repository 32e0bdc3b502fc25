/// Which fields a message must and must not have.
///
/// RFC 3261 §20 Tables 2 and 3, and the tables of the methods' own RFCs
enum FieldPresence {
    struct Demand {
        let field: KnownField
        let clause: String

        init(_ field: KnownField, _ clause: String) {
            self.field = field
            self.clause = clause
        }
    }

    static func required(in method: SIPMethod) -> [Demand] {
        let always = [KnownField.via, .maxForwards, .from, .to, .callID, .cSeq].map {
            Demand($0, "RFC 3261 §8.1.1")
        }
        return always + (required[method] ?? [])
    }

    static func required(inResponse status: Int, to method: SIPMethod?) -> [Demand] {
        let always = [KnownField.via, .from, .to, .callID, .cSeq].map { Demand($0, "RFC 3261 §8.2.6.2") }
        var demands = always + (requiredByStatus[status] ?? [])
        if (200...299).contains(status), let method { demands += requiredInSuccess[method] ?? [] }
        return demands
    }

    private static let required: [SIPMethod: [Demand]] = [
        .invite: [Demand(.contact, "RFC 3261 §8.1.1.8")],
        .notify: [
            Demand(.event, "RFC 6665 §3.2.1"), Demand(.subscriptionState, "RFC 6665 §4.2.2"),
            Demand(.contact, "RFC 3261 §8.1.1.8"),
        ],
        .prack: [Demand(.rAck, "RFC 3262 §7.2")],
        .publish: [Demand(.event, "RFC 3903 §4")],
        .refer: [Demand(.referTo, "RFC 3515 §2.4.1"), Demand(.contact, "RFC 3261 §8.1.1.8")],
        .subscribe: [Demand(.event, "RFC 6665 §3.1.2"), Demand(.contact, "RFC 3261 §8.1.1.8")],
        .update: [Demand(.contact, "RFC 3311 §5.1")],
    ]

    private static let requiredByStatus: [Int: [Demand]] = [
        401: [Demand(.wwwAuthenticate, "RFC 3261 §22.2")],
        405: [Demand(.allow, "RFC 3261 §8.2.1")],
        407: [Demand(.proxyAuthenticate, "RFC 3261 §22.3")],
        420: [Demand(.unsupported, "RFC 3261 §8.2.2.3")],
        421: [Demand(.require, "RFC 3261 §21.4.16")],
        422: [Demand(.minSE, "RFC 4028 §6")],
        423: [Demand(.minExpires, "RFC 3261 §21.4.17")],
        489: [Demand(.allowEvents, "RFC 6665 §8.2")],
    ]

    private static let requiredInSuccess: [SIPMethod: [Demand]] = [
        .invite: [Demand(.contact, "RFC 3261 §12.1.1")],
        .publish: [Demand(.sipETag, "RFC 3903 §6"), Demand(.expires, "RFC 3903 §6")],
        .subscribe: [Demand(.expires, "RFC 6665 §3.1.1"), Demand(.contact, "RFC 3261 §12.1.1")],
    ]

    /// The methods whose requests must not have the field.
    static func forbidden(_ field: KnownField) -> (methods: Set<SIPMethod>, clause: String) {
        let table = "RFC 3261 §20"
        switch field {
        case .accept, .acceptEncoding, .acceptLanguage, .allow: return ([.ack, .cancel], table)
        case .proxyRequire, .require: return ([.cancel], "RFC 3261 §8.2.2.3")
        case .alertInfo: return ([.ack, .bye, .cancel, .options, .register], table)
        case .callInfo, .organization: return ([.ack, .bye, .cancel], table)
        case .contact: return ([.bye, .cancel, .message], table)
        case .contentDisposition, .contentEncoding, .contentLanguage, .contentType, .mimeVersion,
            .proxyAuthorization:
            return ([.cancel], table)
        case .expires: return ([.ack, .bye, .cancel, .options], table)
        case .inReplyTo, .priority, .replyTo, .subject:
            return ([.ack, .bye, .cancel, .options, .register], table)
        case .recordRoute: return ([.register], table)
        case .supported: return ([.ack], table)
        case .warning: return ([.ack, .bye, .cancel, .invite, .options, .register], table)
        case .replaces:
            return (everyMethodButInvite, "RFC 3891 §6.1")
        default: return ([], table)
        }
    }

    private static let everyMethodButInvite: Set<SIPMethod> = [
        .ack, .bye, .cancel, .info, .message, .notify, .options, .prack, .publish, .refer, .register, .subscribe,
        .update,
    ]

    /// The fields that only responses have.
    static let inResponsesOnly: Set<KnownField> = [
        .authenticationInfo, .errorInfo, .minExpires, .proxyAuthenticate, .retryAfter, .unsupported,
        .wwwAuthenticate,
    ]

    /// The fields that only requests have.
    static let inRequestsOnly: Set<KnownField> = [
        .acceptContact, .authorization, .inReplyTo, .maxForwards, .priority, .proxyAuthorization, .proxyRequire,
        .referTo, .rejectContact, .replaces, .requestDisposition, .route, .sipIfMatch, .subject,
    ]
}
