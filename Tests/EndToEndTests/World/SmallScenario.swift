/// A test case of two messages: A asks the server for somebody who is not there, and is told so.
struct SmallScenario {
    enum Wish: String {
        /// The case passes.
        case refusal = "times: \">0\""
        /// The case fails.
        case noRefusal = "times: 0"
        /// The case is inconclusive: nothing comes later that would show that there is no second refusal.
        case oneRefusal = "times: 1"
    }

    var number: Int
    var clients = ["A", "B"]
    var wish = Wish.refusal

    var id: String { "IM-2.0-int-\(number)" }

    var text: String {
        """
        id: \(id)
        title: Ask for a user who is not registered
        object: [IM Server]
        description: The server is asked for somebody whom it does not know.
        references: { specification: [RFC 3261 8.1], scr: [], etr: [] }
        optional: false
        equipment: { clients: [\(clients.joined(separator: ", "))], servers: 1 }
        state: { mandatory: [], optional: [] }
        preamble: []
        procedure:
          - { step: 1, client: A, compose: { method: OPTIONS, client: B } }
        postamble: []
        criteria:
          - id: \(number).1
            kind: \(wish == .noRefusal ? "N" : "P")
            step: 1
            title: The server refuses, or does not
            requirements: [RFC3261-8.2.6.2-to-tag]
            message: { at: A, received: 4xx-6xx to OPTIONS, \(wish.rawValue) }

        """
    }
}
