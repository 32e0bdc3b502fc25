import Conformance
import Dissection

// Rules that every entity of the IM service keeps in its SIP messages.
extension GeneralRule {
    static let service: [GeneralRule] = [
        releaseOfRequests, releaseOfResponses, acceptContact, contactTag, systemSize, retrievalDirection,
        largeMessageTag,
    ]

    /// The methods of requests by which clients use the service.
    private static let methods: Set<String> = ["INVITE", "MESSAGE", "REFER", "SUBSCRIBE", "PUBLISH"]

    private static let releaseOfRequests = GeneralRule(
        id: "oma.release", title: "An initial request names the IM release first in User-Agent",
        requirements: ["TS-F.1-release"]
    ) { evidence, outcome in
        for request in evidence.messages where request.repeats == nil && request.isSIP {
            guard let method = request.requestMethod, methods.contains(method) || method == "REGISTER",
                request.isOutsideDialog, evidence.original(of: request) == nil
            else { continue }
            let role = request.sender == .server ? "IM-" : "IM-client/OMA"
            // §5.4 and §6.1.2.3.1 ask for Server in a request, so that either field will do.
            let products = request.values(of: "User-Agent") + request.values(of: "Server")
            outcome.note(
                products.contains { $0.namesRelease(role) }
                    ? nil
                    : Breach(
                        of: request.sender, "\(role)… as the first product of an initial request",
                        "\(products.isEmpty ? "no User-Agent" : products.joined(separator: ", ")) (\(inWords([request])))",
                        [request]))
        }
    }

    private static let releaseOfResponses = GeneralRule(
        id: "oma.release-response", title: "The response to an initial request names the IM release",
        requirements: ["TS-F.1-release-response"]
    ) { evidence, outcome in
        for response in evidence.messages where response.repeats == nil && response.isSIP && response.isSuccess {
            guard let request = evidence.dissection.request(of: response), evidence.original(of: response) == nil,
                ["INVITE", "MESSAGE"].contains(request.requestMethod ?? ""), request.isOutsideDialog
            else { continue }
            let products = response.values(of: "User-Agent") + response.values(of: "Server")
            outcome.note(
                products.contains { $0.namesRelease("IM-") }
                    ? nil
                    : Breach(
                        of: response.sender, "IM-… as the first product of a 2xx to \(request.requestMethod ?? "")",
                        "\(products.isEmpty ? "neither Server nor User-Agent" : products.joined(separator: ", "))"
                            + " (\(inWords([response])))", [response]))
        }
    }

    private static let acceptContact = GeneralRule(
        id: "oma.accept-contact", title: "Every initial request of a client asks for the IM service in Accept-Contact",
        requirements: ["TS-7.1.1.1-accept-contact", "TS-8.1.1-accept-contact", "TS-5.2.4-accept-contact"]
    ) { evidence, outcome in
        for request in evidence.messages where request.repeats == nil && request.sender != .server && request.isSIP {
            guard let method = request.requestMethod, methods.contains(method), request.isOutsideDialog else {
                continue
            }
            let tags = request.values(of: "Accept-Contact").flatMap(\.parameterNames)
            outcome.note(
                tags.contains("+g.oma.sip-im")
                    ? nil
                    : Breach(
                        of: request.sender, "+g.oma.sip-im in Accept-Contact of \(method)",
                        "\(tags.isEmpty ? "no tag" : tags.joined(separator: ", ")) (\(inWords([request])))", [request]))
        }
    }

    private static let contactTag = GeneralRule(
        id: "oma.contact",
        title: "The Contact of an INVITE, and of the 2xx that a server gives, has the tag of the IM service",
        requirements: ["TS-7.1.1.1-contact", "TS-7.2.1.1-contact"]
    ) { evidence, outcome in
        for message in evidence.messages where message.repeats == nil && message.isSIP {
            let request = message.responseStatus == nil ? message : evidence.dissection.request(of: message)
            guard let request, request.requestMethod == "INVITE", request.isOutsideDialog,
                message.responseStatus == nil || message.isSuccess && message.sender == .server,
                evidence.original(of: message) == nil
            else { continue }
            outcome.note(
                message.hasServiceTag
                    ? nil
                    : Breach(
                        of: message.sender, "+g.oma.sip-im in Contact",
                        "\(message.values(of: "Contact").first ?? "none") (\(inWords([message])))", [message]))
        }
    }

    private static let retrievalDirection = GeneralRule(
        id: "oma.retrieval", title: "Who retrieves what is stored offers to receive only",
        requirements: ["TS-12.1.1-INVITE", "TS-13.1.3-retrieve"]
    ) { evidence, outcome in
        for invite in evidence.messages where invite.requestMethod == "INVITE" && invite.repeats == nil {
            guard let function = invite.requestTarget?.function, invite.isOutsideDialog, invite.sender != .server,
                let direction = invite.mediaDescription?.direction
            else { continue }
            outcome.note(
                direction == "recvonly"
                    ? nil
                    : Breach(
                        of: invite.sender, "recvonly in the INVITE of a retrieval",
                        "\(direction) (\(inWords([invite])))", [invite],
                        clause: function == .history
                            ? "OMA-TS-SIMPLE_IM-V1_0 §13.1.3" : "OMA-TS-SIMPLE_IM-V1_0 §12.1.1"))
        }
    }

    private static let largeMessageTag = GeneralRule(
        id: "oma.large-message", title: "An INVITE that offers to send only, and no file, asks for large messages",
        requirements: ["TS-9.1.1.2-accept-contact"]
    ) { evidence, outcome in
        for invite in evidence.messages where invite.requestMethod == "INVITE" && invite.repeats == nil {
            guard invite.isOutsideDialog, invite.sender != .server, invite.requestTarget?.function == nil,
                let media = invite.mediaDescription, media.direction == "sendonly",
                invite.mediaDescriptions.allSatisfy({ $0.file == nil })
            else { continue }
            outcome.note(
                invite.hasFeatureTag("+g.oma.sip-im.large-message")
                    ? nil
                    : Breach(
                        of: invite.sender, "+g.oma.sip-im.large-message in Accept-Contact of a sendonly INVITE",
                        "none in \(inWords([invite]))", [invite]))
        }
    }

    private static let systemSize = GeneralRule(
        id: "oma.system-size", title: "A system message of more than 1300 bytes is told where to be fetched",
        requirements: ["TS-5.4-size"]
    ) { evidence, outcome in
        for message in evidence.messages where message.sender == .server && message.requestMethod == "MESSAGE" {
            guard message.repeats == nil,
                message.values(of: "Accept-Contact").flatMap(\.parameterNames)
                    .contains("+g.oma.sip-im.system-message")
            else { continue }
            let type = (message.contentType ?? "").prefix { $0 != ";" && $0 != " " }.lowercased()
            outcome.note(
                message.bytes.count <= 1300 || type == "message/external-body"
                    ? nil
                    : Breach(
                        of: .server, "message/external-body in a system message of more than 1300 bytes",
                        "\(message.bytes.count) bytes of \(type) (\(inWords([message])))", [message]))
        }
    }
}

extension String {
    /// Whether the first product is a release of the IM service of that role, such as `IM-client/OMA1.0`.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 Appendix F.1; the grammar allows blanks around the slash
    fileprivate func namesRelease(_ role: String) -> Bool {
        var product = ""
        for word in split(separator: " ") {
            guard product.isEmpty || product.hasSuffix("/") || word.hasPrefix("/") else { break }
            product += word
        }
        return product.hasPrefix(role) && product.split(separator: "/").dropFirst().contains { $0.hasPrefix("OMA") }
    }

    /// The names of the parameters of a value, in small letters.
    fileprivate var parameterNames: [String] {
        split(separator: ";").dropFirst().map { parameter in
            parameter.prefix { $0 != "=" && $0 != "," }.lowercased().filter { !$0.isWhitespace }
        }
    }
}
