/// The judgment of how often fields come.
///
/// RFC 3261 §7.3.1, §20
extension SIPJudgment {
    mutating func judgeOccurrence() {
        var seen: Set<SIPFieldName> = []
        for field in message.fields {
            guard let known = field.name.known, known.definition.comesOnce else { continue }
            if !seen.insert(field.name).inserted {
                note(
                    .fieldRepeated, in: field, clause: known.definition.clause,
                    "\(field.name) comes more than once, though it has one value.")
            }
        }
    }
}
