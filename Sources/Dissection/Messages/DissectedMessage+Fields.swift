import Bytes
import Conformance
import HTTPSyntax
import MSRP
import SIPSyntax

extension DissectedMessage {
    /// Every value of a header field or dissected part, in order; empty where there is none.
    package func values(of name: String) -> [String] {
        if let part = DissectedPart(rawValue: name) { return values(of: part) }
        guard let (wrapper, field) = FieldWrapper.split(name) else { return fieldValues(name) }
        switch wrapper {
        case .cpim: return cpimValues(field)
        case .encapsulated: return encapsulatedValues(field)
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

    /// The name beside the URI of From.
    package var displayName: String? { sip.flatMap { try? $0.from() }?.displayName }

    /// The content type of the body, as the message writes it.
    package var contentType: String? { content.body.contentType }

    /// The body as it is, without unwrapping.
    package var body: [UInt8] { content.body.bytes }

    private func fieldValues(_ name: String) -> [String] {
        switch content {
        case .sip(let message): message.all(SIPFieldName(name))
        case .msrp(let message): message.fields.filter { $0.isNamed(MSRPFieldName(name)) }.map(\.value)
        case .http(let message): message.all(HTTPFieldName(name))
        case .unreadable, .incomplete: []
        }
    }
}
