import SIPSyntax

extension ServedDialog {
    /// What an owner asks of a dialog; what does not fit its stage does nothing.
    enum Command: Equatable {
        /// Says something provisional about the party's invitation.
        case progress(DialogAnswer)
        /// Accepts the invitation or the modification that waits for an answer.
        case accept(DialogAnswer)
        /// Accepts the modification that waits for an answer with the description that holds already.
        case acceptUnchanged
        /// Turns down the invitation or the modification that waits for an answer.
        case reject(DialogAnswer)
        case refuse(Refusal)
        case modify(Offer)
        /// Gives up the modification that the server has offered.
        case cancelModification
        /// Sends a request of another method in the dialog.
        case request(SIPMethod, fields: [SIPField], body: [UInt8])
        /// Ends the dialog: by CANCEL, by a final response, or by BYE.
        case release
    }

    mutating func perform(_ command: Command) -> [Effect] {
        switch command {
        case .progress(let answer): progress(answer)
        case .accept(let answer): accept(answer)
        case .acceptUnchanged: accept(DialogAnswer(body: description))
        case .reject(let answer): reject(answer)
        case .refuse(let refusal): refuse(refusal)
        case .modify(let offer): modify(offer)
        case .cancelModification: cancelModification()
        case .request(let method, let fields, let body): request(method, fields: fields, body: body)
        case .release: release()
        }
    }
}
