/// Rules that give what a request may do, by who asks and for what.
///
/// RFC 4745 §6, with the conditions that OMA adds: OMA-TS-SIMPLE_IM-V1_0 Appendices R and S
package struct Ruleset: Equatable, Sendable {
    /// The most rules that are read of one document.
    package static let maximumRules = 500

    /// The most users, lists, services or media that are read of one condition.
    package static let maximumOperands = 1000

    package var rules: [Rule]

    package init(rules: [Rule] = []) {
        self.rules = rules
    }

    package struct Rule: Equatable, Sendable {
        package var id: String

        /// What must hold, all of it, for the rule to apply; a rule without a condition applies to everybody.
        package var conditions: [Condition]
        package var actions: [Action]

        package init(id: String, conditions: [Condition] = [], actions: [Action]) {
            self.id = id
            self.conditions = conditions
            self.actions = actions
        }
    }

    package enum Condition: Equatable, Sendable {
        /// The asking user is one of these, or one of many.
        case identity(ones: [String], many: [Domain])
        /// The user is on one of the lists that the anchors name.
        case externalList(anchors: [String])
        /// The user is, or is not, an entry of the group's own list.
        case isListMember(Bool)
        /// No rule that names users or lists applies to the user.
        case otherIdentity
        /// The user asks for anonymity.
        case anonymousRequest
        /// The service is one of these, named by their feature tags or identifiers.
        case services(Choice)
        /// The medium is one of these, such as `pager-mode-message`.
        case media(Choice)
        /// A condition that is not known here, and therefore does not hold.
        case unknown(String)
    }

    /// Everybody of a domain, or everybody, with exceptions.
    ///
    /// RFC 4745 §7.1.2
    package struct Domain: Equatable, Sendable {
        package var domain: String?
        package var exceptIDs: [String]
        package var exceptDomains: [String]

        package init(domain: String? = nil, exceptIDs: [String] = [], exceptDomains: [String] = []) {
            self.domain = domain
            self.exceptIDs = exceptIDs
            self.exceptDomains = exceptDomains
        }
    }

    /// Some names, or all others.
    package enum Choice: Equatable, Sendable {
        case only([String])
        case allExcept([String])
    }

    /// One instruction of a rule: the local name of its element, and its text.
    package struct Action: Equatable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }

        package init(_ name: String, _ value: Bool) {
            self.init(name, value ? "true" : "false")
        }

        /// The value as an xs:boolean; drafts wrote some of them as words.
        package var isAllowed: Bool { Bool(xml: value) ?? ["allow", "accept", "pass"].contains(value.lowercased()) }
    }
}
