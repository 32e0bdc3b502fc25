import MessageBodies
import SIPSyntax

// What a REFER asks for.
extension DissectedMessage {
    /// The URI in Refer-To, without its parameters for the request to come.
    ///
    /// RFC 3515 §2.1
    package var referTarget: SIPTarget? {
        values(of: "Refer-To").first.flatMap { SIPTarget(ofValue: $0) }
    }

    /// The method that the URI in Refer-To asks for, in capitals; INVITE where it names none.
    package var referMethod: String { referTarget?.method ?? "INVITE" }

    /// The resources that a REFER is about: those of the list in its body, or the one in Refer-To.
    ///
    /// RFC 5368 §6
    package var referredResources: [String] {
        recipients ?? [referTarget?.uri].compactMap(\.self).filter { !$0.lowercased().hasPrefix("cid:") }
    }

    /// Whether the body has the part that a `cid:` URL refers to.
    ///
    /// RFC 2392 §2
    package func hasPart(at url: String) -> Bool {
        (try? MultipartBody(parsing: body, contentType: contentType ?? ""))?.part(at: url) != nil
            || values(of: "Content-ID").contains { "cid:" + $0.filter { $0 != "<" && $0 != ">" } == url }
    }

    /// Whether a REFER is about all that a function of the server has stored.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.1.3.4 and §13.1.7
    package var refersToWholeStore: Bool {
        let function = referTarget?.function
        return function == .deferredMessages || function == .history
    }
}

extension SIPTarget {
    /// The method that the URI asks for, in capitals.
    fileprivate var method: String? {
        let parameters = uri.split(separator: ";").dropFirst().map { $0.prefix { $0 != "?" && $0 != ">" } }
        let found = parameters.first { $0.lowercased().hasPrefix("method=") }
        return found.map { String($0.dropFirst("method=".count)).uppercased() }
    }
}
