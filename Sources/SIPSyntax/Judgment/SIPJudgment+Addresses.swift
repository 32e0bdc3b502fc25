import Bytes

/// The judgment of the URIs in addresses.
///
/// RFC 3261 §19.1.1
extension SIPJudgment {
    mutating func judgeAddresses() {
        for (field, address) in addresses where !address.isWildcard {
            guard address.hasSIPScheme else {
                if field.name == .recordRoute {
                    note(.recordRoute, in: field, "Record-Route has \(address.uri), which is no SIP or SIPS URI.")
                }
                continue
            }
            do throws(SIPSyntaxError) {
                let uri = try SIPURI(parsing: address.uri)
                judgeParts(of: uri, in: field)
                judgeRepetition(in: uri, of: field)
            } catch {
                note(
                    .uriGrammar, in: field, at: field.valueRange.lowerBound,
                    "The URI \(address.uri) of \(field.name) does not follow \(error.rule.rawValue).")
            }
        }
    }

    private mutating func judgeRepetition(in uri: SIPURI, of field: SIPField) {
        var names: Set<String> = []
        for parameter in uri.parameters where !names.insert(parameter.name.lowercased()).inserted {
            note(.parameterRepeated, in: field, "A URI has the parameter \(parameter.name) more than once.")
        }
    }

    /// Each place allows some parts of a URI only.
    ///
    /// RFC 3261 §19.1.1 Table 1
    private mutating func judgeParts(of uri: SIPURI, in field: SIPField) {
        var wrong: [String] = []
        switch field.name.known {
        case .from, .to:
            if uri.port != nil { wrong.append("port") }
            wrong += uri.parts(named: "method", "maddr", "ttl", "transport", "lr")
            if !uri.headers.isEmpty { wrong.append("headers") }
        case .recordRoute:
            wrong += uri.parts(named: "method", "ttl")
            if !uri.headers.isEmpty { wrong.append("headers") }
            if uri.parameter("lr") == nil {
                note(.recordRoute, in: field, "The URI \(uri) of Record-Route has no lr parameter.")
            }
        case .route:
            wrong += uri.parts(named: "method", "ttl")
            if !uri.headers.isEmpty { wrong.append("headers") }
        case .contact where method != .register && !isRedirection:
            wrong += uri.parts(named: "method", "ttl")
            if !uri.headers.isEmpty { wrong.append("headers") }
        case .contact:
            wrong += uri.parts(named: "method", "lr")
        default: break
        }
        if wrong.isEmpty { return }
        note(
            .uriPart, in: field,
            "The URI \(uri) has parts that are not allowed in \(field.name): \(wrong.joined(separator: ", ")).")
    }

    private var isRedirection: Bool {
        message.status.map { (300...399).contains($0) || $0 == 485 } ?? false
    }
}

extension NameAddress {
    /// Whether the URI is of the scheme sip or sips.
    var hasSIPScheme: Bool {
        guard let colon = uri.firstIndex(of: ":") else { return false }
        return ["sip", "sips"].contains(uri[..<colon].lowercased())
    }
}

extension SIPURI {
    /// Those of the names that parameters have.
    fileprivate func parts(named names: String...) -> [String] {
        names.filter { parameter($0) != nil }
    }
}
