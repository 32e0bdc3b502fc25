extension Action {
    /// The texts that the step puts on the wire, or lets the server put there.
    package var texts: [String] {
        switch self {
        case .send(let text, _), .whisper(let text, _, _), .attempt(let text, _), .page(let text, _),
            .announce(let text):
            [text]
        case .compose(let request): [request.body].compactMap(\.self)
        case .logIn, .logOut, .changeSettings, .nothing, .create, .purge, .invite, .join, .rejoin, .extend, .accept,
            .decline, .add, .expel,
            .leave, .sendLarge, .offer, .transfer, .take, .refuse, .request, .list, .retrieve, .delete, .record,
            .stopRecording, .receive, .await:
            []
        }
    }
}
