/// A message of ours on its way.
struct Departure: Sendable {
    let messageID: String
    let message: MSRPOutgoing
    /// How many bytes of the body have been sent.
    var sent = 0
    var isSent = false
    /// Transactions whose response is awaited.
    var awaited: Set<String> = []

    init(messageID: String, message: MSRPOutgoing) {
        self.messageID = messageID
        self.message = message
    }

    var timers: [MSRPSession.Timer] { awaited.sorted().map(MSRPSession.Timer.response) }

    /// Whether another chunk may be sent now.
    func isReady(window: Int) -> Bool { !isSent && awaited.count < window }
}
