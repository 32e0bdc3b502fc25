import SIPSyntax

/// What a production made of a text: the text as it writes it, and the parts that it found.
struct Reading {
    var canonical: String?
    var parts: [String: String?] = [:]
}

/// The productions that the vectors name, each with how to read it.
enum Productions {
    static let all: [String: @Sendable (String) throws(SIPSyntaxError) -> Reading] = [
        "SIP-URI": { text throws(SIPSyntaxError) in
            let uri = try SIPURI(parsing: text)
            let headers = uri.headers.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
            return Reading(
                canonical: uri.description,
                parts: [
                    "scheme": uri.scheme, "user": uri.user, "password": uri.password, "host": uri.host,
                    "port": uri.port.map { "\($0)" }, "parameters": uri.parameters.text, "headers": headers,
                ])
        },
        "name-addr": { text throws(SIPSyntaxError) in Reading(try NameAddress(parsing: text)) },
        "PAssertedID-value": { text throws(SIPSyntaxError) in
            Reading(try AssertedIdentity(parsing: text).address)
        },
        "route-param": { text throws(SIPSyntaxError) in Reading(try RouteAddress(parsing: text).address) },
        "via-parm": { text throws(SIPSyntaxError) in
            let via = try Via(parsing: text)
            return Reading(
                canonical: via.description,
                parts: [
                    "transport": via.transport, "host": via.host, "port": via.port.map { "\($0)" },
                    "branch": via.branch, "received": via.received,
                    "rport": via.rport.map { $0.map { "\($0)" } ?? "asked" },
                ])
        },
        "CSeq": { text throws(SIPSyntaxError) in
            let cSeq = try CSeq(parsing: text)
            return Reading(
                canonical: cSeq.description, parts: ["number": "\(cSeq.number)", "method": cSeq.method.name])
        },
        "callid": { text throws(SIPSyntaxError) in
            Reading(canonical: try CallIdentifier(parsing: text).description)
        },
        "media-type": { text throws(SIPSyntaxError) in
            let type = try MediaType(parsing: text)
            return Reading(
                canonical: type.description,
                parts: ["type": type.type, "subtype": type.subtype, "parameters": type.parameters.text])
        },
        "accept-range": { text throws(SIPSyntaxError) in
            let range = try MediaRange(parsing: text)
            return Reading(canonical: range.description, parts: ["type": range.type, "subtype": range.subtype])
        },
        "event-type": { text throws(SIPSyntaxError) in
            let event = try EventType(parsing: text)
            return Reading(
                canonical: event.description,
                parts: [
                    "package": event.package, "templates": event.templates.joined(separator: " "), "id": event.id,
                ])
        },
        "substate-value": { text throws(SIPSyntaxError) in
            let state = try SubscriptionState(parsing: text)
            return Reading(
                canonical: state.description,
                parts: [
                    "state": state.state, "reason": state.reason, "expires": state.expires.map { "\($0)" },
                    "retry-after": state.retryAfter.map { "\($0)" },
                ])
        },
        "warning-value": { text throws(SIPSyntaxError) in
            let warning = try Warning(parsing: text)
            return Reading(
                canonical: warning.description,
                parts: ["code": "\(warning.code)", "agent": warning.agent, "text": warning.text])
        },
        "Replaces": { text throws(SIPSyntaxError) in
            let replaces = try Replaces(parsing: text)
            return Reading(
                canonical: replaces.description,
                parts: [
                    "call-id": replaces.callID, "to-tag": replaces.toTag, "from-tag": replaces.fromTag,
                    "early-only": "\(replaces.isEarlyOnly)",
                ])
        },
        "Privacy": { text throws(SIPSyntaxError) in
            let privacy = try Privacy(parsing: text)
            return Reading(
                canonical: privacy.description, parts: ["values": privacy.values.joined(separator: " ")])
        },
        "SIP-date": { text throws(SIPSyntaxError) in
            let date = try SIPDate(parsing: text)
            return Reading(
                canonical: date.description,
                parts: ["year": "\(date.year)", "month": "\(date.month)", "second": "\(date.second)"])
        },
        "server-val": { text throws(SIPSyntaxError) in Reading(try Products(parsing: text)) },
        "ac-value": { text throws(SIPSyntaxError) in
            let contact = try AcceptContact(parsing: text)
            return Reading(
                canonical: contact.description,
                parts: [
                    "features": try contact.features().map(\.text).joined(separator: " "),
                    "require": "\(contact.isRequired)", "explicit": "\(contact.isExplicit)",
                ])
        },
        "Session-Expires": { text throws(SIPSyntaxError) in
            let interval = try SessionInterval(parsing: text)
            return Reading(
                canonical: interval.description,
                parts: ["seconds": "\(interval.seconds)", "refresher": interval.refresher?.rawValue])
        },
        "Min-SE": { text throws(SIPSyntaxError) in
            Reading(canonical: try DeltaSeconds(parsing: text).description)
        },
        "Content-Disposition": { text throws(SIPSyntaxError) in
            let disposition = try ContentDisposition(parsing: text)
            return Reading(
                canonical: disposition.description,
                parts: ["type": disposition.type, "handling": disposition.handling])
        },
        "reason-value": { text throws(SIPSyntaxError) in
            let reason = try Reason(parsing: text)
            return Reading(
                canonical: reason.description,
                parts: ["cause": reason.cause.map { "\($0)" }, "text": reason.text])
        },
        "Refer-Sub": { text throws(SIPSyntaxError) in
            let value = try ReferSub(parsing: text)
            return Reading(canonical: value.description, parts: ["value": "\(value.createsSubscription)"])
        },
        "Retry-After": { text throws(SIPSyntaxError) in
            let delay = try RetryAfter(parsing: text)
            return Reading(parts: ["seconds": "\(delay.seconds)", "comment": delay.comment])
        },
        "challenge": { text throws(SIPSyntaxError) in
            let challenge = try Credentials(parsing: text)
            return Reading(
                canonical: challenge.description,
                parts: ["scheme": challenge.scheme, "realm": challenge.parameters.first("realm")?.text])
        },
        "info": { text throws(SIPSyntaxError) in
            let info = try InfoURI(parsing: text)
            return Reading(canonical: info.description, parts: ["uri": info.uri])
        },
        "Timestamp": { text throws(SIPSyntaxError) in
            let stamp = try Timestamp(parsing: text)
            return Reading(parts: ["time": stamp.time, "delay": stamp.delay])
        },
        "RAck": { text throws(SIPSyntaxError) in
            let rAck = try RAck(parsing: text)
            return Reading(
                canonical: rAck.description,
                parts: ["response": "\(rAck.responseNumber)", "cseq": rAck.cSeq.description])
        },
        "MIME-Version": { text throws(SIPSyntaxError) in
            _ = try MIMEVersion(parsing: text)
            return Reading()
        },
    ]
}

extension Reading {
    fileprivate init(_ address: NameAddress) {
        self.init(
            canonical: address.description,
            parts: [
                "name": address.displayName, "uri": address.uri, "tag": address.tag,
                "parameters": address.parameters.text,
            ])
    }

    fileprivate init(_ products: Products) {
        var names: [String] = []
        var comments: [String] = []
        for part in products.parts {
            switch part {
            case .product(let name, let version): names.append(version.map { "\(name)/\($0)" } ?? name)
            case .comment(let text): comments.append(text)
            }
        }
        self.init(parts: [
            "products": names.joined(separator: " "), "comments": comments.joined(separator: " "),
        ])
    }
}

extension [Parameter] {
    fileprivate var text: String {
        map { ";" + $0.name + ($0.value.map { "=" + $0 } ?? "") }.joined()
    }
}

extension FeatureParameter {
    fileprivate var text: String {
        switch value {
        case .tags(let tags): "\(tag)=\(tags.joined(separator: ","))"
        case .string(let string): "\(tag)=<\(string)>"
        }
    }
}
