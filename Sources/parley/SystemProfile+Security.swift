import Conformance

extension SystemProfile.TLS {
    /// The options that say what the keys under `tls` of a description do.
    static let options = [
        Option("--tls-ca", "FILE", "Over TLS: the authorities that are trusted (default: those of this machine)."),
        Option("--tls-certificate", "FILE", "Over TLS: what the clients show (default: each signs one itself)."),
        Option("--tls-key", "FILE", "The private key of the certificate, without a passphrase."),
        Option("--tls-name", "NAME", "Whom the server's certificate has to be for (default: the domain)."),
        Option("--tls-check", "WHAT", "What of the server's certificate counts: full (default), authority or none."),
    ]

    /// Those of the options that are there.
    static func options(in arguments: Arguments) -> [String] {
        options.map(\.name).filter { arguments.value($0) != nil }
    }

    /// What the options say, and where they are silent the description; nil where neither says anything.
    init?(_ arguments: Arguments, over described: SystemProfile.TLS?) throws(UsageError) {
        guard !Self.options(in: arguments).isEmpty else {
            guard let described else { return nil }
            self = described
            return
        }
        self = described ?? SystemProfile.TLS()
        if let path = arguments.value("--tls-ca") { (authorities, positions["ca"]) = (path, nil) }
        let (certificate, key) = (arguments.value("--tls-certificate"), arguments.value("--tls-key"))
        guard (certificate == nil) == (key == nil) else {
            throw UsageError("--tls-certificate and --tls-key go together.")
        }
        if certificate != nil {
            (self.certificate, self.key) = (certificate, key)
            (positions["certificate"], positions["key"]) = (nil, nil)
        }
        name = arguments.value("--tls-name") ?? name
        check = try arguments.choice("--tls-check", of: Check.self) ?? check
    }
}
