package import Authentication

/// Who has to prove who he is, and by which passwords.
///
/// RFC 3261 §22; OMA-TS-SIMPLE_IM-V1_0 §14.1 leaves it to the core and the aggregation proxy
package struct AuthenticationPolicy: Sendable {
    /// What somebody proves by knowing a password, or by having a SIM card.
    package struct Account: Sendable, Equatable {
        package var username: String
        package var secret: AccountSecret
        /// The addresses of record that are his; the first is the one that he has when he names none.
        package var identities: [String]

        package init(username: String, secret: AccountSecret, identities: [String]) {
            self.username = username
            self.secret = secret
            self.identities = identities.map(\.canonicalURI)
        }

        package init(username: String, password: String, identities: [String]) {
            self.init(username: username, secret: .password(password), identities: identities)
        }
    }

    /// Which SIP requests are challenged; requests for documents always are.
    package enum Scope: String, Sendable, CaseIterable {
        case registrations
        /// Everything that begins something: whatever is neither in a dialog, nor ACK, nor CANCEL.
        case allRequests
    }

    package var terms: DigestVerifier.Terms
    package var accounts: [Account]
    package var scope: Scope

    package init(terms: DigestVerifier.Terms, accounts: [Account], scope: Scope = .registrations) {
        self.terms = terms
        self.accounts = accounts
        self.scope = scope
    }
}
