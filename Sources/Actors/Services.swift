package import Network

/// Where the client finds the functions of the IM service, as an operator provisions it.
///
/// OMA-TS-SIMPLE_IM-V1_0 Appendix I
package struct Services: Sendable, Equatable {
    /// The conference factory: `CONF-FCTY-URI`.
    package var conferenceFactory: String
    /// The exploder: `EXPLODER-URI`.
    package var exploder: String
    /// The deferred messaging function: `DEFERRED-MSG-FUNC-URI`.
    package var deferredMessaging: String
    /// The conversation history function: `CONV-HIST-FUNC-URI`.
    package var conversationHistory: String
    package var deletion: String
    /// Where XCAP is spoken, and the path of its root; nil where the operator offers none.
    package var xcap: XCAPRoot?

    package struct XCAPRoot: Sendable, Equatable {
        package var address: SocketAddress
        /// The host and port of its URL, by which requests name it.
        ///
        /// RFC 9112 §3.2
        package var authority: String
        /// The path of the root, without a slash at its end, such as `/xcap-root`; empty for the root of the host.
        package var path: String
        /// Who has to be there, where it is https; nil where it is http.
        ///
        /// RFC 2818 §3.1
        package var identity: ExpectedPeer?

        /// The URL of the root.
        package var url: String { "\(identity == nil ? "http" : "https")://\(authority)\(path)/" }

        package init(
            address: SocketAddress, authority: String? = nil, path: String = "", identity: ExpectedPeer? = nil
        ) {
            self.address = address
            self.authority = authority ?? address.description
            self.path = path
            self.identity = identity
        }
    }

    /// The functions at their usual names in the domain.
    package init(domain: String = "localhost", xcap: XCAPRoot? = nil) {
        conferenceFactory = "sip:conference-factory@\(domain)"
        exploder = "sip:exploder@\(domain)"
        deferredMessaging = "sip:Deferred@\(domain)"
        conversationHistory = "sip:History@\(domain)"
        deletion = "sip:Delete@\(domain)"
        self.xcap = xcap
    }
}
