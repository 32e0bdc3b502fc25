import Conformance
import Dissection
import Network

// Rules about pager mode.
extension GeneralRule {
    static let pages: [GeneralRule] = [
        GeneralRule(
            id: "rfc3428.size", title: "A MESSAGE over UDP has at most 1300 bytes", requirements: ["RFC3428-8-size"]
        ) { evidence, outcome in
            for request in evidence.messages where request.isSIP && request.requestMethod == "MESSAGE" {
                // Over TCP the client may know the whole way, and a server adds fields to what it passes on.
                guard request.transport == .udp, request.repeats == nil, request.sender != .server else { continue }
                outcome.note(
                    request.bytes.count <= 1300
                        ? nil
                        : Breach(
                            of: request.sender, "at most 1300 bytes of MESSAGE over UDP",
                            "\(request.bytes.count) bytes (\(inWords([request])))", [request]))
            }
        }
    ]
}
