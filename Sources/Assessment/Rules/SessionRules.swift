import Conformance
import Dissection

// Rules about MSRP requests and their responses.
extension GeneralRule {
    static let sessions: [GeneralRule] = [responseToSend, noResponseToReport, requestPaths, responsePaths]

    private static let responseToSend = GeneralRule(
        id: "rfc4975.response-to-send", title: "Every SEND is answered once, or not at all where it asks for silence",
        requirements: ["RFC4975-7.2-response", "RFC4975-7.1.4-silence"]
    ) { evidence, outcome in
        let ends = SessionEnds(evidence)
        for request in evidence.messages where request.requestMethod == "SEND" {
            guard ends.end(before: request) == nil else { continue }
            guard let asked = request.msrpSummary?.response else { continue }
            let responses = evidence.dissection.responses(to: request)
            switch (asked, responses.first) {
            case (.always, nil) where evidence.waitsForOnward(request) || evidence.isLeftBehind(request):
                // A relay that waits for the next client is not the one who owes the answer; and who leaves without
                // waiting for the answer is owed none.
                continue
            case (.always, nil):
                outcome.note(
                    Breach(
                        of: request.receiver, "one response to SEND", "none to \(inWords([request]))", [request],
                        decision: evidence.unanswered(request), clause: "RFC 4975 §7.2"))
            case (.always, let first?) where responses.count > 1:
                outcome.note(
                    Breach(
                        of: first.sender, "one response to SEND", "\(responses.count) to \(inWords([request]))",
                        [request] + responses, clause: "RFC 4975 §7.2"))
            case (.never, let response?):
                outcome.note(
                    Breach(
                        of: response.sender, "no response to a SEND with Failure-Report: no",
                        "\(response.label) to \(inWords([request]))", [request, response], clause: "RFC 4975 §7.1.4"))
            case (.onFailure, let response?) where response.isSuccess:
                outcome.note(
                    Breach(
                        of: response.sender, "no 200 to a SEND with Failure-Report: partial",
                        "\(response.label) to \(inWords([request]))", [request, response], clause: "RFC 4975 §7.1.4"))
            case (.always, _), (.onFailure, _), (.never, nil):
                outcome.note(nil)
            }
        }
    }

    private static let noResponseToReport = GeneralRule(
        id: "rfc4975.no-response-to-report", title: "A REPORT is never answered",
        requirements: ["RFC4975-7.1.2-no-response"]
    ) { evidence, outcome in
        for report in evidence.messages where report.isMSRP && report.requestMethod == "REPORT" {
            outcome.note(
                evidence.dissection.responses(to: report).first.map { response in
                    Breach(
                        of: response.sender, "no response to REPORT", "\(response.label) to \(inWords([report]))",
                        [report, response])
                })
        }
    }

    private static let requestPaths = GeneralRule(
        id: "rfc4975.paths", title: "To-Path and From-Path of a request are those that the two sides described",
        requirements: ["RFC4975-7.1-to-path", "RFC4975-7.1-from-path"]
    ) { evidence, outcome in
        for request in evidence.messages where request.isMSRP && request.responseStatus == nil {
            outcome.note(evidence.paths.breach(of: request))
        }
    }

    private static let responsePaths = GeneralRule(
        id: "rfc4975.response-paths", title: "A response goes back to where its request came from",
        requirements: ["RFC4975-7.2-paths"]
    ) { evidence, outcome in
        for response in evidence.messages where response.isMSRP && response.responseStatus != nil {
            guard let request = evidence.dissection.request(of: response), let asked = request.msrpSummary,
                let mine = response.msrpSummary
            else { continue }
            func breach(_ field: String, _ found: [MSRPAddress], _ wanted: MSRPAddress?) -> Breach {
                Breach(
                    of: response.sender, "\(field) of a response as its request has it the other way round",
                    "\(found.map(\.description).joined(separator: " ")) instead of \(wanted?.description ?? "none")"
                        + " (\(inWords([response])))",
                    [request, response])
            }
            if mine.toPath.first != asked.fromPath.first {
                outcome.note(breach("To-Path", mine.toPath, asked.fromPath.first))
            } else if mine.fromPath.first != asked.toPath.first {
                outcome.note(breach("From-Path", mine.fromPath, asked.toPath.first))
            } else {
                outcome.note(nil)
            }
        }
    }
}
