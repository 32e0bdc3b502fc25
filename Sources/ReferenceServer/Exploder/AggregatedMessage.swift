import MessageBodies

/// A message to several recipients whose delivery reports are being gathered.
struct AggregatedMessage {
    /// The address of record of the sender.
    let sender: String
    /// Who tells the sender of it.
    let reporter: String
    /// The addresses of record of the recipients.
    let recipients: [String]
    var aggregation: ReportAggregation

    /// What notifications about the message have in common.
    struct Key: Hashable {
        let sender: String
        let messageID: String
    }

    var key: Key { Key(sender: sender, messageID: aggregation.request.messageID) }
}
