/// The orderly end of the server.
extension ReferenceServer {
    /// Whether nobody waits for anything in a session.
    package var isIdle: Bool { sessions.isEmpty && conferences.count == 0 && dialogs.count == 0 }

    /// Takes leave of everybody in a session; what is kept stays kept.
    mutating func stop() {
        isStopping = true
        for id in sessions.keys.sorted() {
            for side in [Side.caller, .callee] { command(.release, to: .session(id, side)) }
            endSession(id)
        }
        for id in conferences.ids { handle(.timer(.maximumDuration), inConference: id) }
        for id in deliveries.keys.sorted() { command(.release, to: .delivery(id)) }
        for id in sinks.keys.sorted() { command(.release, to: .sink(id)) }
    }
}
