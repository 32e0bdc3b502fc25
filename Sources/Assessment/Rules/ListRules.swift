import Conformance
import Dissection

// Rules about requests with lists of recipients.
extension GeneralRule {
    static let lists: [GeneralRule] = [listOption, listDisposition, referredList, listNotPassedOn]

    private static let listOption = GeneralRule(
        id: "rfc5363.option",
        title: "A request with a list of recipients requires that the server knows what to do with it",
        requirements: ["RFC5366-3-require", "RFC5365-6-require", "RFC5368-4-require"]
    ) { evidence, outcome in
        for request in evidence.messages where request.repeats == nil && request.sender != .server {
            guard let method = request.requestMethod, let (option, clause) = options[method],
                request.recipients != nil
            else { continue }
            let required = request.elements(of: "Require").map { $0.lowercased() }
            outcome.note(
                required.contains(option)
                    ? nil
                    : Breach(
                        of: request.sender, "Require: \(option) in \(method) with a list of recipients",
                        "\(required.isEmpty ? "no Require" : required.joined(separator: ", ")) (\(inWords([request])))",
                        [request], clause: clause))
        }
    }

    private static let options = [
        "INVITE": ("recipient-list-invite", "RFC 5366 §3"), "MESSAGE": ("recipient-list-message", "RFC 5365 §6"),
        "REFER": ("multiple-refer", "RFC 5368 §4"),
    ]

    private static let listDisposition = GeneralRule(
        id: "rfc5363.disposition", title: "A list of recipients says by its disposition that it is one",
        requirements: ["RFC5363-4.1-disposition"]
    ) { evidence, outcome in
        for request in evidence.messages where request.repeats == nil && request.sender != .server {
            guard request.isSIP, options[request.requestMethod ?? ""] != nil else { continue }
            for part in request.bodyParts where part.essence == "application/resource-lists+xml" {
                outcome.note(
                    part.disposition == "recipient-list"
                        ? nil
                        : Breach(
                            of: request.sender, "Content-Disposition: recipient-list at a list of recipients",
                            "\(part.disposition ?? "none") in \(inWords([request]))", [request]))
            }
        }
    }

    private static let referredList = GeneralRule(
        id: "rfc5368.cid", title: "A REFER to several refers to the list in its body", requirements: ["RFC5368-7-cid"]
    ) { evidence, outcome in
        for refer in evidence.messages where refer.requestMethod == "REFER" && refer.repeats == nil {
            guard refer.sender != .server, refer.recipients != nil, let target = refer.referTarget else { continue }
            let isOfPart = target.uri.lowercased().hasPrefix("cid:") && refer.hasPart(at: target.uri)
            outcome.note(
                isOfPart
                    ? nil
                    : Breach(
                        of: refer.sender, "the Content-ID of the list in Refer-To",
                        "\(target.uri) (\(inWords([refer])))",
                        [refer]))
        }
    }

    private static let listNotPassedOn = GeneralRule(
        id: "rfc5363.not-passed-on", title: "A list of recipients goes no further than to the server that it is for",
        requirements: ["RFC5366-5-list", "RFC5365-7.3-list"]
    ) { evidence, outcome in
        let listed = Set(
            evidence.messages.filter { $0.receiver == .server && $0.recipients != nil }.compactMap(\.requestMethod))
        for request in evidence.messages where request.sender == .server && request.repeats == nil {
            guard let method = request.requestMethod, listed.contains(method), ["INVITE", "MESSAGE"].contains(method)
            else { continue }
            let isList = request.bodyParts.contains { $0.disposition == "recipient-list" }
            outcome.note(
                isList
                    ? Breach(
                        of: .server, "no recipient-list in what is sent to a recipient", "one in \(inWords([request]))",
                        [request], clause: method == "INVITE" ? "RFC 5366 §5" : "RFC 5365 §7.3") : nil)
        }
    }
}
