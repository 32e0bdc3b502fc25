import Actors
import Authentication
import Conformance
import ReferenceServer

extension AuthenticationPolicy {
    /// The policy of a server that knows what everybody in the cast proves by who it is; nil where not everybody can.
    init?(of cast: Cast, _ accounts: [PartyName: IMClient.Account], domain: String) {
        let all = cast.clients.compactMap { party in
            accounts[party.name].map { account in
                Account(
                    username: account.username, secret: AccountSecret(account.secret),
                    identities: [party.imAddress ?? ""])
            }
        }
        guard !all.isEmpty, all.count == cast.clients.count else { return nil }
        self.init(terms: DigestVerifier.Terms(realm: domain), accounts: all)
    }
}

extension AccountSecret {
    /// What the server of whoever has this secret knows.
    fileprivate init(_ secret: DigestResponder.Secret) {
        switch secret {
        case .password(let password): self = .password(password)
        case .subscriber(let module): self = .subscriber(module.milenage)
        }
    }
}
