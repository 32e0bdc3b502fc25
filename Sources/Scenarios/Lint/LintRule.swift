/// The rules that scenario and requirement files are held to; the raw values are their names in reports.
package enum LintRule: String, CaseIterable, Sendable {
    // What a file must be.
    case yaml
    case unknownKey = "unknown-key"
    case missingKey = "missing-key"
    case oneOf = "one-of"
    case wrongType = "wrong-type"
    case badValue = "bad-value"
    case sleep
    // What a scenario must make sense of.
    case fileName = "file-name"
    case duplicate
    case unknownParty = "unknown-party"
    case unknownSession = "unknown-session"
    case unknownGroup = "unknown-group"
    case unknownContent = "unknown-content"
    case wrongParty = "wrong-party"
    case stepOrder = "step-order"
    case unknownStep = "unknown-step"
    case stepWithoutCriterion = "step-without-criterion"
    case criterionID = "criterion-id"
    case criterionKind = "criterion-kind"
    case unknownRequirement = "unknown-requirement"
    case unknownItem = "unknown-item"
    // What a reader would stumble over.
    case criterionWithoutRequirement = "criterion-without-requirement"
    case criterionWithoutStep = "criterion-without-step"
    case unusedClient = "unused-client"
    case unsentText = "unsent-text"
    case unknownField = "unknown-field"
    // What a statement lacks.
    case mandatoryItem = "mandatory-item"
    case unmetRequirement = "unmet-requirement"

    package var severity: LintSeverity {
        switch self {
        case .criterionWithoutRequirement, .criterionWithoutStep, .unusedClient, .unsentText, .unknownField,
            .mandatoryItem, .unmetRequirement:
            .warning
        default: .error
        }
    }

    /// The rule in one sentence.
    package var explanation: String {
        switch self {
        case .yaml: "A file is one YAML document in UTF-8, without anchors, tags, directives and repeated keys."
        case .unknownKey: "Only the keys of the language may be used."
        case .missingKey: "Every required key must be there."
        case .oneOf: "A step has one verb, a criterion one condition, a rule one matcher."
        case .wrongType: "A value is text, a list or a mapping as its key asks."
        case .badValue: "A value is one of those, or of the notation, that its key allows."
        case .sleep: "A scenario never sleeps."
        case .fileName: "The file of a case is named for its id."
        case .duplicate: "Ids and names stand for one thing each."
        case .unknownParty: "Every client that is named belongs to the equipment."
        case .unknownSession: "A session is created by an invitation before it is used."
        case .unknownGroup: "Every group that is named belongs to the equipment."
        case .unknownContent: "Every content that is named belongs to the equipment."
        case .wrongParty: "A client does only what its place in the session allows."
        case .stepOrder: "The numbers of the procedure begin with 1 and ascend without a gap."
        case .unknownStep: "The step of a criterion stands in the procedure."
        case .stepWithoutCriterion: "Every step of the procedure has a criterion of kind P or N, or says why not."
        case .criterionID: "The id of a criterion begins with the number of its case."
        case .criterionKind: "A criterion of kind N says that something is not seen; the others say what is."
        case .unknownRequirement: "Every requirement stands in the catalogue."
        case .unknownItem: "Every SCR item stands in the tables, and is that of the party that needs it."
        case .criterionWithoutRequirement: "A criterion names the requirements that it decides."
        case .criterionWithoutStep: "A criterion of kind P belongs to a step."
        case .unusedClient: "Every client of the equipment acts or is looked at."
        case .unsentText: "A text that a criterion looks for is sent by a step."
        case .unknownField: "A header field that Parley does not know is probably misspelt."
        case .mandatoryItem: "An ICS claims every mandatory item of its roles."
        case .unmetRequirement: "An ICS that claims an item claims what it requires."
        }
    }
}
