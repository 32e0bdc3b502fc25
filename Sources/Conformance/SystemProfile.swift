package import Network

/// A system under test as its owner describes it: where it is, and who its users are (IXIT).
///
/// What it supports is not said here but in its ``ConformanceStatement``.
package struct SystemProfile: Sendable, Equatable {
    /// Where a password is; it never stands in the file itself.
    package enum Secret: Sendable, Equatable {
        case environment(String)
        /// A file whose first line it is.
        case file(String)
    }

    package struct Account: Sendable, Equatable {
        /// What stands in the place of a password.
        package enum Proof: Sendable, Equatable {
            case password
            /// The keys of a SIM card: `k=… opc=…`, or `k=… op=…`, in hexadecimal.
            case subscriber
        }

        package var name: String
        package var proof: Proof
        package var secret: Secret
        /// Where it is said where the secret is.
        package var position: SourcePosition?

        package init(
            name: String, _ proof: Proof = .password, in secret: Secret, position: SourcePosition? = nil
        ) {
            self.name = name
            self.proof = proof
            self.secret = secret
            self.position = position
        }
    }

    /// A client that Parley plays at the system.
    package struct Client: Sendable, Equatable {
        package var party: PartyName
        /// Its address on this machine; nil for one on loopback.
        package var address: IPAddress?
        package var imAddress: String?
        package var account: Account?

        package init(party: PartyName, address: IPAddress? = nil, imAddress: String? = nil, account: Account? = nil) {
            self.party = party
            self.address = address
            self.imAddress = imAddress
            self.account = account
        }
    }

    /// A group that somebody has set up at the system.
    package struct ProvisionedGroup: Sendable, Equatable {
        package var name: String
        package var uri: String

        package init(name: String, uri: String) {
            self.name = name
            self.uri = uri
        }
    }

    package enum WebScheme: String, Sendable {
        case http
        case https

        /// The port where no other one is said.
        ///
        /// RFC 9110 §4.2
        package var port: UInt16 {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    /// Where XCAP is spoken, as its URL says.
    ///
    /// RFC 4825 §6.1
    package struct XCAPRoot: Sendable, Equatable {
        package var scheme: WebScheme
        /// An address, or a name that has A or AAAA records.
        package var place: HostPort
        /// The path of the root, without a slash at its end.
        package var path: String

        package init(scheme: WebScheme, place: HostPort, path: String) {
            self.scheme = scheme
            self.place = place
            self.path = path
        }

        package var port: UInt16 { place.port ?? scheme.port }
        package var url: String { "\(scheme.rawValue)://\(place)\(path)/" }
    }

    /// What secures the connections to the system.
    package struct TLS: Sendable, Equatable {
        /// How much of the certificate of the server counts.
        package enum Check: String, CaseIterable, Sendable {
            case full
            case authority
            case none
        }

        /// The file with the certificates of the authorities that are trusted; nil for those of this machine.
        package var authorities: String?
        /// The files with the certificate of the clients and its key; nil where they make their own.
        package var certificate: String?
        package var key: String?
        /// Whom the certificate of the server has to be for; nil for the domain.
        ///
        /// RFC 5922 §7
        package var name: String?
        /// Whom the certificate of the XCAP server has to be for; nil for the host of its URL.
        ///
        /// RFC 2818 §3.1
        package var xcapName: String?
        package var check: Check
        /// Where the description names the files, by its keys.
        package var positions: [String: SourcePosition] = [:]

        package init(
            authorities: String? = nil, certificate: String? = nil, key: String? = nil, name: String? = nil,
            xcapName: String? = nil, check: Check = .full
        ) {
            self.authorities = authorities
            self.certificate = certificate
            self.key = key
            self.name = name
            self.xcapName = xcapName
            self.check = check
        }
    }

    /// The functions of the IM service that have URIs of their own.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 Appendix I
    package enum Function: String, CaseIterable, Sendable {
        case conferenceFactory = "conference-factory"
        case exploder
        case deferredMessaging = "deferred-messaging"
        case conversationHistory = "conversation-history"
        case deletion
    }

    package var name: String
    /// An address, or a domain, or a host where a port is said.
    ///
    /// RFC 3263
    package var server: HostPort
    /// The outbound proxy of the clients, where they have one.
    ///
    /// RFC 3261 §8.1.2
    package var proxy: HostPort?
    /// Whom to ask for names; nil for whom this machine asks.
    package var nameServer: SocketAddress?
    /// nil leaves it to the records of a name, or else it is UDP.
    package var transport: TransportProtocol?
    package var tls = TLS()
    package var domain: String
    package var clients: [Client]
    package var functions: [Function: String]
    /// nil where no XCAP is spoken.
    package var xcap: XCAPRoot?
    /// The groups that are there already, by the names of the ETS.
    package var groups: [ProvisionedGroup]
    /// How long a step may take, in seconds; nil for the usual.
    package var stepTimeout: Int?
    /// What it is known to do otherwise.
    package var deviations: Set<Deviation> = []
    /// Who sees to what the cases need, where it is not the clients.
    package var preconditions: [Prerequisite: Provisioning] = [:]

    package init(name: String, server: HostPort, domain: String) {
        self.name = name
        self.server = server
        self.domain = domain
        clients = []
        functions = [:]
        groups = []
    }
}
