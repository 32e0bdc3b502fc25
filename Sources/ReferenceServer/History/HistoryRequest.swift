import SIPSyntax

/// What a REFER to the conversation history function wants.
///
/// OMA-TS-SIMPLE_IM-V1_0 §13.1.1 and §13.1.2
enum HistoryRequest: Equatable {
    /// Record a session from now on, under the name that the user gives.
    case start(session: SIPURI, name: String?)
    case stop(session: SIPURI)

    /// Extensions that a request may require.
    static let extensions: Set<String> = ["norefersub", "pref"]

    init(_ request: SIPMessage) throws(Refusal) {
        if let refusal = RequestValidation().refusal(of: request, understanding: Self.extensions) { throw refusal }
        guard let target = (try? request.referTo()) ?? nil, let session = target.sipURI else {
            throw Refusal(400, because: "Refer-To names no session")
        }
        switch session.parameter("method")??.uppercased() {
        case nil, "INVITE": self = .start(session: session, name: request.sipRequestURI?.historyFileName)
        case "BYE": self = .stop(session: session)
        case .some: throw Refusal(403, .functionNotAllowed)
        }
    }
}

extension SIPURI {
    /// The name for a recording, which the history function has as a parameter.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 Appendix E.5; no name is longer than 255 bytes
    var historyFileName: String? {
        let parameter = parameters.first { $0.name.lowercased() == "historyfilename" }
        guard let text = parameter?.text?.removingEscapes, !text.isEmpty else { return nil }
        return String(decoding: text.utf8.prefix(255), as: UTF8.self)
    }
}

extension String {
    /// The text that the escapes of a URI stand for.
    ///
    /// RFC 3986 §2.1; an escape that is none stays as it is.
    fileprivate var removingEscapes: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
