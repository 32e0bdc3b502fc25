import Bytes
import Conformance

/// Takes secrets out of what is told: in the place of each stands how it is named.
struct Redaction: Sendable {
    /// The secrets with their names, those first that others may be a part of.
    private var secrets: [(secret: String, name: String)] = []

    /// Hides the secrets of a system, as far as they are there, and passwords that nothing names.
    init(of system: SystemProfile, and passwords: [String]) {
        for account in system.clients.compactMap(\.account) {
            guard let value = try? account.secret.value(of: account.name, namedBy: "") else { continue }
            hide(value, as: account.secret.reference)
            guard account.proof == .subscriber else { continue }
            for field in value.split(whereSeparator: \.isWhitespace) {
                let parts = field.split(separator: "=", maxSplits: 1)
                if parts.count == 2, parts[0] != "sqn" { hide(String(parts[1]), as: account.secret.reference) }
            }
        }
        for password in passwords { hide(password, as: "…") }
    }

    /// Hides another one, and likewise where it is escaped as a part of a URL.
    mutating func hide(_ secret: String, as name: String) {
        for form in [secret, secret.percentEscaped(except: "-_.~")] where !form.isEmpty {
            guard !secrets.contains(where: { $0.secret == form }) else { continue }
            secrets.append((form, name))
        }
        secrets.sort { $0.secret.count > $1.secret.count }
    }

    /// The text without them.
    func callAsFunction(_ text: String) -> String {
        secrets.reduce(text) { $0.replacing($1.secret, with: $1.name) }
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
