/// A request of the message level: the method and target, and what differs from the client's usual request.
package struct ComposedRequest: Sendable, Equatable {
    package var method: String
    /// The client whose IM Address becomes the Request-URI.
    package var target: PartyName
    package var contentType: String?
    package var body: String?

    package init(method: String, target: PartyName, contentType: String? = nil, body: String? = nil) {
        self.method = method
        self.target = target
        self.contentType = contentType
        self.body = body
    }
}
