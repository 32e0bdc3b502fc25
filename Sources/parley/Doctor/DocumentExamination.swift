import Actors
import Conformance
import Network
import Transport
import XCAP

/// Whether the document servers answer, and let every client at its documents.
///
/// RFC 4825 §7.4 and §12
struct DocumentExamination {
    let root: Services.XCAPRoot
    let clients: [IMClient.Profile]
    /// What the secured connections of each client need, where the root is one of https.
    let contexts: [PartyName: TLSContext]

    /// How long an answer may take.
    private static let patience = Duration.seconds(5)

    /// What the cases read and store, by the names of the application usages.
    private static let needed: [ApplicationUsage] = [.groups, .deferredList, .conversationHistory]

    /// Reads what the server supports, and then what is there for every client.
    ///
    /// - Returns: What the answers say the time is.
    func all(_ tell: (Examination) -> Void) -> [ClockExamination.Date] {
        guard let first = clients.first else { return [] }
        var dates: [ClockExamination.Date] = []
        let answer = read(.capabilities, as: first, &dates)
        let capabilities = examineCapabilities(answer)
        tell(capabilities)
        if case .unanswered = answer { return dates }
        for client in clients {
            tell(examineLists(of: client, read(.resourceLists, as: client, &dates), hasRoot: !answer.isNotFound))
        }
        return dates
    }

    private func examineCapabilities(_ answer: DocumentReader.Answer) -> Examination {
        var examination = Examination(what: "XCAP root \(root.url)")
        switch answer {
        case .answered(200, _, _, let content):
            guard let capabilities = XCAPCapabilities(parsing: content) else {
                examination.problem = "its xcap-caps/global/index is no such document (RFC 4825 §12); see its log."
                examination.weight = .spoilsResults
                break
            }
            let missing = Self.needed.map(\.rawValue).filter { !capabilities.auids.contains($0) }
            let lack = missing.isEmpty ? "" : "; not \(missing.joined(separator: ", ")), which some cases need"
            examination.note = "it names \(capabilities.auids.count) application usages\(lack)"
        case .answered(401, let outcome, _, _), .answered(403, let outcome, _, _):
            examination.problem = "\(outcome); check the account of \(clients[0].party), which is the one for XCAP too."
            examination.weight = .spoilsResults
        case .answered(404, let outcome, _, _):
            examination.problem =
                "\(outcome): there is no xcap-caps/global/index, which every XCAP server has (RFC 4825 §12); check the "
                + "path of “xcap”."
            examination.weight = .spoilsResults
        case .answered(_, let outcome, _, _):
            examination.problem = "\(outcome); see the log of the document server."
            examination.weight = .spoilsResults
        case .unanswered(let reason):
            examination.problem = "\(reason); check “xcap”, that the document server runs, and what lies between."
        }
        return examination
    }

    /// Only where there is anything below the root may a document simply not be there.
    private func examineLists(
        of client: IMClient.Profile, _ answer: DocumentReader.Answer, hasRoot: Bool
    ) -> Examination {
        var examination = Examination(what: "\(client.party) reads its documents", weight: .spoilsResults)
        switch answer {
        case .answered(404, let outcome, _, _) where !hasRoot:
            examination.problem = "\(outcome), as all else below this root; check the path of “xcap”."
        case .answered(200, _, _, _), .answered(404, _, _, _): break
        case .answered(401, let outcome, _, _):
            examination.problem = "\(outcome); check its account: name and password are those of SIP."
        case .answered(403, let outcome, _, _):
            examination.problem = "\(outcome); let \(client.imAddress) read what is below its name (its XUI)."
        case .answered(_, let outcome, _, _): examination.problem = "\(outcome); see the log of the document server."
        case .unanswered(let reason): examination.problem = "\(reason); see the log of the document server."
        }
        return examination
    }

    private func read(
        _ document: DocumentReader.Document, as client: IMClient.Profile, _ dates: inout [ClockExamination.Date]
    ) -> DocumentReader.Answer {
        let seed = UInt64.random(in: 0...UInt64.max)
        var reader = DocumentReader(document, for: client, seed: seed, patience: Self.patience)
        do throws(TransportError) {
            let loop = try EventLoop()
            defer { loop.shutDown() }
            _ = try loop.add(reader.listeningPoints, named: "client \(client.party)", security: contexts[client.party])
            _ = try loop.run(until: { reader.answer != nil }, deadline: loop.now + Self.patience * 3, observe: { _ in })
            {
                _, event, time in reader.handle(event, at: time)
            }
            if case .answered(_, _, let date?, _) = reader.answer {
                dates.append(ClockExamination.Date(text: date, seen: loop.now))
            }
        } catch {
            return .unanswered(reason: "\(error)")
        }
        return reader.answer ?? .unanswered(reason: "No answer in time")
    }
}

extension DocumentReader.Answer {
    /// Whether the server says that there is nothing.
    fileprivate var isNotFound: Bool {
        if case .answered(404, _, _, _) = self { true } else { false }
    }
}
