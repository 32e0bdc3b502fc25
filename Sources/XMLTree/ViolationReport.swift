import CLibXML2

/// Collects what the validator says.
struct ViolationReport {
    private(set) var violations: [XMLSchemaViolation] = []

    /// Whether the element that is judged may have no declaration, as elements of a wildcard may.
    var mayLackDeclaration = false

    mutating func add(_ error: xmlError) {
        guard error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        if mayLackDeclaration, error.code == Int32(XML_SCHEMAV_CVC_ELT_1.rawValue) { return }
        let message = error.message.map { String(cString: $0) } ?? "Not valid"
        guard !Self.isAboutBrackets(message) else { return }
        add(line: Int(error.line), message)
    }

    mutating func add(line: Int, _ message: String) {
        guard violations.count < XMLSchema.maximumViolations else { return }
        violations.append(XMLSchemaViolation(line: line, message: message.filter { !$0.isNewline }))
    }

    /// Whether a URI is refused for nothing but the brackets around an IPv6 address, as in `sip:ann@[::1]`.
    ///
    /// XML Schema Part 2 §3.2.17 takes them anywhere, for RFC 2732 §3 reserves them; libxml2 only after `//`.
    private static func isAboutBrackets(_ message: String) -> Bool {
        guard let end = message.firstRange(of: "' is not a valid value of the atomic type 'xs:anyURI'"),
            let start = message[..<end.lowerBound].ranges(of: ": '").last
        else { return false }
        let value = message[start.upperBound..<end.lowerBound]
        guard value.contains("[") else { return false }
        let escaped = value.replacing("[", with: "%5B").replacing("]", with: "%5D")
        guard let uri = xmlParseURI(String(escaped)) else { return false }
        xmlFreeURI(uri)
        return true
    }
}
