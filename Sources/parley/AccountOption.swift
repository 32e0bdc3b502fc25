import Conformance

/// What “--account” says of a client: a name, and where its secret is.
struct AccountOption {
    enum Secret {
        case card(SystemProfile.Secret)
        case password(SystemProfile.Secret)
        case literal(String)
    }

    let name: String
    let secret: Secret

    /// - Returns: nil unless there is a name, “:”, and something more.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        name = parts[0]
        secret =
            if let place = SystemProfile.Secret(simOption: parts[1]) {
                .card(place)
            } else if let place = SystemProfile.Secret(option: parts[1]) {
                .password(place)
            } else {
                .literal(parts[1])
            }
    }
}
