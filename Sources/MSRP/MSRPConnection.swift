/// A connection that several sessions may share: it frames the bytes once and finds the session of each message.
///
/// RFC 4975 §5.4
package struct MSRPConnection: Sendable {
    /// What one session asks for, or the connection itself.
    package struct Output: Sendable, Equatable {
        /// The session-id of the session concerned, or nil when no session is.
        package var sessionID: String?
        package var effect: MSRPSession.Effect

        package init(sessionID: String? = nil, effect: MSRPSession.Effect) {
            self.sessionID = sessionID
            self.effect = effect
        }
    }

    /// The owner's number for this connection.
    package let number: Int
    private var framer: MSRPStreamFramer

    package init(number: Int, limits: MSRPStreamFramer.Limits = MSRPStreamFramer.Limits()) {
        self.number = number
        framer = MSRPStreamFramer(limits: limits)
    }

    /// Frames bytes and hands each message to the session that its To-Path names, binding the session to this connection.
    ///
    /// A request for no session is answered 481, one for a session bound elsewhere 506 (RFC 4975 §7.3).
    package mutating func receive(_ bytes: [UInt8], for sessions: inout [String: MSRPSession]) -> [Output] {
        framer.append(bytes)
        var outputs: [Output] = []
        do throws(MSRPSyntaxError) {
            while let message = try framer.next() {
                do throws(MSRPSyntaxError) {
                    outputs += dispatch(try MSRPMessage(parsing: message), to: &sessions)
                } catch {
                    outputs.append(Output(effect: .rejected(message, reason: error)))
                }
            }
            return outputs
        } catch {
            outputs.append(Output(effect: .rejected(Array(framer.remaining), reason: error)))
            return outputs + close(&sessions) + [Output(effect: .close)]
        }
    }

    /// Tells every session bound to this connection that it is closed.
    package func close(_ sessions: inout [String: MSRPSession]) -> [Output] {
        let bound = sessions.filter { $0.value.connection == number }.keys.sorted()
        return bound.flatMap { id in
            (sessions[id]?.handle(.closed) ?? []).map { Output(sessionID: id, effect: $0) }
        }
    }

    private func dispatch(_ message: MSRPMessage, to sessions: inout [String: MSRPSession]) -> [Output] {
        let uri = message.toPath.first.flatMap { try? MSRPURI(parsing: $0) }
        guard let id = uri?.sessionID, let place = sessions.index(forKey: id) else {
            return refuse(message, .noSuchSession)
        }
        // In place, because a copy of a session copies what has arrived of a message.
        guard sessions.values[place].connection ?? number == number else { return refuse(message, .boundElsewhere) }
        sessions.values[place].connection = number
        return sessions.values[place].handle(.message(message)).map { Output(sessionID: id, effect: $0) }
    }

    private func refuse(_ message: MSRPMessage, _ status: MSRPStatusCode) -> [Output] {
        guard let answer = message.answer(status) else { return [] }
        return [Output(effect: .write(answer.serialized()))]
    }
}
