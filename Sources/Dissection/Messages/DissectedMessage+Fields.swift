import Bytes
import Conformance
import MSRP
import MessageBodies
import SIPSyntax

extension DissectedMessage {
    /// Every value of a header field or dissected part, in order; empty where there is none.
    package func values(of name: String) -> [String] {
        guard let part = DissectedPart(rawValue: name) else { return fieldValues(name) }
        switch part {
        case .requestURI: return [sip?.requestURI].compactMap(\.self)
        case .method: return [msrp?.method ?? sipSummary?.method].compactMap(\.self)
        case .status: return [responseStatus.map(String.init)].compactMap(\.self)
        case .identity: return [identity].compactMap(\.self)
        case .release: return releases
        case .payload: return [payload?.text].compactMap(\.self)
        case .mediaPort: return [mediaDescription.map { String($0.port) }].compactMap(\.self)
        case .mediaPath: return mediaDescription?.path.map(\.description) ?? []
        case .mediaAcceptTypes: return mediaDescription?.acceptTypes ?? []
        case .cpimFrom: return [cpim?.from].compactMap(\.self)
        case .cpimTo: return cpim?.to ?? []
        }
    }

    /// The elements of a field that is a comma-separated list, over all its lines.
    package func elements(of name: String) -> [String] { sip?.list(SIPFieldName(name)) ?? [] }

    /// Whom the message identifies as its user: the SIP URI of P-Asserted-Identity, else From, or To in a response.
    ///
    /// RFC 3325 §9.1 allows a SIP and a tel URI beside each other.
    package var identity: String? {
        guard let sip else { return nil }
        let asserted = sip.list(.pAssertedIdentity).compactMap { try? NameAddress(parsing: $0) }
        if let address = asserted.first(where: { $0.sipURI != nil }) ?? asserted.first { return address.uri }
        return sip.isRequest ? sipSummary?.from : sipSummary?.to
    }

    /// The content type of the body, as the message writes it.
    package var contentType: String? { content.body.contentType }

    /// The body as it is, without unwrapping.
    package var body: [UInt8] { content.body.bytes }

    private var cpim: CPIMMessage? {
        let (type, body) = content.body
        guard ContentType(parsing: type ?? "")?.essence == "message/cpim" else { return nil }
        return try? CPIMMessage(parsing: body)
    }

    /// The `IM-…/OMA…` products of User-Agent and Server.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 Appendix F.1
    private var releases: [String] {
        guard let sip else { return [] }
        return (sip.all(.userAgent) + sip.all(.server)).flatMap { value in
            value.replacing(" / ", with: "/").split(separator: " ").map(String.init).filter { $0.hasPrefix("IM-") }
        }
    }

    private func fieldValues(_ name: String) -> [String] {
        switch content {
        case .sip(let message): message.all(SIPFieldName(name))
        case .msrp(let message): message.fields.filter { $0.isNamed(MSRPFieldName(name)) }.map(\.value)
        case .unreadable, .incomplete: []
        }
    }
}
