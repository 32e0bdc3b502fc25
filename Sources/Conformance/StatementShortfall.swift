/// Where a statement says less than the tables ask for.
package struct StatementShortfall: Hashable, Sendable {
    package enum Kind: String, Sendable {
        /// A mandatory item is not claimed.
        case mandatory
        /// An item is claimed without what it requires.
        case requirement
    }

    package var kind: Kind
    package var item: SCRItemID
    /// What is wrong, without a full stop.
    package var sentence: String
    /// The line of the statement to change.
    package var position: SourcePosition

    package init(_ kind: Kind, of item: SCRItemID, _ sentence: String, at position: SourcePosition) {
        self.kind = kind
        self.item = item
        self.sentence = sentence
        self.position = position
    }
}
