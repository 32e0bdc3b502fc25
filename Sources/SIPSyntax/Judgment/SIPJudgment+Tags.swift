/// The judgment of the tags of From and To.
///
/// RFC 3261 §8.1.1.3, §8.2.6.2, §19.3
extension SIPJudgment {
    /// The methods whose requests exist within dialogs only.
    private static let dialogMethods: [SIPMethod: String] = [
        .bye: "RFC 3261 §15.1.1", .prack: "RFC 3262 §4", .info: "RFC 6086 §4.2.1", .notify: "RFC 6665 §4.4.1",
    ]

    mutating func judgeTags() {
        if let field = message.field(.from), let from = try? message.from(), from.tag == nil {
            note(.fromTag, in: field, "From has no tag.")
        }
        guard let field = message.field(.to), let to = try? message.to(), to.tag == nil else { return }
        if let status = message.status, status > 100 {
            note(.toTag, in: field, "To has no tag in the \(status) response.")
        }
        if let method = message.method, let clause = Self.dialogMethods[method] {
            note(.toTag, in: field, clause: clause, "To has no tag in \(method), which belongs to a dialog.")
        }
    }
}
