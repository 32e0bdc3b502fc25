package import Network
package import SIPTransactions
package import XCAP

extension ReferenceServer {
    /// What an operator decides about the server.
    package struct Configuration: Sendable {
        /// The home domain: the server of `sip:user@domain` for every user.
        package var domain: String
        package var address: IPAddress
        package var sipPort: UInt16 = 5060
        package var msrpPort: UInt16 = 2855
        package var xcapPort: UInt16 = 8080
        /// The fingerprint of the certificate with which the server secures SIP, MSRP and XCAP; nil where it secures
        /// nothing.
        package var certificate: CertificateFingerprint?
        /// Whom a server that secures SIP and XCAP lets in.
        package var admittedClients = ExpectedPeer.anybody
        /// The path of the XCAP root.
        package var xcapRoot = "/"
        package var sessionRouting = SessionRouting.backToBack
        package var timing = TransactionTiming()
        package var registration = Expiry(minimum: 60, maximum: 86_400, preset: 3600)
        package var publication = Expiry(minimum: 60, maximum: 86_400, preset: 3600)
        package var policy = ServicePolicy()
        /// Who has to prove who he is; nil where everybody is taken for whom he says he is.
        package var authentication: AuthenticationPolicy?
        package var conferences = ConferencePolicy()
        package var limits = Limits()
        /// What the document servers hold from the start.
        package var documents: [ProvisionedDocument] = []

        package init(domain: String, address: IPAddress) {
            self.domain = domain
            self.address = address
        }

        package var sipAddress: SocketAddress { SocketAddress(address, port: sipPort) }
        package var msrpAddress: SocketAddress { SocketAddress(address, port: msrpPort) }
        var mediaPlace: MediaPlace { MediaPlace(address: msrpAddress, certificate: certificate) }

        /// The URI by which the server is reached, over a transport that matters or over any that it speaks.
        func uri(of user: String? = nil, over transport: TransportProtocol? = nil) -> String {
            let parameter = (transport ?? (certificate == nil ? .udp : .tls)).sipParameter
            return "sip:\(user.map { "\($0)@" } ?? "")\(sipAddress)\(parameter)"
        }

        /// The transports over which the server speaks SIP.
        var transports: Set<TransportProtocol> { certificate == nil ? [.udp, .tcp] : [.tls] }
        package var xcapAddress: SocketAddress { SocketAddress(address, port: xcapPort) }

        /// Where the documents are, in words: the host of the URL of the XCAP root with its scheme.
        package var xcapURL: String { "\(certificate == nil ? "http" : "https")://\(xcapAddress)" }
    }

    /// Where a 1-to-1 session goes.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.1: in the media path or not, by the settings of the operator
    package enum SessionRouting: String, Sendable, CaseIterable {
        /// Signalling passes through a record-routing proxy, messages go from client to client.
        case recordRoute
        /// The server is a back-to-back user agent, and every message passes through it.
        case backToBack
    }

    /// A document that an operator has put in place.
    package struct ProvisionedDocument: Sendable {
        package var selector: DocumentSelector
        package var content: [UInt8]

        package init(_ selector: DocumentSelector, content: [UInt8]) {
            self.selector = selector
            self.content = content
        }
    }

    /// How long things that a client asks for may last, in seconds.
    package struct Expiry: Hashable, Sendable {
        /// The shortest time that is not refused as too brief.
        package var minimum: Int
        /// The longest time given, whatever is asked for.
        package var maximum: Int
        /// The time given to a client that asks for none.
        package var preset: Int

        package init(minimum: Int, maximum: Int, preset: Int) {
            self.minimum = minimum
            self.maximum = maximum
            self.preset = preset
        }
    }

    /// How much of anything there may be at a time; what comes beyond is refused.
    package struct Limits: Hashable, Sendable {
        package var users = 10_000
        package var contactsPerUser = 10
        package var sessions = 10_000
        package var transactions = 100_000
        package var connections = 10_000
        /// Connections of each protocol without a whole message; the oldest makes room for one more.
        package var halfOpenConnections = 2000
        /// Bytes that those of one protocol have sent together; the oldest make room for more.
        package var halfOpenBytes = 64 << 20
        /// How many messages to several recipients may have their delivery reports gathered.
        package var aggregatedMessages = 10_000
        package var deferredMessagesPerUser = 1000
        package var deferredBytesPerUser = 16 << 20
        package var deferredBytes = 256 << 20
        package var recordsPerUser = 1000
        package var recordedBytesPerUser = 16 << 20
        package var recordedBytes = 256 << 20
        /// Bytes that a connection may have sent without finishing a message, or that wait for one to open.
        package var connectionBuffer = 4 << 20
        /// Bytes of messages that one MSRP session of the server may hold while they are not complete.
        package var messageSize = 16 << 20
        /// Bytes of the body of an HTTP request.
        package var requestBody = 2 << 20
        package var documents = 100_000
        /// Documents that a user has for one application usage.
        package var documentsPerUser = 1000
        /// Bytes of all documents together.
        package var documentBytes = 256 << 20
        /// How long a connection may stay without its first whole message; one of HTTP also without its next one.
        package var halfOpenConnection = Duration.seconds(30)
        /// How long an invited client may ring: timer C of RFC 3261 §16.6, which must be above three minutes.
        package var ringing = Duration.seconds(190)

        package init() {}
    }
}
