import SIPSyntax

/// What the owner of a dialog wants said in a response to an INVITE, apart from what the dialog itself says.
struct DialogAnswer: Equatable {
    var status = 200
    var reason: String?
    /// The display name that To gets.
    var displayName: String?
    var fields: [SIPField] = []
    /// The description of the session.
    var body: [UInt8] = []

    init(_ status: Int = 200, fields: [SIPField] = [], body: [UInt8] = []) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// An answer that says to one party what another has said: status, name of the callee and explanations.
    init(like response: SIPMessage, fields: [SIPField] = [], body: [UInt8] = []) {
        guard case .response(let status, let reason) = response.startLine else {
            self.init(500)
            return
        }
        let passed: [SIPFieldName] = [.warning, .retryAfter, .errorInfo, .accept, .privacy, .reason]
        self.init(status, fields: response.fields.filter { passed.contains($0.name) } + fields, body: body)
        self.reason = reason
        displayName = (try? response.to())?.displayName
    }

    /// The response to a request, without what stands in those with a description only.
    func response(to request: SIPMessage, toTag: String) -> SIPMessage {
        var response = SIPMessage(status: status, reason: reason, to: request, toTag: toTag)
        if let displayName, var to = try? response.to() {
            to.displayName = displayName
            response.set(.to, to.description)
        }
        response.fields += fields
        return response
    }
}
