import Conformance
import Dissection

// Rules about documents that are read and written by HTTP.
extension GeneralRule {
    static let documents: [GeneralRule] = [answeredHTTP, entityTags, documentTypes, storedReferences]

    private static let answeredHTTP = GeneralRule(
        id: "rfc9112.response", title: "Every HTTP request gets one response, in the order of the requests",
        requirements: ["RFC9112-9.3.2-response"]
    ) { evidence, outcome in
        for message in evidence.messages where message.isHTTP {
            if message.responseStatus != nil {
                guard message.answers == nil else { continue }
                let isShown = evidence.showsBeginning && evidence.isWhole(for: evidence.client(of: message))
                outcome.note(
                    Breach(
                        of: message.sender, "no response without a request", "\(message.label) (\(inWords([message])))",
                        [message], decision: isShown ? .presence : nil))
            } else if evidence.dissection.responses(to: message).contains(where: \.isFinal) {
                outcome.note(nil)
            } else {
                // Who ends the connection gives the answer up.
                let isGivenUp = evidence.dissection.ends.contains {
                    $0.after >= message.number && Route($0).undirected == Route(message).undirected
                }
                guard !isGivenUp else { continue }
                outcome.note(
                    Breach(
                        of: message.receiver, "a response to \(message.requestMethod ?? "")",
                        "none to \(inWords([message]))", [message], decision: evidence.unanswered(message)))
            }
        }
    }

    private static let entityTags = GeneralRule(
        id: "rfc4825.etag", title: "A server names the version of each document that it gives or takes",
        requirements: ["RFC4825-8.5-etag"]
    ) { evidence, outcome in
        for response in evidence.messages where response.isHTTP && [200, 201].contains(response.responseStatus ?? 0) {
            guard let request = evidence.dissection.request(of: response),
                ["GET", "PUT"].contains(request.requestMethod ?? "")
            else { continue }
            outcome.note(
                response.values(of: "ETag").isEmpty
                    ? Breach(
                        of: response.sender, "an ETag in the response to \(request.requestMethod ?? "")",
                        "none in \(inWords([response]))", [request, response]) : nil)
        }
    }

    private static let documentTypes = GeneralRule(
        id: "rfc4825.type", title: "A document has the media type of its application usage",
        requirements: ["RFC4825-8.3-type"]
    ) { evidence, outcome in
        let written = evidence.messages.filter { $0.isHTTP && $0.requestMethod == "PUT" }
        let read = evidence.dissection.listings.map { evidence.dissection[$0.message] }.filter(\.isSuccess)
        for message in written + read {
            let type = (message.contentType ?? "").prefix { $0 != ";" && $0 != " " }.lowercased()
            // IM XDM is not at hand, so that any type of XML will do.
            outcome.note(
                type.hasSuffix("+xml") || type == "application/xml"
                    ? nil
                    : Breach(
                        of: message.sender, "a media type of XML",
                        "\(type.isEmpty ? "none" : type) in \(inWords([message]))", [message]))
        }
    }

    private static let storedReferences = GeneralRule(
        id: "oma.references", title: "Every stored item has a reference of its own, which is a SIP URI",
        requirements: ["TS-12.2.2.3-message-id"]
    ) { evidence, outcome in
        for listing in evidence.dissection.listings where !listing.items.isEmpty {
            let response = evidence.dissection[listing.message]
            let references = listing.items.map(\.reference)
            let twice = references.first { reference in references.count { $0 == reference } > 1 }
            // The printed example of Appendix J has references without a scheme.
            let odd = references.first { !$0.contains("@") || $0.contains(":") && !$0.lowercased().hasPrefix("sip") }
            outcome.note(
                (twice ?? odd).map { reference in
                    Breach(
                        of: response.sender, "a SIP URI of its own as the reference of each stored item",
                        "“\(reference)” (\(inWords([response])))", [response])
                })
        }
    }
}
