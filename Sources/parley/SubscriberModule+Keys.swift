import Authentication

extension SubscriberModule {
    /// The SIM card whose keys a text gives: `k=… opc=…`, or `k=… op=…`, and where it has been used before, its highest
    /// sequence number: `sqn=…`; all in hexadecimal.
    init(keys text: String, of owner: String) throws(UsageError) {
        guard let module = SubscriberModule(keys: text) else {
            throw UsageError(
                input:
                    "The keys of \(owner) are to be k= and opc= (or op=), each of 32 hexadecimal digits, and sqn= of 12 "
                    + "where the card is not new.")
        }
        self = module
    }

    /// The fields of the text in their order, with their names in lower case; one without a value has no digits.
    static func fields(of text: String) -> [(name: String, digits: Substring)] {
        text.split(whereSeparator: \.isWhitespace).map { word in
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (parts[0].lowercased(), parts.count == 2 ? parts[1] : "")
        }
    }

    private init?(keys text: String) {
        var values: [String: [UInt8]] = [:]
        for (name, digits) in Self.fields(of: text) {
            guard !digits.isEmpty, let bytes = [UInt8](hexadecimal: digits) else { return nil }
            values[name] = bytes
        }
        let sequence = values.removeValue(forKey: "sqn") ?? []
        guard values.count == 2, sequence.count <= 6, let key = values["k"] else { return nil }
        let card =
            if let variant = values["opc"] {
                Milenage(key: key, encryptedVariant: variant)
            } else {
                Milenage(key: key, variant: values["op"] ?? [])
            }
        guard let milenage = card else { return nil }
        self.init(milenage, sequence: SequenceNumber.number(of: sequence))
    }
}

extension [UInt8] {
    /// The bytes that so many pairs of hexadecimal digits write.
    fileprivate init?(hexadecimal text: Substring) {
        let digits = text.compactMap(\.hexDigitValue)
        guard digits.count == text.count, digits.count.isMultiple(of: 2) else { return nil }
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
