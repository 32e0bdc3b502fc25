import Conformance
import Dissection

/// How long the registrar says that a registration holds.
///
/// RFC 3261 §10.3 (8)
enum RegistrationLifetime: Equatable {
    case seconds(Int)
    /// The registrar has accepted a contact and says of none when it expires.
    case unsaid
    case unseen

    /// What the first answer to REGISTER that accepts something says.
    init(in dissection: Dissection) {
        let answer = dissection.messages.first { message in
            message.sipSummary?.method == "REGISTER" && message.responseStatus.map { 200..<300 ~= $0 } == true
        }
        guard let answer else {
            self = .unseen
            return
        }
        let contacts = answer.elements(of: "Contact").compactMap(Self.expiry)
        let field = answer.values(of: "Expires").first.flatMap { Int($0) }
        self = (contacts.max() ?? field).map(Self.seconds) ?? .unsaid
    }

    /// The parameter `expires` behind the address.
    private static func expiry(of contact: String) -> Int? {
        let parameters = contact.split(separator: ">", maxSplits: 1).last?.split(separator: ";") ?? []
        for parameter in parameters {
            let parts = parameter.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
            if parts.count == 2, parts[0].lowercased() == "expires" { return Int(parts[1]) }
        }
        return nil
    }
}
