import Conformance
import Dissection

// What became of the settings that clients publish.
extension Evidence {
    /// The answers after which a PUBLISH is tried again: with credentials, without the entity-tag, or for longer.
    ///
    /// RFC 3261 §22, RFC 3903 §4.1
    private static let invitationsToTryAgain: Set<Int> = [401, 407, 412, 423]

    /// The answer by which the server refuses the client's settings, where it has taken none of them at any time.
    func refusalOfSettings(_ client: PartyName) -> DissectedMessage? {
        let answers = messages.filter { $0.receiver == client && $0.isSIP && $0.isFinal && $0.repeats == nil }
        guard !answers.contains(where: { isSuccess($0, to: "PUBLISH") }) else { return nil }
        return answers.first(where: isRefusalOfSettings)
    }

    /// Whether the answer refuses settings for good.
    ///
    /// A user who may not publish is refused by 403, and may be (OMA-TS-SIMPLE_IM-V1_0 §6.1.1.5 (3)).
    func isRefusalOfSettings(_ answer: DissectedMessage) -> Bool {
        guard let publish = dissection.request(of: answer), publish.requestMethod == "PUBLISH",
            publish.values(of: "Event").first == "poc-settings", let status = answer.responseStatus
        else { return false }
        return status >= 300 && status != 403 && !Self.invitationsToTryAgain.contains(status)
    }
}
