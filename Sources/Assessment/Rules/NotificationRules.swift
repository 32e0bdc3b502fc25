import Conformance
import Dissection

// Rules about the disposition notifications that senders ask for.
extension GeneralRule {
    static let dispositions: [GeneralRule] = [
        GeneralRule(
            id: "rfc5438.request", title: "Who asks for a disposition notification gives the message a name and a time",
            requirements: ["RFC5438-7.1.1-request"]
        ) { evidence, outcome in
            for message in evidence.messages where message.receiver == .server && message.repeats == nil {
                guard !message.values(of: "cpim.Disposition-Notification").isEmpty else { continue }
                let missing = ["Message-ID", "DateTime"].filter { message.values(of: "cpim.\($0)").isEmpty }
                outcome.note(
                    missing.isEmpty
                        ? nil
                        : Breach(
                            of: message.sender, "Message-ID and DateTime beside Disposition-Notification",
                            "no \(missing.joined(separator: " and no ")) in \(inWords([message]))", [message]))
            }
        },
        GeneralRule(
            id: "rfc5438.reason", title: "A disposition notification is about a message that asked for it",
            requirements: ["RFC5438-7.2.1-answer"]
        ) { evidence, outcome in
            let asked = Set(
                evidence.messages.filter { !$0.values(of: "cpim.Disposition-Notification").isEmpty }
                    .flatMap { $0.values(of: "cpim.Message-ID") })
            for message in evidence.messages where message.repeats == nil && message.sender != .server {
                guard message.isSIP || message.isMSRP,
                    let id = message.values(of: DissectedPart.imdnMessageID.rawValue).first
                else { continue }
                outcome.note(
                    asked.contains(id)
                        ? nil
                        : Breach(
                            of: message.sender, "the Message-ID of a message that asked to be notified of",
                            "\(id) (\(inWords([message])))", [message],
                            decision: evidence.showsBeginning && evidence.isWhole(for: message.sender) ? .presence : nil
                        ))
            }
        },
    ]
}
