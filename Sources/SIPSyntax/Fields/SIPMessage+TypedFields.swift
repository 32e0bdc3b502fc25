/// The fields of every message as typed values: nil when absent, an error when malformed.
///
/// RFC 3261 §20
extension SIPMessage {
    /// The topmost Via.
    package func via() throws(SIPSyntaxError) -> Via? {
        try firstElement(.via, as: Via.self)
    }

    package func vias() throws(SIPSyntaxError) -> [Via] {
        try elements(.via, as: Via.self)
    }

    package func from() throws(SIPSyntaxError) -> NameAddress? {
        try value(.from, as: NameAddress.self)
    }

    package func to() throws(SIPSyntaxError) -> NameAddress? {
        try value(.to, as: NameAddress.self)
    }

    package func contact() throws(SIPSyntaxError) -> NameAddress? {
        try firstElement(.contact, as: NameAddress.self)
    }

    package func contacts() throws(SIPSyntaxError) -> [NameAddress] {
        try elements(.contact, as: NameAddress.self)
    }

    package func routes() throws(SIPSyntaxError) -> [NameAddress] {
        try elements(.route, as: NameAddress.self)
    }

    package func recordRoutes() throws(SIPSyntaxError) -> [NameAddress] {
        try elements(.recordRoute, as: NameAddress.self)
    }

    package func cSeq() throws(SIPSyntaxError) -> CSeq? {
        try value(.cSeq, as: CSeq.self)
    }

    package func contentType() throws(SIPSyntaxError) -> MediaType? {
        try value(.contentType, as: MediaType.self)
    }

    package func maxForwards() throws(SIPSyntaxError) -> Int? {
        try number(.maxForwards, .maxForwards)
    }

    package func expires() throws(SIPSyntaxError) -> Int? {
        try number(.expires, .deltaSeconds)
    }

    package var callID: String? { first(.callID) }

    /// A field that is digits and nothing else.
    package func number(_ name: SIPFieldName, _ rule: SIPRule) throws(SIPSyntaxError) -> Int? {
        guard var scanner = field(name)?.scanner else { return nil }
        let number: Int = try scanner.number(rule)
        if !scanner.isAtEnd { throw scanner.error(rule) }
        return number
    }
}
