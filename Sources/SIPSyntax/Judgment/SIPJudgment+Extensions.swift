/// The judgment of fields of the extensions beyond their grammar.
extension SIPJudgment {
    mutating func judgeExtensions() {
        judgeSessionTimer()
        judgePrivacy()
        judgeIdentities()
        judgeFeatures()
        judgeWarnings()
    }

    /// The session interval has a least value, and a response says who refreshes.
    ///
    /// RFC 4028 §4, §5, §9
    private mutating func judgeSessionTimer() {
        if let field = message.field(.sessionExpires), let value = try? message.sessionExpires() {
            if value.seconds < 90 {
                note(.sessionInterval, in: field, "Session-Expires says \(value.seconds), and 90 is the least.")
            }
            if let status = message.status, (200...299).contains(status), value.refresher == nil {
                note(.refresherMissing, in: field, "Session-Expires names no refresher in a 2xx response.")
            }
        }
        if let field = message.field(.minSE), let value = try? message.minSE(), value.seconds < 90 {
            note(
                .sessionInterval, in: field, clause: "RFC 4028 §5",
                "Min-SE says \(value.seconds), and 90 is the least.")
        }
    }

    /// No privacy cannot be asked for together with some.
    ///
    /// RFC 3323 §4.2
    private mutating func judgePrivacy() {
        guard let field = message.field(.privacy), let privacy = try? message.privacy() else { return }
        if privacy.contains("none"), privacy.values.count > 1 {
            note(.privacyNone, in: field, "Privacy says none together with other values.")
        }
    }

    /// There is one value, or there are two, a SIP or SIPS URI and a tel URI.
    ///
    /// RFC 3325 §9.1, §9.2
    private mutating func judgeIdentities() {
        for name in [SIPFieldName.pAssertedIdentity, .pPreferredIdentity] {
            let identities = addresses.filter { $0.field.name == name }
            guard let field = identities.first?.field else { continue }
            let web = identities.filter { $0.address.hasSIPScheme }.count
            let telephone = identities.filter { $0.address.uri.lowercased().hasPrefix("tel:") }.count
            if web > 1 || telephone > 1 || web + telephone < identities.count {
                note(
                    .assertedIdentities, in: field,
                    clause: name == .pAssertedIdentity ? "RFC 3325 §9.1" : "RFC 3325 §9.2",
                    "\(name) may have one SIP or SIPS URI and one tel URI, and nothing else.")
            }
        }
    }

    /// The values of feature tags have a grammar inside their quotes.
    ///
    /// RFC 3840 §9
    private mutating func judgeFeatures() {
        for (field, address) in addresses where field.name == .contact {
            judgeFeatures(among: address.parameters, of: field)
        }
        for field in message.fields where field.name == .acceptContact || field.name == .rejectContact {
            for value in field.acceptContacts { judgeFeatures(among: value.parameters, of: field) }
        }
    }

    private mutating func judgeFeatures(among parameters: [Parameter], of field: SIPField) {
        for parameter in parameters {
            do throws(SIPSyntaxError) {
                _ = try FeatureParameter(parameter)
            } catch {
                note(
                    .featureParameter, in: field,
                    "The feature tag \(parameter.name) of \(field.name) does not follow \(error.rule.rawValue).")
            }
        }
    }

    /// The first digit of a SIP warning is 3.
    ///
    /// RFC 3261 §20.43
    private mutating func judgeWarnings() {
        guard let field = message.field(.warning), let warnings = try? message.warnings() else { return }
        for warning in warnings where !(300...399).contains(warning.code) {
            note(.warningCode, in: field, "The warning code \(warning.code) is not of the 3xx that SIP has.")
        }
    }
}

extension SIPField {
    /// The values of an Accept-Contact or Reject-Contact, none if it is malformed.
    fileprivate var acceptContacts: [AcceptContact] {
        var scanner = scanner
        var values: [AcceptContact] = []
        repeat {
            guard let value = try? AcceptContact(scanning: &scanner) else { return [] }
            values.append(value)
        } while scanner.takeSeparator(UInt8(ascii: ","))
        return values
    }
}
