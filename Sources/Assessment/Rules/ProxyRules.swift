import Conformance
import Dissection

// Rules about what a proxy does to what it forwards.
extension GeneralRule {
    static let proxying: [GeneralRule] = [
        GeneralRule(
            id: "rfc3261.proxy", title: "A proxy adds its Via and lowers Max-Forwards",
            requirements: ["RFC3261-16.6-via", "RFC3261-16.6-max-forwards"]
        ) { evidence, outcome in
            for onward in evidence.messages where onward.sender == .server && onward.repeats == nil {
                guard onward.isSIP, onward.responseStatus == nil, let original = evidence.original(of: onward),
                    let hops = onward.sipSummary?.hops, let earlier = original.sipSummary?.hops,
                    let client = earlier.first, hops.contains(client)
                else { continue }
                // Who keeps the Via of the client is a proxy, and not the other end of another transaction.
                outcome.note(breach(of: onward, original, isOwnHopMissing: hops.first == client))
            }
        }
    ]

    private static func breach(
        of onward: DissectedMessage, _ original: DissectedMessage, isOwnHopMissing: Bool
    ) -> Breach? {
        let evidence = [original, onward]
        if isOwnHopMissing {
            return Breach(
                of: .server, "a Via of the proxy above the others",
                "the topmost Via is still that of \(original.sender?.description ?? "the client") (\(inWords(evidence)))",
                evidence, clause: "RFC 3261 §16.6")
        }
        guard let before = original.maxForwards, let after = onward.maxForwards, after >= before else { return nil }
        return Breach(
            of: .server, "a Max-Forwards lower than before", "\(after) after \(before) (\(inWords(evidence)))",
            evidence,
            clause: "RFC 3261 §16.6")
    }
}
