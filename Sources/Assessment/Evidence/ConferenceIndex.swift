import Conformance
import Dissection

/// The sessions of the trace that are with a focus, by their Call-IDs.
struct ConferenceIndex {
    /// A dialog of a client with a focus.
    struct Conference {
        /// The Contact of the focus, and the group where the client called one.
        var addresses: [SIPTarget]

        /// Whether a message may be addressed to this URI: to the conference itself, or to somebody in it.
        func isAddressee(_ uri: String, _ evidence: Evidence) -> Bool {
            let target = SIPTarget(ofValue: uri)
            return addresses.contains { target.map($0.isSame) == true || UserAddress($0.uri) == UserAddress(uri) }
                || evidence.client(behind: uri) != nil
                || evidence.dissection.notices.contains { notice in
                    UserAddress(notice.entity) == UserAddress(uri)
                        || notice.told.contains { UserAddress($0.entity) == UserAddress(uri) }
                }
        }
    }

    private var conferences: [String: Conference] = [:]

    init(_ evidence: Evidence) {
        for success in evidence.messages where success.repeats == nil && evidence.isSuccess(success, to: "INVITE") {
            guard let invite = evidence.dissection.request(of: success), invite.isOutsideDialog,
                let callID = success.sipSummary?.callID
            else { continue }
            let focus = [invite, success].first { $0.sender == .server && $0.hasFeatureTag("isfocus") }
            guard let focus else { continue }
            let called = invite.sender == .server ? nil : invite.requestTarget
            conferences[callID] = Conference(addresses: focus.addresses(in: "Contact") + [called].compactMap(\.self))
        }
    }

    /// Whether the URI is that of a focus, or of a group.
    func isConference(_ uri: String?, _ evidence: Evidence) -> Bool {
        guard let uri else { return false }
        let known = conferences.values.flatMap(\.addresses).map(\.uri) + evidence.cast.groups.values
        return known.contains { UserAddress($0) == UserAddress(uri) }
    }

    func conference(of content: InstantMessage) -> Conference? { content.call.flatMap { conferences[$0] } }
}
