import Network
import SIPSyntax

/// What every request must have before anyone looks at what it wants.
///
/// RFC 3261 §8.1.1, §16.3 and §18.3
struct RequestValidation {
    /// The reason to refuse the request, if there is one, where it comes and goes over these transports.
    func refusal(of request: SIPMessage, over transports: Set<TransportProtocol>) -> Refusal? {
        malformation(of: request).map { Refusal(400, because: $0) } ?? unsupportedScheme(of: request, over: transports)
    }

    private func malformation(of request: SIPMessage) -> String? {
        if request.version.uppercased() != "SIP/2.0" { return "Unknown version" }
        if (try? request.via()) == nil { return "Via missing or malformed" }
        if (try? request.from()) == nil { return "From missing or malformed" }
        if (try? request.to()) == nil { return "To missing or malformed" }
        if (request.callID ?? "").isEmpty { return "Call-ID missing" }
        guard let cSeq = try? request.cSeq() else { return "CSeq missing or malformed" }
        if cSeq.method != request.method || cSeq.number > 1 << 31 { return "CSeq does not fit the request" }
        for name in [SIPFieldName.via, .from, .to, .callID, .cSeq] where name != .via && request.all(name).count > 1 {
            return "More than one \(name)"
        }
        do {
            let length = try request.number(.contentLength, .contentLength) ?? request.body.count
            if length > request.body.count { return "Body shorter than Content-Length" }
            _ = try request.maxForwards()
            _ = try request.contacts()
            _ = try request.routes()
            _ = try request.recordRoutes()
        } catch {
            return "Malformed \(error.rule.rawValue)"
        }
        return nil
    }

    /// The refusal of a request that requires extensions beyond these.
    ///
    /// RFC 3261 §8.2.2.3
    func refusal(of request: SIPMessage, understanding extensions: Set<String>) -> Refusal? {
        let unsupported = request.list(.require).filter { !extensions.contains($0.lowercased()) }
        guard !unsupported.isEmpty else { return nil }
        return Refusal(420, fields: [SIPField(.unsupported, unsupported.joined(separator: ", "))])
    }

    /// RFC 3261 §16.3 step 2, and §26.2.2: sips is not served where TLS is not spoken.
    private func unsupportedScheme(of request: SIPMessage, over transports: Set<TransportProtocol>) -> Refusal? {
        guard let uri = request.requestURI else { return nil }
        if let parsed = try? SIPURI(parsing: uri) {
            return parsed.isSecure && transports != [.tls] ? Refusal(416, because: "sips needs TLS on all hops") : nil
        }
        let scheme = uri.prefix { $0 != ":" }.lowercased()
        return scheme == "sip" || scheme == "sips" ? Refusal(400, because: "Malformed Request-URI") : Refusal(416)
    }
}
