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
        case .method: return [requestMethod ?? sip.flatMap { try? $0.cSeq()?.method.name }].compactMap(\.self)
        case .status: return [responseStatus.map(String.init)].compactMap(\.self)
        case .identity: return [identity].compactMap(\.self)
        case .release: return releases
        case .payload: return [payload.map(\.text)].compactMap(\.self)
        case .mediaPort: return [mediaDescription.map { String($0.port) }].compactMap(\.self)
        case .mediaPath: return mediaDescription?.path ?? []
        case .mediaAcceptTypes: return mediaDescription?.acceptTypes ?? []
        case .cpimFrom: return [cpim?.from].compactMap(\.self)
        case .cpimTo: return cpim?.to ?? []
        }
    }

    /// The address of P-Asserted-Identity, else of From in a request and of To in a response, without parameters.
    package var identity: String? {
        guard let sip else { return nil }
        if let asserted = sip.list(.pAssertedIdentity).first, let address = try? NameAddress(parsing: asserted) {
            return address.uri
        }
        return (sip.isRequest ? try? sip.from() : try? sip.to())?.uri
    }

    /// The content type of the body, as the message writes it.
    package var contentType: String? {
        switch content {
        case .sip(let message): message.first(.contentType)
        case .msrp(let message): message.contentType
        case .unreadable: nil
        }
    }

    /// The body as it is, without unwrapping.
    package var body: [UInt8] {
        switch content {
        case .sip(let message): message.body
        case .msrp(let message): message.body ?? []
        case .unreadable: []
        }
    }

    /// The innermost body after unwrapping message/cpim, or nil without a body.
    package var payload: (contentType: String, text: String, bytes: [UInt8])? {
        guard !body.isEmpty else { return nil }
        let inner = innermost(contentType: contentType ?? "", body: body)
        return (inner.contentType, String(decoding: inner.body, as: UTF8.self), inner.body)
    }

    private var cpim: CPIMMessage? {
        guard contentType?.lowercased().hasPrefix("message/cpim") == true else { return nil }
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
        case .unreadable: []
        }
    }
}
