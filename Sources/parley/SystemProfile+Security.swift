import Conformance

extension SystemProfile.TLS {
    /// The options that say what the keys under `tls` of a description do.
    static let options = ["--tls-ca", "--tls-certificate", "--tls-key", "--tls-name", "--tls-check"]

    /// What the options say, and where they are silent the description; nil where neither says anything.
    init?(_ arguments: Arguments, over described: SystemProfile.TLS?) throws(UsageError) {
        guard Self.options.contains(where: { arguments.value($0) != nil }) else {
            guard let described else { return nil }
            self = described
            return
        }
        self = described ?? SystemProfile.TLS()
        authorities = arguments.value("--tls-ca") ?? authorities
        let (certificate, key) = (arguments.value("--tls-certificate"), arguments.value("--tls-key"))
        guard (certificate == nil) == (key == nil) else {
            throw UsageError("--tls-certificate and --tls-key go together.")
        }
        if certificate != nil { (self.certificate, self.key) = (certificate, key) }
        name = arguments.value("--tls-name") ?? name
        check = try arguments.choice("--tls-check", of: Check.self) ?? check
    }
}
