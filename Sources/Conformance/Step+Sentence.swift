extension Step {
    /// The step in words, such as `A sends “Hello B” in the session`.
    package var sentence: String { "\(party) \(action.words)" }
}

extension Action {
    /// What is done, in words that follow the name of the party.
    package var words: String {
        switch self {
        case .logIn: "logs in"
        case .logOut: "goes offline"
        case .invite(let client, _): "invites \(client) to a 1-to-1 session"
        case .accept: "accepts the invitation"
        case .decline: "declines the invitation"
        case .send(let text, _): "sends “\(text)” in the session"
        case .leave: "leaves the session"
        case .page(let text, let client): "pages “\(text)” to \(client)"
        case .compose(let request): "composes \(request.method) to \(request.target)"
        case .await(let selector): "waits for \(selector.words)"
        }
    }
}
