import Bytes
import MSRP
import Network
import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// Large messages for users who are away.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.1
extension ReferenceServer {
    /// Takes a large message in the place of its recipient.
    mutating func takeLargeMessage(_ request: IMRequest, _ key: TransactionKey) {
        do throws(Refusal) {
            guard sinks.count < configuration.limits.sessions else {
                throw Refusal(503, fields: [SIPField(.retryAfter, "60")])
            }
            guard deferred.hasRoom(for: 0, of: request.recipient) else {
                throw Refusal(480, because: "No room for deferred messages")
            }
            let uri = newMediaURI()
            var own = storeDescription(at: uri, .receiveOnly, ["*"])
            own.maximumSize = min(configuration.limits.messageSize, configuration.limits.deferredBytesPerUser)
            guard let offer = request.offer, let (answer, line) = own.answer(offer) else {
                throw Refusal(488, because: "No message session is offered")
            }
            let contact = storeContact(over: hopTransport(of: key), tags: [.instantMessaging, .largeMessage])
            let dialog = try ServedDialog.invited(
                request.message, key, localTag: newTag(), contact: contact, terms: dialogTerms)
            let end = MSRPEndpoint.End(
                localURI: uri, remotePath: line.path, role: .waits,
                acceptedTypes: line.acceptTypes + line.acceptWrappedTypes, answering: .onceJudged)
            let fields = [SIPField(.pAssertedIdentity, Originator(user: request.recipient).field)]
            let (sink, effects) = MessageSink.begin(
                request, DialogAnswer(fields: fields, body: answer.serialized()), at: end)
            let id = nextSerial()
            sinks[id] = sink
            admit(dialog, for: .sink(id))
            perform(effects, inSink: id)
        } catch {
            refuse(error, key)
        }
    }

    mutating func handle(_ event: MessageSink.Event, inSink id: Int) {
        guard let effects = sinks[id]?.handle(event) else { return }
        perform(effects, inSink: id)
    }

    private mutating func perform(_ effects: [MessageSink.Effect], inSink id: Int) {
        for effect in effects {
            switch effect {
            case .command(let command): self.command(command, to: .sink(id))
            case .media(let command): perform(command, for: .sink(id))
            case .keep(let message): keep(message, fromSink: id)
            case .complete(let message, let bye):
                guard let user = sinks[id]?.request.recipient,
                    let completed = deferred.complete(message, of: user, by: bye.withoutBody)
                else { continue }
                journal.append(.deferred(completed, user: user))
            case .end: sinks[id] = nil
            }
        }
    }

    /// Keeps a message before its last chunk is answered.
    private mutating func keep(_ message: MSRPIncoming, fromSink id: Int) {
        guard let sink = sinks[id] else { return }
        var invite = sink.request.message
        invite.remove(.route)
        invite.assert(sink.request.originator)
        let success = dialogs.dialog(of: .sink(id)).flatMap { dialogs[$0]?.accepted?.response }
        let send = message.send(
            transactionID: generator.token(length: 12), from: sink.end.remotePath, to: sink.end.localURI.description)
        let content = DeferredMessage.LargeMessage(
            invite: invite.withoutBody,
            success: (success ?? SIPMessage(status: 200, to: invite)).withoutBody, send: send)
        let kept = try? keep(.large(content), for: sink.request.recipient)
        handle(.kept(messageID: message.messageID, id: kept?.id), inSink: id)
    }
}

extension SIPMessage {
    /// The fields alone.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.3 step 3
    var withoutBody: SIPMessage {
        var message = self
        message.body = []
        for name in [SIPFieldName.contentType, .contentDisposition, .contentLength, .contentEncoding] {
            message.remove(name)
        }
        return message
    }
}

extension MSRPIncoming {
    /// The message in one SEND, as if it had come so.
    func send(transactionID: String, from: [String], to: String) -> MSRPMessage {
        let range = MSRPField(.byteRange, "1-\(body.count)/\(body.count)")
        var fields = [MSRPField(.messageID, messageID)]
        if successReport { fields.append(MSRPField(.successReport, "yes")) }
        if failureReport != .yes { fields.append(MSRPField(.failureReport, failureReport.rawValue)) }
        fields.append(range)
        fields += bodyFields + [MSRPField(.contentType, contentType)]
        return MSRPMessage(
            transactionID: transactionID, .request(method: "SEND"), toPath: [to], fromPath: from, fields: fields,
            body: body)
    }
}
