package import Authentication
package import Conformance
package import Network
import SDP
import SIPDialogs
package import SIPTransactions

extension IMClient {
    /// Who a simulated client is, where it listens, and what it chooses where the specifications leave a choice.
    package struct Profile: Sendable {
        package var party: PartyName
        /// The IM Address, as an absolute SIP URI without parameters.
        package var imAddress: String
        package var displayName: String
        package var address: IPAddress
        package var sipPort: UInt16
        package var msrpPort: UInt16
        /// The next hop of every request that no route set directs elsewhere.
        package var server: SocketAddress
        /// The URI of the outbound proxy at the next hop; nil where that is the server itself.
        ///
        /// RFC 3261 §8.1.2
        package var proxy: String?
        package var registrarURI: String
        package var services: Services
        /// By which name and password the client proves who it is; nil where it cannot.
        package var account: Account?
        package var sipTransport: TransportProtocol
        /// Who has to be at the other end of a secured connection to the server.
        package var serverIdentity = ExpectedPeer.anybody
        /// The fingerprint of the certificate that the client shows; nil where it secures nothing.
        package var certificate: CertificateFingerprint?
        /// By whom the settings of the user are set.
        package var settings = SettingsKeeping.published
        /// How long what the client has published is there.
        package var settingsLifetime = SettingsLifetime.publication
        package var timing: TransactionTiming
        /// How many bytes of a text one MSRP SEND carries at most.
        package var chunkSize: Int
        /// How many bytes of a large message or a file one MSRP SEND carries at most.
        package var contentChunkSize: Int
        /// Whether the user wishes to know what becomes of messages.
        package var deliveryReports: DeliveryReports
        /// Whether others are to see when the user is writing.
        package var composing: Composing
        /// How long files wait for the invited to come before they go to whoever is there.
        package var audienceWait: Duration
        /// How long a session of files alone may be without any (Tc1).
        package var nextFileWait: Duration
        /// The types of large messages that the client takes, wildcards among them.
        package var contentTypes: [String]
        /// Whether message/cpim is named first in accept-types, and used where the peer accepts it.
        package var prefersCPIM: Bool
        package var registrationInterval: Duration
        package var sessionInterval: Duration
        /// How long an invitation may wait for the user before it is answered 408.
        package var patience: Duration
        /// How long the client remembers where a session was that is over: Tc3.
        package var memory: Duration
        /// How a session with one other user is set up.
        package var oneToOne: OneToOne
        /// Where messages to lists of users go.
        package var listMessages = ListMessages.factory

        /// By whom the settings of a user are set.
        package enum SettingsKeeping: Sendable {
            /// By the client, so that a server which refuses them has not got them.
            case published
            /// By the operator, whatever the server says to the client's.
            case provisioned
        }

        /// How long the settings of a user are there, of which OMA-TS-SIMPLE_IM-V1_0 §5.2.3 and §6.1.1.5 do not speak.
        package enum SettingsLifetime: Sendable {
            /// As long as they were published for, whether the user is there or not.
            ///
            /// RFC 3903 §4
            case publication
            /// Until the user logs out, so that they are published anew after that.
            case registration
        }

        /// The two ways to a session with one other user.
        package enum OneToOne: Sendable {
            /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.2
            case direct
            /// As a conference of two by way of the factory, so that it has a focus.
            ///
            /// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.2
            case conference
        }

        /// The two places that take messages to lists.
        package enum ListMessages: Sendable {
            /// OMA-TS-SIMPLE_IM-V1_0 §8.1.1 (5b)
            case factory
            /// OMA-TS-SIMPLE_IM-V1_0 Appendix I
            case exploder
        }

        package init(
            party: PartyName, imAddress: String, displayName: String, address: IPAddress, sipPort: UInt16 = 5060,
            msrpPort: UInt16 = 2855, server: SocketAddress, registrarURI: String,
            services: Services = Services(), sipTransport: TransportProtocol = .udp,
            timing: TransactionTiming = TransactionTiming(),
            chunkSize: Int = 2048, contentChunkSize: Int = 2048, contentTypes: [String] = Profile.allContentTypes,
            deliveryReports: DeliveryReports = .unasked, nextFileWait: Duration = .seconds(2),
            audienceWait: Duration = .seconds(10), composing: Composing = .concealed,
            prefersCPIM: Bool = false,
            registrationInterval: Duration = .seconds(3600),
            sessionInterval: Duration = .seconds(1800), patience: Duration = .seconds(180),
            memory: Duration = .seconds(600), oneToOne: OneToOne = .direct
        ) {
            self.party = party
            self.imAddress = imAddress
            self.displayName = displayName
            self.address = address
            self.sipPort = sipPort
            self.msrpPort = msrpPort
            self.server = server
            self.registrarURI = registrarURI
            self.services = services
            self.sipTransport = sipTransport
            self.timing = timing
            self.chunkSize = chunkSize
            self.contentChunkSize = contentChunkSize
            self.contentTypes = contentTypes
            self.deliveryReports = deliveryReports
            self.nextFileWait = nextFileWait
            self.audienceWait = audienceWait
            self.composing = composing
            self.prefersCPIM = prefersCPIM
            self.registrationInterval = registrationInterval
            self.sessionInterval = sessionInterval
            self.patience = patience
            self.memory = memory
            self.oneToOne = oneToOne
        }

        /// Whether a user wishes to know what becomes of messages.
        ///
        /// OMA-TS-SIMPLE_IM-V1_0 §8.1.1 (9) and §9.4.2 (4)
        package enum DeliveryReports: Sendable {
            case unasked
            case asked
        }

        /// Whether others are to see when a user is writing.
        ///
        /// OMA-TS-SIMPLE_IM-V1_0 §7.1.3.4
        package enum Composing: Sendable {
            case concealed
            case shown
        }

        /// What any client can keep, if not show.
        ///
        /// 3GPP TS 26.141 §5
        package static let allContentTypes = [
            "message/cpim", "text/*", "image/*", "audio/*", "video/*", "multipart/*", "application/*",
        ]

        var sessionTimerPolicy: SessionTimerPolicy {
            SessionTimerPolicy(seconds: Int(sessionInterval.components.seconds))
        }

        var sipAddress: SocketAddress { SocketAddress(address, port: sipPort) }
        var msrpAddress: SocketAddress { SocketAddress(address, port: msrpPort) }

        /// Whether messages go over TLS.
        var securesMedia: Bool { certificate != nil }

        /// Why an offer cannot be taken that has no line for messages of this client.
        var noMedia: String { "No MSRP over \(securesMedia ? "TLS" : "TCP") in the offer" }

        /// The attributes of this client in every description.
        ///
        /// RFC 8122 §5; RFC 4975 §14.4 for the self-signed
        var descriptionAttributes: [Attribute] {
            certificate.map { [Attribute("fingerprint", $0.description)] } ?? []
        }
    }

    /// A name and a password, which challenges are answered with.
    ///
    /// RFC 3261 §22
    package struct Account: Sendable, Equatable {
        package var username: String
        package var secret: DigestResponder.Secret

        package init(username: String, secret: DigestResponder.Secret) {
            self.username = username
            self.secret = secret
        }

        package init(username: String, password: String) {
            self.init(username: username, secret: .password(password))
        }
    }
}
