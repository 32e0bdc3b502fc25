import Conformance
import Dissection
import Network

// Rules about the transfer of files.
extension GeneralRule {
    static let files: [GeneralRule] = [
        fileLines, fileAnswers, fileRequests, fileBytes, acceptedFilesOnly, closedFileLines,
    ]

    private static let fileLines = GeneralRule(
        id: "rfc5547.lines",
        title: "Every file has a media line of its own, with selector, identifier, path and direction",
        requirements: ["RFC5547-6-selector", "RFC5547-8.1-transfer-id", "RFC5547-8-direction"]
    ) { evidence, outcome in
        // What the server only passes on was the fault of another, as in the grammar rules.
        var received: Set<String> = []
        for message in evidence.messages where message.repeats == nil && message.isSIP {
            let lines = message.mediaDescriptions.filter { $0.file != nil && $0.port != 0 }
            guard !lines.isEmpty, evidence.original(of: message) == nil else { continue }
            var ids: Set<String> = []
            var problems: [(String, String, String)] = []
            for line in lines {
                guard let file = line.file else { continue }
                if file.selector == nil || !file.isReadable {
                    problems.append(("a file-selector by the grammar", file.selector ?? "none", "RFC 5547 §6"))
                }
                if let id = file.transferID {
                    if !ids.insert(id).inserted {
                        problems.append(("another file-transfer-id for each file", id, "RFC 5547 §8.1"))
                    }
                } else {
                    problems.append(("a file-transfer-id for each file", "none", "RFC 5547 §8.1"))
                }
                if !["sendonly", "recvonly"].contains(line.direction) {
                    problems.append(("sendonly or recvonly at the line of a file", line.direction, "RFC 5547 §8"))
                }
            }
            if problems.isEmpty { outcome.note(nil) }
            for (expected, found, clause) in problems {
                if message.receiver == .server { received.insert("\(expected) \(found)") }
                if message.sender == .server, received.contains("\(expected) \(found)") { continue }
                outcome.note(
                    Breach(of: message.sender, expected, "\(found) in \(inWords([message]))", [message], clause: clause)
                )
            }
        }
    }

    private static let fileAnswers = GeneralRule(
        id: "rfc5547.answer", title: "An answer names each file as the offer does",
        requirements: ["RFC5547-8.3-answer"]
    ) { evidence, outcome in
        var received: Set<String> = []
        for answer in evidence.messages where answer.repeats == nil && answer.isSIP && answer.isSuccess {
            guard let offer = evidence.dissection.request(of: answer), evidence.original(of: answer) == nil else {
                continue
            }
            for (offered, answered) in zip(offer.mediaDescriptions, answer.mediaDescriptions) {
                guard let file = offered.file, offered.port != 0, answered.port != 0 else { continue }
                let isSameTransfer = file.transferID == nil || answered.file?.transferID == file.transferID
                let isMirrored = [("sendonly", "recvonly"), ("recvonly", "sendonly")].contains { pair in
                    pair == (offered.direction, answered.direction)
                }
                let problem =
                    answered.file?.selector == nil
                    ? "no file-selector"
                    : !isSameTransfer
                        ? "file-transfer-id \(answered.file?.transferID ?? "none") instead of \(file.transferID ?? "")"
                        : !isMirrored && offered.direction != "sendrecv"
                            ? "\(answered.direction) to \(offered.direction)" : nil
                if let problem, answer.receiver == .server { received.insert(problem) }
                if let problem, answer.sender == .server, received.contains(problem) { continue }
                outcome.note(
                    problem.map { problem in
                        Breach(
                            of: answer.sender, "the selector, the identifier and the other direction in an answer",
                            "\(problem) (\(inWords([offer, answer])))", [offer, answer])
                    })
            }
        }
    }

    /// A request names the file as a selector did that its receiver has offered, as far as both say something of it.
    private static let fileRequests = GeneralRule(
        id: "rfc5547.request", title: "A file that was offered is requested by what its offer says of it",
        requirements: ["TS-10.1-request"]
    ) { evidence, outcome in
        var offers: [PartyName?: [FileSummary]] = [:]
        for message in evidence.messages where message.repeats == nil && message.isSIP {
            guard evidence.original(of: message) == nil else { continue }
            for line in message.mediaDescriptions {
                guard let file = line.file, message.responseStatus == nil, line.port != 0 else { continue }
                let told = offers[message.sender] ?? []
                if line.direction == "sendonly" { offers[message.receiver, default: []].append(file) }
                guard message.receiver == .server, let offered = told.last(where: { $0.name == file.name }),
                    file.name != nil
                else { continue }
                let isSame =
                    [offered.type, nil].contains(file.type) && [offered.size, nil].contains(file.size)
                    && (file.digests.isEmpty || file.digests == offered.digests) && line.direction == "recvonly"
                outcome.note(
                    isSame
                        ? nil
                        : Breach(
                            of: message.sender, "the selector of the offer, and recvonly, in the request of a file",
                            "\(line.direction) \(file.selector ?? "") instead of recvonly \(offered.selector ?? "")"
                                + " (\(inWords([message])))", [message]))
            }
        }
    }

    private static let fileBytes = GeneralRule(
        id: "rfc5547.content", title: "A file is what its selector says", requirements: ["RFC5547-6-content"]
    ) { evidence, outcome in
        for content in evidence.dissection.instantMessages where content.mode == .file && content.isComplete {
            guard let file = evidence.file(of: content), let first = content.parts.first else { continue }
            let type = (content.contentType ?? "").prefix { $0 != ";" && $0 != " " }.lowercased()
            let parts = evidence.parts(of: [content])
            let problem: String? =
                if let size = file.size, size != content.payload.count {
                    "\(content.payload.count) bytes instead of \(size)"
                } else if let wanted = file.type?.lowercased().prefix(while: { $0 != ";" && $0 != " " }), wanted != type
                {
                    "\(type.isEmpty ? "no type" : type) instead of \(wanted)"
                } else if let digest = file.digests.first(where: { $0.matches(content.payload) == false }) {
                    "another \(digest.algorithm) than that of the selector"
                } else {
                    nil
                }
            let original = evidence.contents(withID: content.id).first { earlier in
                earlier.receiver == .server && earlier.parts[0] < first && earlier.payload == content.payload
            }
            let sender = content.sender == .server ? original?.sender ?? .server : content.sender
            outcome.note(
                problem.map { problem in
                    Breach(
                        of: sender, "size, type and hash of the file as in its selector",
                        "\(problem) (\(inWords(parts)))", parts)
                })
        }
    }

    private static let acceptedFilesOnly = GeneralRule(
        id: "rfc5547.accepted", title: "No file is sent that its receiver has not accepted",
        requirements: ["RFC5547-8.3-refusal", "TS-10.3-answer"]
    ) { evidence, outcome in
        for content in evidence.dissection.instantMessages where content.mode == .file {
            guard let receiver = content.receiver, let first = content.parts.first.map({ evidence.dissection[$0] }),
                let path = first.msrpSummary?.toPath.last, !content.payload.isEmpty
            else { continue }
            let own = (evidence.descriptions[path] ?? []).filter { $0.sender == receiver && $0.message < first.number }
            let offered = evidence.descriptions[path]?.contains { $0.message < first.number } ?? false
            let isOpen = own.last.map { $0.media.port != 0 } ?? false
            guard offered || !own.isEmpty || evidence.showsBeginning else { continue }
            outcome.note(
                isOpen
                    ? nil
                    : Breach(
                        of: content.sender, "an answer of \(receiver) that accepts the file before its first byte",
                        "none before \(inWords([first]))", [first]))
        }
    }

    private static let closedFileLines = GeneralRule(
        id: "oma.file-line-closed", title: "Once a file has come, its media line is closed or its session ended",
        requirements: ["TS-10.1-close", "TS-10.2-BYE"]
    ) { evidence, outcome in
        for content in evidence.dissection.instantMessages where content.mode == .file && content.isComplete {
            guard let client = content.sender, client != .server, let callID = content.call,
                let last = content.responses.last.map({ evidence.dissection[$0] }), last.isSuccess,
                let first = content.parts.first.map({ evidence.dissection[$0] }),
                let path = first.msrpSummary?.fromPath.last
            else { continue }
            let later = evidence.messages(ofCall: callID).filter { $0.number > last.number }
            let isClosed = later.contains { message in
                message.requestMethod == "BYE"
                    || message.mediaDescriptions.contains { $0.port == 0 && ($0.path.contains(path) || $0.file != nil) }
            }
            outcome.note(
                isClosed
                    ? nil
                    : Breach(
                        of: client, "port 0 at the line of a file that has been sent, or the end of the session",
                        "neither after \(inWords([last]))", [first, last],
                        decision: evidence.isWhole(for: client)
                            ? evidence.silence(since: last.number, atLeast: Evidence.fileLimit) : nil))
        }
    }
}

extension Evidence {
    /// How long the line of a file may stay open after its last byte: the timer Tc1, with the time of a transaction.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §15.2 gives 30 seconds as an example.
    static let fileLimit = Duration.seconds(62)

    /// What the session says of the file that a content is.
    fileprivate func file(of content: InstantMessage) -> FileSummary? {
        guard let first = content.parts.first.map({ dissection[$0] }), let paths = first.msrpSummary else { return nil }
        for path in [paths.toPath.last, paths.fromPath.last].compactMap(\.self) {
            let told = (descriptions[path] ?? []).last { $0.message < first.number && $0.media.file?.selector != nil }
            if let file = told?.media.file { return file }
        }
        return nil
    }
}
