/// An answer beside the offer it answers.
///
/// RFC 3264 §6, RFC 4975 §8
package struct MSRPAnswer: Sendable {
    /// A way in which an answer does not fit its offer.
    package struct Problem: Sendable, Equatable {
        package enum Rule: String, Sendable, CaseIterable {
            case lineCount = "number of media lines"
            case kind = "media type of a line"
            case transport = "transport of a line"
            case revival = "port of a line offered with port 0"
            case direction = "direction"
            case path = "path"
            case acceptTypes = "accept-types"
            case setup = "setup"
            case fileTransferID = "file-transfer-id"
        }

        package let rule: Rule
        /// Which media line, counted from 0, or nil for the answer as a whole.
        package let line: Int?
        package let clause: String
        package let explanation: String
    }

    package let offer: SessionDescription
    package let answer: SessionDescription

    package init(_ answer: SessionDescription, to offer: SessionDescription) {
        self.answer = answer
        self.offer = offer
    }

    /// Every way in which the answer does not fit the offer.
    package var problems: [Problem] {
        guard offer.media.count == answer.media.count else {
            return [
                Problem(
                    rule: .lineCount, line: nil, clause: "RFC 3264 §6",
                    explanation: "The offer has \(offer.media.count) media lines, the answer \(answer.media.count).")
            ]
        }
        return offer.media.indices.flatMap(problems(of:))
    }

    private func problems(of line: Int) -> [Problem] {
        let (offered, answered) = (offer.media[line], answer.media[line])
        var problems: [Problem] = []
        func note(_ rule: Problem.Rule, _ clause: String, _ explanation: String) {
            problems.append(Problem(rule: rule, line: line, clause: clause, explanation: explanation))
        }

        if offered.kind != answered.kind {
            note(.kind, "RFC 3264 §6", "The offer has \(offered.kind), the answer \(answered.kind).")
        }
        if offered.transport.uppercased() != answered.transport.uppercased() {
            note(.transport, "RFC 3264 §6.1", "The offer has \(offered.transport), the answer \(answered.transport).")
        }
        if offered.isRefused, !answered.isRefused {
            note(.revival, "RFC 3264 §6", "A line offered with port 0 is answered with port \(answered.port).")
        }
        if let id = offered.value("file-transfer-id"), answered.value("file-transfer-id") != id {
            note(.fileTransferID, "RFC 5547 §8.3", "The file-transfer-id is not the one of the offer.")
        }
        guard offered.isMSRP, !answered.isRefused else { return problems }

        let (there, back) = (offer.direction(of: offered), answer.direction(of: answered))
        if !back.mayAnswer(there) {
            note(.direction, "RFC 3264 §6.1", "\(there.rawValue) is answered with \(back.rawValue).")
        }
        if answered.path.isEmpty {
            note(.path, "RFC 4975 §8.2", "The answer has no path attribute.")
        }
        if answered.acceptTypes.isEmpty {
            note(.acceptTypes, "RFC 4975 §8.6", "The answer has no accept-types attribute.")
        }
        for type in answered.acceptTypes where !offered.offers(type) {
            note(.acceptTypes, "OMA-TS-SIMPLE_IM-V1_0 §7.2.1.1", "The answer accepts \(type), which was not offered.")
        }
        if let setup = answered.setup, !setup.mayAnswer(offered.setup ?? .active) {
            note(.setup, "RFC 4145 §4.1", "setup:\(setup.rawValue) does not answer the offer.")
        }
        return problems
    }
}

extension MediaDescription {
    /// Whether the line lists the type, or a wildcard that covers it.
    package func offers(_ type: String) -> Bool {
        let type = type.lowercased()
        return acceptTypes.contains { offered in
            let offered = offered.lowercased()
            return offered == "*" || offered == type || (offered.hasSuffix("/*") && type.hasPrefix(offered.dropLast()))
        }
    }
}

extension MediaDescription.Setup {
    /// Whether an answer may say this when the offer says that.
    func mayAnswer(_ offered: MediaDescription.Setup) -> Bool {
        switch offered {
        case .active: self == .passive || self == .holdConnection
        case .passive: self == .active || self == .holdConnection
        case .activeOrPassive: self != .activeOrPassive
        case .holdConnection: self == .holdConnection
        }
    }
}
