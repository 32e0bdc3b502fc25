import XMLTree

/// What became of one message at each participant of a conference.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.7 and Appendix O
package struct FinalReport: Equatable, Sendable {
    /// The media type that is registered; the specification writes four others.
    package static let mediaType = "application/vnd.oma.poc.final-report+xml"
    package static let namespace = "urn:oma:xml:poc:final-report"

    /// The most participants that are read of one report.
    package static let maximumLegs = 1000

    /// What happened at one participant.
    package struct Leg: Equatable, Sendable {
        package var uri: String
        package var outcome: Outcome

        package init(_ uri: String, _ outcome: Outcome) {
            self.uri = uri
            self.outcome = outcome
        }
    }

    package enum Outcome: Equatable, Sendable {
        /// The MSRP status code of the participant, 200 for a message that was delivered.
        case status(Int)
        /// The message was not sent, for it is larger than the participant takes; written as status 9999.
        case tooLarge(maximumSize: UInt64?)
    }

    /// The Message-ID of the SEND request.
    package var messageID: String

    /// Whether no other report about the message follows.
    package var isLast: Bool
    package var legs: [Leg]

    package init(messageID: String, isLast: Bool, legs: [Leg]) {
        self.messageID = messageID
        self.isLast = isLast
        self.legs = legs
    }

    /// Whether a media type is that of a final report, in one of the spellings of §5.7.1–5.7.3 and Appendix O.1.
    package static func isFinalReport(contentType: String) -> Bool {
        [
            mediaType, "application/vnd.oma.poc.final-report", "application/vnd.oma.final-report+xml",
            "application/vnd.oma.final+xml",
        ].contains(ContentType(parsing: contentType)?.essence)
    }

    /// Reads a document; a leg without a status is ignored, as Appendix O.1 says.
    package init(parsing bytes: [UInt8]) throws(XMLBodyError) {
        let root = try XMLElement.root(of: bytes, "final", in: Self.namespace)
        messageID = try root.required("Message-ID")
        isLast = root.attribute("last").map { Bool(xml: $0) ?? true } ?? false
        legs = []
        for leg in root.all(anyNamespace: "leg") {
            guard legs.count < Self.maximumLegs else { throw .tooMany("leg") }
            guard let status = leg.attribute("status")?.collapsed else { continue }
            guard let code = UInt16(status) else { throw .invalid(status, of: "status") }
            let size = leg.attribute("max-size").flatMap { UInt64($0.collapsed) }
            legs.append(
                Leg(
                    try leg.required("uri"),
                    code == Self.tooLarge ? .tooLarge(maximumSize: size) : .status(Int(code))))
        }
    }

    package func serialized() -> [UInt8] {
        let vocabulary = XMLVocabulary(namespace: Self.namespace)
        let root = vocabulary.element(
            "final", [XMLAttribute](("last", isLast ? "true" : nil), ("Message-ID", messageID)),
            legs.map { leg in
                switch leg.outcome {
                case .status(let code):
                    vocabulary.element("leg", [XMLAttribute](("uri", leg.uri), ("status", String(code))))
                case .tooLarge(let size):
                    vocabulary.element(
                        "leg",
                        [XMLAttribute](
                            ("uri", leg.uri), ("status", String(Self.tooLarge)), ("max-size", size.map(String.init))))
                }
            })
        return XMLDocument(root: root).serialized()
    }

    private static let tooLarge: UInt16 = 9999
}

extension CPIMMessage {
    /// Whether the sender wants a final report.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.7.2
    package var asksForFinalReport: Bool {
        all("Final-Report", namespace: FinalReport.namespace).contains { $0.value.lowercased() == "yes" }
    }

    /// Asks for a final report.
    package mutating func requestFinalReport() {
        headers.append(CPIMHeader("NS", "FR <\(FinalReport.namespace)>"))
        headers.append(CPIMHeader("FR.Final-Report", "yes"))
    }
}
