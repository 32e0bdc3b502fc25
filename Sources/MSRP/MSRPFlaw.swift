/// A way in which a message breaks the protocol, although it could be framed.
package struct MSRPFlaw: Hashable, Sendable {
    /// What is broken; the raw value is a lasting identifier.
    package enum Rule: String, Sendable, CaseIterable {
        case transactionID = "transaction-id"
        case method
        case comment
        case fieldForm = "field-form"
        case fieldText = "field-text"
        case repeatedField = "repeated-field"
        case toPathFirst = "to-path-first"
        case fromPathSecond = "from-path-second"
        case pathForm = "path-form"
        case uri
        case messageIDMissing = "message-id-missing"
        case messageIDForm = "message-id-form"
        case successReportValue = "success-report-value"
        case failureReportValue = "failure-report-value"
        case byteRangeMissing = "byte-range-missing"
        case byteRangeForm = "byte-range-form"
        case byteRangeOrder = "byte-range-order"
        case byteRangeLength = "byte-range-length"
        case byteRangeTotal = "byte-range-total"
        case interruptible
        case reportOnReport = "report-on-report"
        case statusMissing = "status-missing"
        case statusForm = "status-form"
        case contentTypeMissing = "content-type-missing"
        case contentTypeForm = "content-type-form"
        case contentTypeLast = "content-type-last"
        case contentWithoutBody = "content-without-body"
        case responseBody = "response-body"
    }

    package let rule: Rule
    /// The field concerned, as spelled, or nil when the flaw is not in a field.
    package let field: String?
    /// Where it is, in bytes from the start of the message.
    package let offset: Int
    package let explanation: String

    package init(_ rule: Rule, field: String? = nil, offset: Int, _ explanation: String) {
        self.rule = rule
        self.field = field
        self.offset = offset
        self.explanation = explanation
    }

    package var clause: String { rule.clause }
}

extension MSRPFlaw.Rule {
    /// Where the rule is written.
    package var clause: String {
        switch self {
        case .transactionID, .method, .comment, .fieldForm, .fieldText, .repeatedField, .pathForm, .messageIDForm,
            .successReportValue, .failureReportValue, .byteRangeForm, .statusForm, .contentTypeForm, .contentTypeLast,
            .contentWithoutBody, .responseBody:
            "RFC 4975 §9"
        case .toPathFirst, .fromPathSecond: "RFC 4975 §7.1"
        case .uri: "RFC 4975 §6"
        case .messageIDMissing: "RFC 4975 §7.1.1 and §7.1.2"
        case .byteRangeOrder, .byteRangeLength, .byteRangeTotal,
            .contentTypeMissing:
            "RFC 4975 §7.1.1"
        case .interruptible: "RFC 4975 §5.1"
        case .reportOnReport, .statusMissing: "RFC 4975 §7.1.2"
        case .byteRangeMissing: "RFC 4975 §7.1.3"
        }
    }
}
