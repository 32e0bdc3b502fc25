package import XMLTree

extension IMServiceSettings {
    package static let namespace = "urn:oma:params:xml:ns:poc:poc-settings"
    package static let extensionNamespace = "urn:oma:xml:im:service-settings"

    /// Why a document holds no settings.
    package enum DocumentError: Error, Equatable, Sendable {
        case notXML(XMLSyntaxError)
        case unexpectedRoot(XMLName)
        /// An element without the attribute `active` that it must have.
        case missingActive(element: String)
        /// An attribute `active` that is not an xs:boolean.
        case notBoolean(element: String, value: String)
    }

    /// Reads the first entity of a document; elements and attributes that are not known are ignored.
    package init(parsing bytes: [UInt8]) throws(DocumentError) {
        let root: XMLElement
        do throws(XMLSyntaxError) {
            root = try XMLDocument(parsing: bytes).root
        } catch {
            throw .notXML(error)
        }
        guard root.name == XMLName("poc-settings", namespace: Self.namespace) else { throw .unexpectedRoot(root.name) }
        self.init()
        guard let entity = root.first("entity", namespace: Self.namespace) else { return }
        for wrapper in entity.elements where (wrapper.attribute("service-id") ?? "IM") == "IM" {
            for setting in wrapper.elements { try apply(setting, in: wrapper) }
        }
    }

    /// The document that a client publishes, in the order of the schema.
    ///
    /// RFC 4354 §6.1
    package func serialized(entity id: String) -> [UInt8] {
        let entity = Self.base(
            "entity", [XMLAttribute("id", id)],
            [
                Self.wrapper("isb-settings", [Self.base("incoming-session-barring", [Self.active(barsSessions)])]),
                Self.wrapper(
                    "ipab-settings", [Self.base("incoming-personal-alert-barring", [Self.active(barsPagers)])]),
                Self.extensionWrapper(
                    "deferred-settings", [Self.extended("offline-delivery", [Self.active(wantsOfflineDelivery)])]),
                Self.extensionWrapper("vis-settings", [Self.extended("vis-status", [Self.active(isVisible)])]),
                Self.extensionWrapper(
                    "hist-settings",
                    [
                        Self.extended(
                            "hist-activation", [Self.active(recordsPagers)], [Self.extended("pager-large-mode")]),
                        Self.extended(
                            "hist-activation", [Self.active(recordsSessions)], [Self.extended("session-mode")]),
                    ]),
            ])
        return XMLDocument(root: Self.base("poc-settings", [], [entity])).serialized()
    }

    private mutating func apply(_ setting: XMLElement, in wrapper: XMLElement) throws(DocumentError) {
        switch (Vocabulary(wrapper.name.namespace), wrapper.name.local, setting.name.local) {
        case (.base, "isb-settings", "incoming-session-barring"):
            barsSessions = try Self.active(of: setting, default: nil)
        case (.base, "ipab-settings", "incoming-personal-alert-barring"):
            barsPagers = try Self.active(of: setting, default: nil)
        case (.extended, "deferred-settings", "offline-delivery"):
            wantsOfflineDelivery = try Self.active(of: setting, default: false)
        case (.extended, "vis-settings", "vis-status"):
            isVisible = try Self.active(of: setting, default: true)
        case (.extended, "hist-settings", "hist-activation"):
            let isActive = try Self.active(of: setting, default: false)
            for mode in setting.elements {
                if mode.name.local == "session-mode" { recordsSessions = isActive }
                if mode.name.local == "pager-large-mode" { recordsPagers = isActive }
            }
        default:
            break
        }
    }

    /// The value of the attribute `active`, which may be left out only where there is a default.
    private static func active(of setting: XMLElement, default: Bool?) throws(DocumentError) -> Bool {
        switch (setting.attribute("active").map(trimmingSpace), `default`) {
        case ("true", _), ("1", _): return true
        case ("false", _), ("0", _): return false
        case (nil, let value?): return value
        case (nil, nil): throw .missingActive(element: setting.name.local)
        case (let value?, _): throw .notBoolean(element: setting.name.local, value: value)
        }
    }
}

extension IMServiceSettings {
    /// Which of the two schemas an element comes from.
    private enum Vocabulary {
        case base
        case extended
        case other

        /// The schema of a namespace; the example of the specification has a blank before the second one.
        init(_ namespace: String?) {
            switch namespace.map(IMServiceSettings.trimmingSpace) {
            case IMServiceSettings.namespace: self = .base
            case IMServiceSettings.extensionNamespace: self = .extended
            default: self = .other
            }
        }
    }

    private static func trimmingSpace(_ text: String) -> String {
        text.trimmed
    }

    private static func active(_ value: Bool) -> XMLAttribute {
        XMLAttribute("active", value ? "true" : "false")
    }

    private static func base(
        _ local: String, _ attributes: [XMLAttribute] = [], _ children: [XMLElement] = []
    ) -> XMLElement {
        XMLElement(
            XMLName(local, namespace: namespace), attributes: attributes, children: children.map { .element($0) })
    }

    private static func extended(
        _ local: String, _ attributes: [XMLAttribute] = [], _ children: [XMLElement] = []
    ) -> XMLElement {
        XMLElement(
            XMLName(local, namespace: extensionNamespace), prefix: "ss", attributes: attributes,
            children: children.map { .element($0) })
    }

    private static func wrapper(_ local: String, _ settings: [XMLElement]) -> XMLElement {
        base(local, [XMLAttribute("service-id", "IM")], settings)
    }

    private static func extensionWrapper(_ local: String, _ settings: [XMLElement]) -> XMLElement {
        extended(local, [XMLAttribute("service-id", "IM")], settings)
    }
}
