import Network
import SIPSyntax

/// The header fields by which a client of this profile makes itself known.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.2.1, §7.1.1.1 and Appendix F
struct ClientFields: Sendable {
    static let featureTag = "+g.oma.sip-im"
    static let largeMessageTag = "+g.oma.sip-im.large-message"
    static let systemMessageTag = "+g.oma.sip-im.system-message"
    static let version = "IM-client/OMA1.0 Parley/1.0"
    static let allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE, NOTIFY"
    /// The methods that the client knows and takes outside a dialog or within one.
    static let methods: [SIPMethod] = [.invite, .ack, .cancel, .bye, .options, .message, .notify]
    /// The extensions that a peer may require.
    static let extensions: Set<String> = ["timer", "pref", "replaces", "norefersub"]
    /// The extensions that the client tells of by itself.
    static let supported = "timer, replaces, norefersub"

    let imAddress: String
    /// Whom requests are from: the IM Address and name of the user, or nobody of the chat alias.
    let sender: NameAddress
    let isAnonymous: Bool
    /// The own address, as the agent of a Warning.
    let host: String
    /// The Contact URI, in angle brackets and without parameters of the field.
    let contact: String
    /// The outbound proxy in angle brackets; nil where there is none.
    let route: String?

    /// The fields of the profile's user, who may go by a chat alias.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.15
    init(_ profile: IMClient.Profile, alias: String? = nil) {
        imAddress = profile.imAddress
        isAnonymous = alias != nil
        let name = alias ?? profile.displayName
        sender = NameAddress(
            displayName: name.isEmpty ? nil : name,
            uri: alias == nil ? profile.imAddress : "sip:anonymous@anonymous.invalid")
        host = profile.sipAddress.description
        let user = profile.imAddress.prefix { $0 != "@" }.drop { $0 != ":" }.dropFirst()
        contact = "<sip:\(user)@\(profile.sipAddress)\(profile.sipTransport.sipParameter)>"
        route = profile.proxy.map { "<\($0)>" }
    }

    var taggedContact: String { "\(contact);\(Self.featureTag)" }

    /// The value of From for a request that begins a dialog or stands alone.
    func from(tag: String) -> String { "\(sender);tag=\(tag)" }

    /// A request outside any dialog, with what every initial request carries.
    func initialRequest(
        _ method: SIPMethod, to uri: String, callID: String, tag: String, sequence: UInt32 = 1
    ) -> SIPMessage {
        var request = SIPMessage(method, uri: uri)
        // RFC 3261 §8.1.1.1 and §8.1.2: a route set of one, which was there before.
        if let route { request.add(.route, route) }
        request.add(.maxForwards, "70")
        request.add(.from, from(tag: tag))
        request.add(.to, "<\((try? SIPURI(parsing: uri))?.asRecipient.description ?? uri)>")
        request.add(.callID, callID)
        request.add(.cSeq, "\(sequence) \(method.name)")
        request.add(.userAgent, Self.version)
        return request
    }

    /// What the core needs to assert the sender, to hide it where that is asked for, and to find the service.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.1 and §7.1.1.1 (1, 5, 8)
    func address(_ request: inout SIPMessage) {
        request.add(.acceptContact, "*;\(Self.featureTag)")
        request.add(.pPreferredIdentity, "<\(imAddress)>")
        if isAnonymous { request.add(.privacy, "id") }
    }

    /// The fields of a BYE.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.12 (3)
    var farewell: [SIPField] {
        [SIPField(.userAgent, Self.version)] + (isAnonymous ? [SIPField(.privacy, "id")] : [])
    }

    /// A response of this client.
    func response(_ status: Int, to request: SIPMessage, tag: String? = nil) -> SIPMessage {
        var response = SIPMessage(status: status, to: request, toTag: tag)
        response.add(.server, Self.version)
        return response
    }
}
