import SIPSyntax

/// A final response other than success, before it is addressed to anyone.
struct Refusal: Error, Equatable {
    var status: Int
    var warning: IMWarning?
    var fields: [SIPField] = []
    var body: [UInt8] = []

    init(_ status: Int, _ warning: IMWarning? = nil, fields: [SIPField] = [], body: [UInt8] = []) {
        self.status = status
        self.warning = warning
        self.fields = fields
        self.body = body
    }

    /// A refusal with an explanation for people.
    init(_ status: Int, because explanation: String) {
        self.init(status, .explanation(explanation))
    }

    /// The response to one request.
    func response(to request: SIPMessage, from host: String, toTag: String) -> SIPMessage {
        var response = SIPMessage(status: status, to: request, toTag: toTag)
        if let warning { response.add(.warning, "399 \(host) \"\(warning.text)\"") }
        response.fields += fields
        response.body = body
        return response
    }
}

/// The text of a Warning with code 399.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.6: three digits and an explanation, or an explanation alone
enum IMWarning: Equatable {
    case tooManyParticipants
    case tooManyRecipients
    case isFocusAssigned
    case anonymityNotAllowed
    case functionNotAllowed
    case sessionDoesNotExist
    case ageLimit
    case noMessages
    case serviceNotAuthorised
    case explanation(String)

    var text: String {
        switch self {
        case .tooManyParticipants: "102 Too many participants"
        case .isFocusAssigned: "105 isfocus already assigned"
        case .tooManyRecipients: "102 Too many recipients"
        case .anonymityNotAllowed: "119 Anonymity not allowed"
        case .functionNotAllowed: "122 Function not allowed"
        case .sessionDoesNotExist: "123 Session does not exist"
        case .ageLimit: "124 Service not allowed due to the age limit"
        case .noMessages: "125 No messages"
        case .serviceNotAuthorised: "127 Service not authorised"
        case .explanation(let text): text
        }
    }
}
