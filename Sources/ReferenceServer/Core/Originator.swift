import Network
import SIPSyntax

/// Who the core says a request comes from.
///
/// RFC 3325 §5; OMA-TS-SIMPLE_IM-V1_0 §5.1 calls it the Authenticated Originator's IM Address.
struct Originator: Equatable {
    /// The address of record.
    let user: String
    let displayName: String?

    init(user: String, displayName: String? = nil) {
        self.user = user
        self.displayName = displayName
    }

    /// The identity of whoever sent the request, among the users registered from where it came from.
    ///
    /// The preferred identity is taken, with its display name, when it is one of theirs; then the From; then the only one
    /// there is.
    ///
    /// - Returns: nil for a sender who is not registered.
    init?(of request: SIPMessage, among users: [String]) {
        let preferred = try? request.firstElement(.pPreferredIdentity, as: NameAddress.self)
        let from = try? request.from()
        if let preferred, let user = preferred.sipURI?.userAddress, users.contains(user) {
            self.init(user: user, displayName: preferred.displayName)
        } else if let user = from?.sipURI?.userAddress, users.contains(user) {
            self.init(user: user)
        } else if users.count == 1, let user = users.first {
            self.init(user: user)
        } else {
            return nil
        }
    }

    /// The value of P-Asserted-Identity.
    var field: String { NameAddress(displayName: displayName, uri: user).description }
}

extension SIPMessage {
    /// Whether the sender asks that his identity be kept from the recipient.
    ///
    /// RFC 3325 §9.3
    var asksForPrivacy: Bool {
        all(.privacy).contains {
            $0.lowercased().split(separator: ";").contains { $0.filter { !$0.isWhitespace } == "id" }
        }
    }

    /// The identity fields as a client may see them, whom the core does not trust.
    ///
    /// RFC 3325 §5 and §7
    mutating func assert(_ identity: Originator?) {
        remove(.pPreferredIdentity)
        remove(.pAssertedIdentity)
        guard let identity, !asksForPrivacy else { return }
        add(.pAssertedIdentity, identity.field)
    }
}
