import Bytes
import MSRP

/// What becomes of a message on its way from one leg of a session to the other.
extension Faults {
    struct Treatment {
        /// What goes on to the other party.
        var forwarded: [MSRPMessage]
        /// What comes back to the party that has sent the message.
        var returned: [MSRPMessage] = []
        /// What goes to the other party by SIP.
        var page: (contentType: String, body: [UInt8])?
        /// The answer that the relay gives itself.
        var answer: MSRPStatusCode?
    }

    func treatment(
        of request: MSRPMessage, ofFile carriesFile: Bool, generator: inout SeededGenerator
    ) -> Treatment {
        guard request.method == "SEND" else { return treatment(ofReport: request) }
        var message = altered(request, generator: &generator)
        if carriesFile, has(.fileLost) { return Treatment(forwarded: [], answer: .ok) }
        if carriesFile, has(.fileAltered), message.continuation == .complete {
            message.body = message.body?.withLastCharacterChanged
        }
        if has(.sessionTextAsPager), let body = message.body {
            return Treatment(forwarded: [], page: (message.contentType ?? "text/plain", body), answer: .ok)
        }
        if has(.notDelivered) { return Treatment(forwarded: [], answer: .ok) }
        if has(.deliveredToWrongClient) { return Treatment(forwarded: [], returned: [message], answer: .ok) }
        var treatment = Treatment(forwarded: [message])
        if has(.deliveredTwice) {
            var copy = message
            copy.transactionID = generator.token(length: 12)
            copy.set(.messageID, generator.token(length: 16))
            treatment.forwarded.append(copy)
        }
        return treatment
    }

    /// The message with the paths of the leg that it takes.
    func addressed(_ message: MSRPMessage, toPath: [String], fromPath: MSRPURI) -> MSRPMessage {
        var message = message
        var own = fromPath
        if has(.wrongFromPath) { own.sessionID = "another-session" }
        message.toPath = toPath
        message.fromPath = [own.description]
        return message
    }

    /// Whether the answer to a SEND goes back to its sender.
    func passesBack(_ response: MSRPMessage) -> Bool { !has(.msrpAnswerLost) }

    private func treatment(ofReport report: MSRPMessage) -> Treatment {
        Treatment(forwarded: has(.reportLost) ? [] : [report], answer: has(.answersReport) ? .ok : nil)
    }

    private func altered(_ request: MSRPMessage, generator: inout SeededGenerator) -> MSRPMessage {
        var message = request
        if has(.textAltered), message.continuation == .complete {
            message.body = message.body?.withLastCharacterChanged
        }
        if has(.messageIDChanged) { message.set(.messageID, generator.token(length: 16)) }
        if has(.byteRangeWrong), var range = message.byteRange {
            range.end = range.end.map { $0 &+ 1 }
            range.total = range.total.map { $0 &+ 1 }
            message.set(.byteRange, range.description)
        }
        return message
    }
}
