import Conformance
import Dissection

// Rules about the messages of conferences, and the switch between them.
extension GeneralRule {
    static let switching: [GeneralRule] = [unchangedContent, conferenceWrapper, ownEntity, noEcho]

    private static let unchangedContent = GeneralRule(
        id: "oma.unchanged-content", title: "What the server passes on in a session it does not change",
        requirements: ["TS-7.2.3.3-relay", "TS-6.1.3-relay"]
    ) { evidence, outcome in
        for copy in evidence.dissection.instantMessages where copy.sender == .server && copy.mode.isRelayed {
            guard copy.isComplete, copy.stored == nil else { continue }
            let originals = evidence.contents(withID: copy.id).filter { original in
                original.receiver == .server && original.mode == copy.mode && original.isComplete
                    && original.parts[0] < copy.parts[0]
            }
            guard let original = originals.last else { continue }
            outcome.note(
                original.body == copy.body
                    ? nil
                    : Breach(
                        of: .server, "the same bytes in what is passed on",
                        "others under Message-ID \(copy.id) (\(inWords(evidence.parts(of: [original, copy]))))",
                        evidence.parts(of: [original, copy])))
        }
    }

    private static let conferenceWrapper = GeneralRule(
        id: "oma.conference-cpim",
        title: "In a conference messages are wrapped in message/cpim, to the conference or to users",
        requirements: ["TS-7.1.3.2.1-cpim", "TS-7.1.3.2.1-to"]
    ) { evidence, outcome in
        let conferences = ConferenceIndex(evidence)
        for content in evidence.dissection.instantMessages where content.receiver == .server && !content.isNotice {
            guard let conference = conferences.conference(of: content), content.mode.isRelayed,
                let first = content.parts.first.map({ evidence.dissection[$0] })
            else { continue }
            let type = (first.contentType ?? "").prefix { $0 != ";" && $0 != " " }.lowercased()
            // Large messages need no wrapper: OMA-TS-SIMPLE_IM-V1_0 §9.1.1.2 does not ask for one.
            if type != "message/cpim", content.mode == .large { continue }
            if type != "message/cpim" {
                outcome.note(
                    Breach(
                        of: content.sender, "message/cpim in a conference", "\(type) in \(inWords([first]))", [first],
                        clause: "OMA-TS-SIMPLE_IM-V1_0 §7.1.3.2.1"))
            } else if let stranger = content.addressees.first(where: { uri in
                !conference.isAddressee(uri, evidence) && !evidence.wasTold(uri, content.sender, before: first.number)
            }) {
                outcome.note(
                    Breach(
                        of: content.sender, "the conference or its participants as To of message/cpim",
                        "\(stranger) in \(inWords([first]))", [first], clause: "OMA-TS-SIMPLE_IM-V1_0 §7.1.3.2.1"))
            } else {
                outcome.note(nil)
            }
        }
    }

    private static let ownEntity = GeneralRule(
        id: "oma.conference-from",
        title: "The sender of a message in a conference names itself as the conference knows it",
        requirements: ["TS-7.1.3.2.1-from"]
    ) { evidence, outcome in
        let conferences = ConferenceIndex(evidence)
        for content in evidence.dissection.instantMessages where content.receiver == .server {
            guard conferences.conference(of: content) != nil, content.mode.isRelayed, let client = content.sender,
                let identity = content.identity, content.identitySource == content.parts.first
            else { continue }
            let known = evidence.ownEntities(of: client, before: content.parts[0])
            // Whom the server has not told its name, although it has asked, cannot know it.
            if known.isEmpty, evidence.asksForConferenceState(client, before: content.parts[0]) { continue }
            let parts = evidence.parts(of: [content])
            let isRight =
                known.isEmpty
                ? evidence.identifies(identity, client) : known.contains { UserAddress($0) == UserAddress(identity) }
            outcome.note(
                isRight
                    ? nil
                    : Breach(
                        of: client, "the own entity of \(client) as From of message/cpim",
                        "\(identity) instead of \(known.last ?? "what its subscription would tell")"
                            + " (\(inWords(parts)))", parts))
        }
    }

    private static let noEcho = GeneralRule(
        id: "oma.no-echo", title: "A message in a conference does not come back to its sender",
        requirements: ["TS-7.2.3.3-relay"]
    ) { evidence, outcome in
        for content in evidence.dissection.instantMessages where content.receiver == .server && content.mode.isRelayed {
            guard let client = content.sender, !content.isNotice else { continue }
            let copies = evidence.contents(withID: content.id).filter { copy in
                copy.sender == .server && copy.mode == content.mode && copy.body == content.body
                    && copy.parts[0] > content.parts[0]
            }
            guard !copies.isEmpty else { continue }
            let echo = copies.first { $0.receiver == client }
            outcome.note(
                echo.map { echo in
                    Breach(
                        of: .server, "no copy of a message to its sender",
                        "one to \(client) (\(inWords(evidence.parts(of: [echo]))))",
                        evidence.parts(of: [content, echo]))
                })
        }
    }
}

extension Evidence {
    /// Whether the client has subscribed to the state of a conference by that place in the trace.
    fileprivate func asksForConferenceState(_ client: PartyName, before number: Int) -> Bool {
        messages.contains { message in
            message.requestMethod == "SUBSCRIBE" && message.sender == client && message.number < number
                && message.eventPackage == "conference"
        }
    }
}

extension Condition.Mode {
    /// Whether a server passes on what travels so as it comes.
    fileprivate var isRelayed: Bool {
        switch self {
        case .session, .large, .file: true
        case .pager, .deferred, .history: false
        }
    }
}

extension Evidence {
    /// Whether the server has given the client this URI as that of somebody: whoever uses it then is not at fault.
    fileprivate func wasTold(_ uri: String, _ client: PartyName?, before number: Int) -> Bool {
        let address = UserAddress(uri)
        return messages.prefix(number - 1).contains { message in
            message.sender == .server && message.receiver == client && message.isSIP
                && message.identity.map { UserAddress($0) == address } == true
        }
            || dissection.instantMessages.contains { content in
                content.sender == .server && content.receiver == client && content.parts[0] < number
                    && content.identity.map { UserAddress($0) == address } == true
            }
    }
}
