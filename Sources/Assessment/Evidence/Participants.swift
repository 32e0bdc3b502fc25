import Conformance
import Dissection

/// Which client stands behind a URI of a conference.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.2.10: the entity of a user is the address that its INVITE or the list gave, or, for one
/// who stays anonymous, a URI that the server tells the user itself by `yourown`.
struct Participants {
    private var clients: [UserAddress: PartyName] = [:]

    init(_ dissection: Dissection) {
        var claims: [UserAddress: Set<PartyName>] = [:]
        let known = Set(dissection.trace.cast.clients.map(\.name))
        for notice in dissection.notices {
            guard let receiver = notice.receiver, known.contains(receiver) else { continue }
            for user in notice.told where user.isOwn { claims[UserAddress(user.entity), default: []].insert(receiver) }
        }
        var names: [UserAddress: Set<PartyName>] = [:]
        // Who asks for privacy may be known by the URI that it gives itself.
        for invite in dissection.messages where invite.requestMethod == "INVITE" && invite.isOutsideDialog {
            guard invite.values(of: "Privacy").contains(where: { $0.lowercased().contains("id") }),
                let sender = invite.sender, known.contains(sender), let from = invite.sipSummary?.from
            else { continue }
            names[UserAddress(from), default: []].insert(sender)
        }
        for (address, claimants) in names where claims[address] == nil { claims[address] = claimants }
        for (address, claimants) in claims where claimants.count == 1 { clients[address] = claimants.first }
        for party in dissection.trace.cast.clients {
            if let own = party.imAddress { clients[UserAddress(own)] = party.name }
        }
    }

    /// The client, or nil for a stranger and where several clients have the URI.
    func client(_ uri: String) -> PartyName? { clients[UserAddress(uri)] }
}

extension Evidence {
    /// The client that the URI stands for, by its IM Address or as a participant of a conference.
    func client(behind uri: String?) -> PartyName? { uri.flatMap(participants.client) }

    /// Whether the URI stands for this client.
    func identifies(_ uri: String?, _ party: PartyName) -> Bool { client(behind: uri) == party }

    /// Whether the trace tells under which URI the client takes part: its address, or what it was told itself.
    func knowsName(of client: PartyName) -> Bool {
        let isAnonymous = openingRequests("INVITE", .sent, at: client).contains(where: \.asksForPrivacy)
        return !isAnonymous || !ownEntities(of: client, before: .max).isEmpty
    }

    /// What notifications have called the own entity of a client by then, in their order.
    func ownEntities(of client: PartyName, before number: Int) -> [String] {
        dissection.notices.filter { $0.receiver == client && $0.message < number }
            .flatMap { $0.told.filter(\.isOwn).map(\.entity) }
    }

    /// Whether the URI is that of the group.
    ///
    /// Without a URI in the cast it is the one to which that request has been sent.
    func identifies(_ uri: String?, group: String, addressedBy request: DissectedMessage?) -> Bool {
        guard let uri, let own = cast.groups[group] ?? request?.requestTarget?.uri else { return false }
        return UserAddress(uri) == UserAddress(own)
    }

    /// The names by which the notifications of conference state make a client known to another, each once.
    func names(of client: PartyName, at receiver: PartyName) -> [String] {
        var names: [String] = []
        for notice in dissection.notices where notice.receiver == receiver {
            for user in notice.told where self.client(behind: user.entity) == client {
                if let name = user.name, !names.contains(name) { names.append(name) }
            }
        }
        return names
    }
}
