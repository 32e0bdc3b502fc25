import Authentication
import Conformance

/// Takes secrets out of what is told: in the place of each stands how it is named.
struct Redaction: Sendable {
    /// The secrets in UTF-8 with their names, those first that others may be a part of.
    private var secrets: [(secret: [UInt8], name: String)] = []

    /// Hides the secrets of a system and those that “--account” gives or names, as far as they are there.
    init(of system: SystemProfile, and arguments: Arguments? = nil) {
        for account in system.clients.compactMap(\.account) {
            hide(account.secret, isCard: account.proof == .subscriber)
        }
        for (_, text) in (try? arguments?.assignments("--account")) ?? [] {
            switch AccountOption(text)?.secret {
            case .card(let place): hide(place, isCard: true)
            case .password(let place): hide(place, isCard: false)
            case .literal(let password): hide(password, as: "…")
            case nil: break
            }
        }
    }

    /// Hides what is there, and of a SIM card each of its keys too.
    private mutating func hide(_ secret: SystemProfile.Secret, isCard: Bool) {
        guard let value = try? secret.value(of: "", namedBy: "") else { return }
        hide(value, as: secret.reference)
        guard isCard else { return }
        for (name, digits) in SubscriberModule.fields(of: value) where name != "sqn" {
            hide(String(digits), as: secret.reference)
        }
    }

    /// Hides another one, and likewise where it is escaped as a part of a URL.
    mutating func hide(_ secret: String, as name: String) {
        for form in [secret, secret.asURLPart] where !form.isEmpty {
            let bytes = Array(form.utf8)
            guard !secrets.contains(where: { $0.secret == bytes }) else { continue }
            secrets.append((bytes, name))
        }
        secrets.sort { $0.secret.count > $1.secret.count }
    }

    /// The text without them.
    ///
    /// It is read once, byte by byte: what follows a secret cannot become one character with it, and no name is searched.
    func callAsFunction(_ text: String) -> String {
        var told: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let first = rest.first {
            if let (secret, name) = secrets.first(where: { rest.starts(with: $0.secret) }) {
                told += name.utf8
                rest = rest.dropFirst(secret.count)
            } else {
                told.append(first)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: told, as: UTF8.self)
    }
}

extension SystemProfile.Secret {
    /// How the URL of a hook names it.
    var reference: String {
        switch self {
        case .environment(let name): "{env:\(name)}"
        case .file(let path): "{file:\(path)}"
        }
    }
}
