import Bytes

/// A SIP or SIPS URI, its parts spelled as on the wire, escapes included.
///
/// RFC 3261 §19.1
package struct SIPURI: Hashable, Sendable, CustomStringConvertible {
    /// A header that a request made from the URI carries.
    package struct Header: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// In lower case: `sip` or `sips`.
    package var scheme: String
    package var user: String?
    package var password: String?
    package var host: String
    package var port: UInt16?
    package var parameters: [Parameter]
    package var headers: [Header]

    package init(
        scheme: String = "sip", user: String? = nil, password: String? = nil, host: String, port: UInt16? = nil,
        parameters: [Parameter] = [], headers: [Header] = []
    ) {
        self.scheme = scheme
        self.user = user
        self.password = password
        self.host = host
        self.port = port
        self.parameters = parameters
        self.headers = headers
    }

    package init(parsing text: String) throws(SIPSyntaxError) {
        var scanner = SIPScanner(text)
        try self.init(scanning: &scanner)
        if !scanner.isAtEnd { throw scanner.error(.sipURI) }
    }

    package var isSecure: Bool { scheme == "sips" }

    /// The value of a URI parameter: nil without the parameter, `.some(nil)` for one that has no value.
    package func parameter(_ name: String) -> String?? {
        parameters.first(name).map(\.value)
    }

    package var description: String {
        var text = scheme + ":"
        if let user {
            text += user
            if let password { text += ":" + password }
            text += "@"
        }
        text += host
        if let port { text += ":\(port)" }
        text += parameters.written
        var separator = "?"
        for header in headers {
            text += separator + header.name + "=" + header.value
            separator = "&"
        }
        return text
    }
}
