import Bytes

/// A form that is posted to a URL, over TLS where the URL is one of https.
///
/// RFC 9110 §9.3.3; HTML, application/x-www-form-urlencoded
package struct HTTPCall: Sendable {
    package struct Answer: Hashable, Sendable {
        package var status: Int
        /// Of a long content the beginning.
        package var content: [UInt8]

        package init(status: Int, content: [UInt8]) {
            self.status = status
            self.content = content
        }
    }

    /// How much of the content of an answer is read, in bytes.
    package static let longestContent = 65_536

    let url: String
    let form: String
    let patience: Duration
    let authorities: String?

    /// - Parameters:
    ///   - fields: What is posted.
    ///   - url: Whom it is posted to; redirections are answers like others, and not followed.
    ///   - patience: How long all of it may take.
    ///   - authorities: The file with the certificates that are trusted; nil for those of this machine.
    package init(
        posting fields: [String: String], to url: String, within patience: Duration, trusting authorities: String? = nil
    ) {
        self.url = url
        self.patience = patience
        self.authorities = authorities
        form = fields.sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.percentEscaped(except: "-_.~"))" }.joined(separator: "&")
    }

    /// Posts, and waits for the answer.
    package func answer() throws(HTTPCallFailure) -> Answer { try Transfer(of: self, upTo: .answer).perform() }

    /// Goes as far as the request, and not on to it: over TLS the other side has proved then who it is.
    package func connect() throws(HTTPCallFailure) { _ = try Transfer(of: self, upTo: .connection).perform() }
}
