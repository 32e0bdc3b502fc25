import MessageBodies
import SIPSyntax

/// What the wrappers of messages in a session say of their sender and their receivers.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.3.2.1
struct Addressing: Sendable {
    private enum Receiver: Sendable {
        case peer(String)
        case conference(Conference)
    }

    private let ownAddress: String
    private let receiver: Receiver
    private var roster: ConferenceRoster?
    /// Whether nothing more is to be learned of the conference.
    private var isSettled: Bool

    /// The addresses of two users who talk to each other.
    init(from ownAddress: String, to peer: String) {
        self.ownAddress = ownAddress
        receiver = .peer(peer)
        isSettled = true
    }

    /// The addresses of a participant, who does not know yet what the conference calls him.
    init(from ownAddress: String, in conference: Conference) {
        self.ownAddress = ownAddress
        receiver = .conference(conference)
        isSettled = false
    }

    /// Whether every message goes in a wrapper.
    var isConference: Bool {
        switch receiver {
        case .peer: false
        case .conference: true
        }
    }

    /// Learns what the conference is called, and what it calls this side.
    mutating func learn(_ news: SessionNews) {
        switch news {
        case .roster(let roster): self.roster = roster
        case .unobservable: isSettled = true
        case .left, .released, .superseded: break
        }
    }

    /// Whom a message says it is from, and whom to, for these receivers alone or for everybody when there are none.
    ///
    /// - Returns: nil while this side does not know what it is called.
    func envelope(for receivers: [String] = []) -> (from: String, to: [String])? {
        switch receiver {
        case .peer(let peer):
            return (ownAddress, [peer])
        case .conference(let conference):
            guard let own = roster?.entity(of: ownAddress) ?? (isSettled ? ownAddress : nil) else { return nil }
            return (own, receivers.isEmpty ? [conference.address(accordingTo: roster)] : receivers)
        }
    }
}

extension ConferenceRoster {
    /// What the conference calls the user with this address: the entity of its own element, where one is marked so.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.3.2.1 (4)
    func entity(of address: String) -> String? { own?.entity ?? user(address)?.entity }

    /// Those who take part besides that user.
    func others(than address: String) -> [String] {
        let own = entity(of: address)
        return connected.map(\.entity).filter { $0 != own }
    }
}
