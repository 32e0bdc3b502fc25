import Conformance
import Dissection

// Rules about the state of conferences.
extension GeneralRule {
    static let conferences: [GeneralRule] = [
        conferenceVersions, ownUser, oneEndpoint, conferenceEntity, hiddenHistory,
    ]

    private static let conferenceVersions = GeneralRule(
        id: "rfc4575.versions",
        title: "The state of a conference is told in full first, and each change has the next version",
        requirements: ["RFC4575-5.2-version", "RFC4575-3.2-full"]
    ) { evidence, outcome in
        for notices in evidence.subscribedNotices {
            for (index, notice) in notices.enumerated() {
                let message = evidence.dissection[notice.message]
                if index == 0 {
                    let isFirst = evidence.showsBeginning || evidence.isFirst(notice)
                    outcome.note(
                        notice.extent == .full || !isFirst
                            ? nil
                            : Breach(
                                of: notice.sender, "full state in the first notification of a subscription",
                                "\(notice.extent.rawValue) in \(inWords([message]))", [message],
                                clause: "RFC 4575 §3.2"))
                    continue
                }
                let before = notices[index - 1]
                guard let version = notice.version, let last = before.version else {
                    outcome.note(
                        Breach(
                            of: notice.sender, "a version in each notification of conference state",
                            "none in \(inWords([message]))", [message], clause: "RFC 4575 §5.2"))
                    continue
                }
                let former = evidence.dissection[before.message]
                // Where datagrams may be lost, so may be the notification in between.
                let isShown = version <= last ? evidence.showsOrder(former, message) : evidence.isOrdered(message)
                outcome.note(
                    version == last + 1 || !isShown
                        ? nil
                        : Breach(
                            of: notice.sender, "a version one above the last in each notification of conference state",
                            "\(version) after \(last) (\(inWords([former, message])))", [former, message],
                            clause: "RFC 4575 §5.2"))
            }
        }
    }

    private static let ownUser = GeneralRule(
        id: "oma.yourown", title: "The state of a conference marks the receiver's own user, and no other",
        requirements: ["TS-7.2.2.10-yourown"]
    ) { evidence, outcome in
        for notice in evidence.dissection.notices {
            guard let client = notice.receiver, client != .server else { continue }
            let message = evidence.dissection[notice.message]
            let marked = notice.told.filter(\.isOwn)
            let foreign = marked.first { user in
                let named = evidence.cast.clients.first {
                    $0.name != client && evidence.isAddress(user.entity, of: $0.name)
                }
                return named != nil
            }
            let unmarked = notice.told.first { !$0.isOwn && evidence.isAddress($0.entity, of: client) }
            if let foreign {
                outcome.note(
                    Breach(
                        of: notice.sender, "yourown at the receiver's own user only",
                        "it marks \(foreign.entity) for \(client) (\(inWords([message])))", [message]))
            } else if marked.count > 1 {
                outcome.note(
                    Breach(
                        of: notice.sender, "yourown at the receiver's own user only",
                        "it marks \(marked.count) users for \(client) (\(inWords([message])))", [message]))
            } else if let unmarked {
                outcome.note(
                    Breach(
                        of: notice.sender, "yourown at the receiver's own user",
                        "\(unmarked.entity) is not marked for \(client) (\(inWords([message])))", [message]))
            } else {
                outcome.note(nil)
            }
        }
    }

    private static let oneEndpoint = GeneralRule(
        id: "oma.endpoint",
        title: "Every user of a conference has one endpoint with an entity, connected or disconnected",
        requirements: ["TS-7.2.2.10-endpoint"]
    ) { evidence, outcome in
        for notice in evidence.dissection.notices where notice.extent != .deleted {
            let message = evidence.dissection[notice.message]
            // What changes of a user need not be its endpoint.
            let fewest = notice.extent == .full ? 1 : 0
            let wrong = notice.told.first { user in
                !(fewest...1).contains(user.endpoints.count) || user.endpoints.contains(nil)
                    || user.status == nil && !user.endpoints.isEmpty
            }
            outcome.note(
                wrong.map { user in
                    Breach(
                        of: notice.sender, "one endpoint with entity and status of each user",
                        "\(user.entity) has \(user.endpoints.count) endpoints\(user.status == nil ? " and no status" : "")"
                            + " (\(inWords([message])))", [message])
                })
        }
    }

    private static let conferenceEntity = GeneralRule(
        id: "oma.conference-entity",
        title: "The state of a conference names the group, or the one session, that it is of",
        requirements: ["TS-7.2.2.10-entity"]
    ) { evidence, outcome in
        for notices in evidence.subscribedNotices {
            guard let first = notices.first else { continue }
            let message = evidence.dissection[first.message]
            let request = evidence.call(of: message).first { $0.requestMethod == "SUBSCRIBE" }
            let wanted = UserAddress(evidence.group(of: request)?.uri ?? first.entity)
            for notice in notices {
                let found = evidence.dissection[notice.message]
                outcome.note(
                    UserAddress(notice.entity) == wanted
                        ? nil
                        : Breach(
                            of: notice.sender, "the same session identity, or the IM Group Identity, as the entity",
                            "\(notice.entity) (\(inWords([found])))", [request, found].compactMap(\.self)))
            }
        }
    }

    private static let hiddenHistory = GeneralRule(
        id: "oma.hidden-history", title: "A function that records a conference is no user of it",
        requirements: ["TS-7.2.2.10-hidden"]
    ) { evidence, outcome in
        for notice in evidence.dissection.notices {
            let message = evidence.dissection[notice.message]
            let recorder = notice.told.first { SIPTarget(ofValue: $0.entity)?.function == .history }
            outcome.note(
                recorder.map { user in
                    Breach(
                        of: notice.sender, "no History Function among the users",
                        "\(user.entity) (\(inWords([message])))",
                        [message])
                })
        }
    }
}

extension Evidence {
    /// The notifications of conference state of each subscription, in the order of the trace.
    fileprivate var subscribedNotices: [[ConferenceNotice]] {
        struct Name: Hashable {
            var dialog: DialogName
            var receiver: PartyName?
        }
        var order: [Name] = []
        var notices: [Name: [ConferenceNotice]] = [:]
        for notice in dissection.notices {
            let name = Name(dialog: notice.dialog, receiver: notice.receiver)
            if notices[name] == nil { order.append(name) }
            notices[name, default: []].append(notice)
        }
        return order.compactMap { notices[$0] }
    }

    /// Whether the trace has the SUBSCRIBE that a notification follows.
    fileprivate func isFirst(_ notice: ConferenceNotice) -> Bool {
        call(of: dissection[notice.message]).contains { $0.requestMethod == "SUBSCRIBE" && $0.isOutsideDialog }
    }

    /// The group whose session a client subscribes to: the one that it called, and whose answer named this focus.
    fileprivate func group(of subscribe: DissectedMessage?) -> SIPTarget? {
        guard let subscribe, let client = subscribe.sender, let focus = subscribe.requestTarget else { return nil }
        let groups = Set(cast.groups.values.map { UserAddress($0) })
        let call = openingRequests("INVITE", .sent, at: client).first { invite in
            guard let target = invite.requestTarget, groups.contains(UserAddress(target.uri)) else { return false }
            return dissection.responses(to: invite).contains { response in
                response.isSuccess && response.addresses(in: "Contact").contains { $0.isSame(as: focus) }
            }
        }
        return call?.requestTarget
    }

    /// Whether the URI is the IM Address of the client itself.
    fileprivate func isAddress(_ uri: String, of client: PartyName) -> Bool {
        cast[client]?.imAddress.map { UserAddress($0) == UserAddress(uri) } ?? false
    }
}
