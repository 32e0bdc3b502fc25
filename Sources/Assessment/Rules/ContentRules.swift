import Conformance
import Dissection

// Rules about messages in chunks, and the reports about them.
extension GeneralRule {
    static let contents: [GeneralRule] = [completeContents, successReports, knownReports]

    private static let completeContents = GeneralRule(
        id: "rfc4975.chunks", title: "Every message is completed or aborted, and its chunks say where they belong",
        requirements: ["RFC4975-7.1.1-chunks", "RFC4975-7.1.1-byte-range"]
    ) { evidence, outcome in
        for content in evidence.dissection.instantMessages where content.mode != .pager {
            let parts = evidence.parts(of: [content])
            let unplaced = parts.dropFirst().filter { $0.msrpSummary?.hasByteRange == false }
            if let first = unplaced.first {
                outcome.note(
                    Breach(
                        of: first.sender, "a Byte-Range in every chunk but the first", "none in \(inWords(unplaced))",
                        unplaced))
            } else if content.isComplete || content.isAborted || evidence.isPassedOnIncomplete(content) {
                outcome.note(nil)
            } else {
                outcome.note(
                    Breach(
                        of: content.sender, "all bytes of the message and a last chunk marked $",
                        "Message-ID \(content.id) stays incomplete (\(inWords(parts)))", parts,
                        decision: evidence.neverCompleted(content)))
            }
        }
    }

    private static let successReports = GeneralRule(
        id: "rfc4975.success-report", title: "A message that asks for a success report gets one",
        requirements: ["RFC4975-7.1.3-success-report"]
    ) { evidence, outcome in
        let reports = ReportIndex(evidence)
        for content in evidence.dissection.instantMessages where content.mode != .pager && content.isComplete {
            let parts = evidence.parts(of: [content])
            guard let last = parts.last, parts.contains(where: { $0.msrpSummary?.wantsSuccessReport == true }) else {
                continue
            }
            let isRefused = content.responses.contains { !evidence.dissection[$0].isSuccess }
            guard !isRefused, !evidence.isPremature(content), !reports.waitForOthers(content, evidence) else {
                continue
            }
            outcome.note(
                reports.has(content, evidence)
                    ? nil
                    : Breach(
                        of: last.receiver, "a success report for a message that asks for it",
                        "none for Message-ID \(content.id) (\(inWords(parts)))", parts,
                        decision: evidence.neverReported(content)))
        }
    }

    private static let knownReports = GeneralRule(
        id: "rfc4975.report-reason", title: "A report is about a message that asked for it",
        requirements: ["RFC4975-7.1.3-success-report"]
    ) { evidence, outcome in
        for report in evidence.messages where report.isMSRP && report.requestMethod == "REPORT" {
            guard let id = report.msrpSummary?.messageID,
                evidence.original(of: report) == nil || evidence.isAbout(report)
            else { continue }
            let reported = evidence.contents(withID: id).first { content in
                content.mode != .pager && content.sender == report.receiver && content.receiver == report.sender
            }
            guard let reported else {
                outcome.note(
                    Breach(
                        of: report.sender, "a Message-ID that the receiver of the report has sent",
                        "\(id) (\(inWords([report])))", [report],
                        decision: evidence.showsBeginning && evidence.isWhole(for: evidence.client(of: report))
                            ? .presence : nil))
                continue
            }
            let parts = evidence.parts(of: [reported])
            let isSuccess =
                report.values(of: "Status").first?.hasSuffix("200") == true
                || report.values(of: "Status").first?.contains(" 200 ") == true
            let isPassedOn = evidence.original(of: report) != nil
            let wasAsked = isPassedOn || parts.contains { $0.msrpSummary?.wantsSuccessReport == true }
            outcome.note(
                isSuccess && !wasAsked
                    ? Breach(
                        of: report.sender, "no success report for a message that asks for none",
                        "\(inWords([report])) about Message-ID \(id)", parts + [report]) : nil)
        }
    }
}

extension Evidence {
    /// Whether a client sends something before its ACK has made the session, for which nobody owes a report.
    fileprivate func isPremature(_ content: InstantMessage) -> Bool {
        guard let invite = opening(of: content), invite.sender == content.sender, let first = content.parts.first,
            let success = dissection.responses(to: invite).first(where: \.isSuccess)
        else { return false }
        return acknowledgement(of: success).map { $0.number > first } ?? false
    }
}
