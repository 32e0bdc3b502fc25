import Conformance
import Dissection

// Rules about registrations and publications.
extension GeneralRule {
    static let registration: [GeneralRule] = [
        settings,
        GeneralRule(
            id: "rfc3261.bindings", title: "The 2xx to a REGISTER lists the bindings with their expiry",
            requirements: ["RFC3261-10.3-bindings"]
        ) { evidence, outcome in
            for success in evidence.messages where success.repeats == nil && evidence.isSuccess(success, to: "REGISTER")
            {
                guard let request = evidence.dissection.request(of: success), !request.isDeregistration,
                    !request.bindings.isEmpty
                else { continue }
                let listed = success.bindings
                let isListed = !listed.isEmpty && listed.allSatisfy { $0.expiry != nil }
                outcome.note(
                    isListed
                        ? nil
                        : Breach(
                            of: success.sender, "each current binding as a Contact with expires",
                            listed.isEmpty
                                ? "no Contact (\(inWords([success])))"
                                : "a Contact without expires (\(inWords([success])))",
                            [request, success]))
            }
        },
        GeneralRule(
            id: "rfc3903.new-etag", title: "Every new publication has an entity tag of its own",
            requirements: ["RFC3903-6-etag"]
        ) { evidence, outcome in
            struct Publication: Hashable {
                var resource: String
                var event: String
                var tag: String
            }
            var known: [Publication: DissectedMessage] = [:]
            for success in evidence.messages where success.repeats == nil && evidence.isSuccess(success, to: "PUBLISH")
            {
                guard let request = evidence.dissection.request(of: success),
                    let tag = success.values(of: "SIP-ETag").first,
                    request.values(of: "SIP-If-Match").isEmpty
                else { continue }
                let publication = Publication(
                    resource: request.requestTarget?.uri ?? "", event: request.values(of: "Event").first ?? "", tag: tag
                )
                let earlier = known[publication]
                known[publication] = success
                outcome.note(
                    earlier.map { earlier in
                        Breach(
                            of: success.sender, "a SIP-ETag that no other publication has",
                            "\(tag) again (\(inWords([earlier, success])))", [earlier, success])
                    })
            }
        },
    ]

    private static let settings = GeneralRule(
        id: "oma.settings", title: "The server takes the settings that a user publishes",
        requirements: ["TS-6.1.1.5-answer"]
    ) { evidence, outcome in
        for answer in evidence.messages where answer.repeats == nil && answer.isSIP && answer.isFinal {
            guard let publish = evidence.dissection.request(of: answer), publish.requestMethod == "PUBLISH",
                publish.sender != .server, !evidence.offenses.contains(publish),
                answer.isSuccess || evidence.isRefusalOfSettings(answer)
            else { continue }
            outcome.note(
                answer.isSuccess
                    ? nil
                    : Breach(
                        of: answer.sender, "200 to a PUBLISH of settings", "\(answer.label) (\(inWords([answer])))",
                        [publish, answer]))
        }
    }
}
