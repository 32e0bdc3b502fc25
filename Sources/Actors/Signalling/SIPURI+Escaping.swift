import Bytes
import SIPSyntax

extension SIPURI {
    /// The value of a URI parameter that means this text.
    ///
    /// RFC 3261 §25.1 paramchar
    static func parameterValue(_ text: String) -> String { escaped(text, besides: "[]/:&+$") }

    /// The value of a header of a URI that means this text.
    ///
    /// RFC 3261 §25.1 hvalue
    static func headerValue(_ text: String) -> String { escaped(text, besides: "[]/?:+$") }

    private static func escaped(_ text: String, besides literals: String) -> String {
        text.percentEscaped(except: "-_.!~*'()" + literals)
    }

    /// A URI with a further parameter; one that is no SIP URI gets it at its end.
    static func adding(_ name: String, _ value: String, to uri: String) -> String {
        guard var parsed = try? SIPURI(parsing: uri) else { return "\(uri);\(name)=\(value)" }
        parsed.parameters.append(Parameter(name, value))
        return parsed.description
    }

    /// The entry of a list for a user whose session is to be replaced.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.6 (3a); RFC 3891 §6.1: the to-tag is the tag at the one who gets the INVITE.
    static func adding(_ replaces: Replaces, to uri: String) -> String {
        guard var parsed = try? SIPURI(parsing: uri) else { return uri }
        parsed.headers.append(Header("Replaces", headerValue(replaces.description)))
        return parsed.description
    }
}
