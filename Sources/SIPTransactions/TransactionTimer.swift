import SIPSyntax

/// One timer of one transaction, as a value that can be written down and read back.
package struct TransactionTimer: Hashable, Sendable, LosslessStringConvertible {
    package let key: TransactionKey
    /// The RFC's letter for the timer, or `100` for the one that sends 100 (Trying).
    package let letter: String

    package init(key: TransactionKey, letter: String) {
        self.key = key
        self.letter = letter
    }

    /// The timer that `description` wrote.
    ///
    /// - Returns: nil for any other text.
    package init?(_ description: String) {
        let parts = description.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, let side = TransactionKey.Side(rawValue: String(parts[0])) else { return nil }
        let method = SIPMethod(String(parts[2]))
        key = TransactionKey(side: side, method: method, identity: String(parts[3]))
        letter = String(parts[1])
    }

    package var description: String {
        "\(key.side.rawValue) \(letter) \(key.method.name) \(key.identity)"
    }
}
