import SDP
import SIPSyntax

extension SIPMessage {
    /// Whether the INVITE is for the delivery of what has been kept for the user.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.2 (1e, 1g); a server that does not call itself an automaton is known by what it
    /// would send.
    var isForDelivery: Bool {
        guard let description = try? sessionDescription(),
            let media = description.media.first(where: { $0.isMSRP && !$0.isRefused }),
            description.direction(of: media) == .sendOnly
        else { return false }
        let isAutomaton = (try? contact())?.parameters.contains { $0.name.lowercased() == "automata" } ?? false
        let capsules = ["message/sip", "message/sipfrag", "message/msrp"]
        return isAutomaton || media.acceptTypes.contains { capsules.contains($0.lowercased()) }
    }
}
