import MSRP
import MessageBodies

/// What becomes of a message in the switch of a conference.
extension Faults {
    /// Whom a message goes to that should go to these.
    func receivers(
        _ receivers: [MSRPSwitch.SeatID], others: [MSRPSwitch.SeatID], sender: MSRPSwitch.SeatID,
        _ usage: MSRPSwitch.Usage?
    ) -> [MSRPSwitch.SeatID] {
        var receivers = receivers
        if has(.privateForEverybody) { receivers = others }
        if has(.notDeliveredToOne), receivers.count > 1 { receivers.removeLast() }
        if usage == .file, has(.fileLost) { receivers = [] }
        if has(.returnedToSpeaker) || (usage == .file && has(.fileReturned)) { receivers.append(sender) }
        return receivers
    }

    /// A message as it goes to one of its receivers.
    func switched(_ message: MSRPOutgoing, _ usage: MSRPSwitch.Usage?) -> MSRPOutgoing {
        var message = message
        if usage == .file, has(.fileAltered) { message.body = message.body.withLastCharacterChanged }
        if has(.wrapperAltered), var wrapped = try? CPIMMessage(parsing: message.body) {
            wrapped.headers.append(CPIMHeader("Subject", "Switched"))
            message.body = wrapped.serialized()
        }
        return message
    }
}
