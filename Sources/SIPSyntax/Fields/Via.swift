import Bytes

/// A hop that a request took, and that its responses take back.
///
/// RFC 3261 §20.42, §25.1 via-parm
package struct Via: Hashable, Sendable, CustomStringConvertible {
    /// What every branch of RFC 3261 begins with.
    ///
    /// RFC 3261 §8.1.1.7
    package static let magicCookie = "z9hG4bK"

    /// Name and version: `SIP/2.0`.
    package var sentProtocol: String
    package var transport: String
    package var host: String
    package var port: UInt16?
    package var parameters: [Parameter]

    package init(
        sentProtocol: String = "SIP/2.0", transport: String, host: String, port: UInt16? = nil,
        parameters: [Parameter] = []
    ) {
        self.sentProtocol = sentProtocol
        self.transport = transport
        self.host = host
        self.port = port
        self.parameters = parameters
    }

    package var branch: String? { parameters.first("branch")?.value }

    /// Where the request came from, as its receiver saw.
    package var received: String? { parameters.first("received")?.value }

    /// The port it came from: nil without the parameter, `.some(nil)` for one that asks and is not yet filled in.
    ///
    /// RFC 3581 §3
    package var rport: UInt16?? {
        parameters.first("rport").map { $0.value.flatMap { UInt16($0) } }
    }

    package var sentBy: String {
        if let port { "\(host):\(port)" } else { host }
    }

    package var description: String {
        "\(sentProtocol)/\(transport) \(sentBy)\(parameters.written)"
    }
}

extension Via: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        let name = try scanner.tokenRange(.sentProtocol)
        guard scanner.takeSeparator(UInt8(ascii: "/")) else { throw scanner.error(.sentProtocol) }
        let version = try scanner.tokenRange(.sentProtocol)
        guard scanner.takeSeparator(UInt8(ascii: "/")) else { throw scanner.error(.sentProtocol) }
        transport = try scanner.token(.sentProtocol)
        sentProtocol =
            name.upperBound + 1 == version.lowerBound
            ? scanner.text(name.lowerBound..<version.upperBound) : scanner.text(name) + "/" + scanner.text(version)

        try scanner.whitespace(.viaParameter)
        host = scanner.text(try scanner.sentByHostRange())
        port = scanner.takeSeparator(UInt8(ascii: ":")) ? try scanner.number(.port) : nil
        parameters = try scanner.viaParameters()
    }
}

extension SIPScanner {
    fileprivate mutating func sentByHostRange() throws(SIPSyntaxError) -> Range<Int> {
        do throws(SIPSyntaxError) {
            return try hostRange()
        } catch {
            throw SIPSyntaxError(.sentBy, at: error.offset)
        }
    }

    /// As generic parameters, but that `received` may be an IPv6 address without brackets.
    fileprivate mutating func viaParameters() throws(SIPSyntaxError) -> [Parameter] {
        var parameters: [Parameter] = []
        while takeSeparator(UInt8(ascii: ";")) {
            if parameters.isEmpty { parameters.reserveCapacity(4) }
            let name = try tokenRange(.viaParameters)
            guard takeSeparator(UInt8(ascii: "=")) else {
                parameters.append(Parameter(text(name)))
                continue
            }
            let value: Range<Int>
            if matches(name, "received"), next != UInt8(ascii: "[") {
                value = take { $0.isTokenCharacter || $0 == UInt8(ascii: ":") }
                if value.isEmpty { throw error(.viaParameters) }
            } else {
                value = try genericValueRange()
            }
            parameters.append(Parameter(text(name), text(value)))
        }
        return parameters
    }
}
