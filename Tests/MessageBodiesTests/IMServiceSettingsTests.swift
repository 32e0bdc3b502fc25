import Bytes
import MessageBodies
import Testing
import XMLTree

@Suite struct IMServiceSettingsTests {
    private typealias DocumentError = IMServiceSettings.DocumentError

    private func settings(_ name: String) throws -> IMServiceSettings {
        try IMServiceSettings(parsing: fixture("settings/\(name).xml"))
    }

    @Test func `A user who has published nothing is visible, and bars and records nothing`() {
        let settings = IMServiceSettings()
        #expect(!settings.barsSessions && !settings.barsPagers && !settings.wantsOfflineDelivery)
        #expect(settings.isVisible && !settings.recordsSessions && !settings.recordsPagers)
    }

    @Test func `All six settings are read, in both spellings of a boolean`() throws {
        #expect(
            try settings("all-active")
                == IMServiceSettings(
                    barsSessions: true, barsPagers: true, wantsOfflineDelivery: true, isVisible: false,
                    recordsSessions: true, recordsPagers: true))
    }

    @Test func `The blank that the printed example has in its namespace does no harm`() throws {
        #expect(try settings("blank-before-namespace") == IMServiceSettings(wantsOfflineDelivery: true))
    }

    @Test func `Unknown elements and attributes, and settings of other services, are ignored`() throws {
        #expect(try settings("unknown-elements") == IMServiceSettings(barsPagers: true))
    }

    @Test func `A document without an entity changes nothing`() throws {
        let text = "<poc-settings xmlns='urn:oma:params:xml:ns:poc:poc-settings'/>"
        #expect(try IMServiceSettings(parsing: Array(text.utf8)) == IMServiceSettings())
    }

    @Test func `Barring has no default`() {
        #expect(throws: DocumentError.missingActive(element: "incoming-session-barring")) {
            try settings("missing-active")
        }
        #expect(throws: DocumentError.notBoolean(element: "incoming-session-barring", value: "yes")) {
            try settings("not-boolean")
        }
    }

    @Test func `Another document is refused`() {
        #expect(throws: DocumentError.unexpectedRoot(XMLName("presence", namespace: "urn:ietf:params:xml:ns:pidf"))) {
            try settings("another-root")
        }
    }

    @Test(arguments: ["billion-laughs", "truncated", "embedded-nul"])
    func `What is not XML is refused with its place`(name: String) throws {
        let bytes = try fixture("hostile/\(name).xml")
        #expect {
            try IMServiceSettings(parsing: bytes)
        } throws: {
            if case .notXML(let error)? = $0 as? DocumentError { error.line > 0 } else { false }
        }
    }

    @Test func `The order of the written elements is that of the schema`() throws {
        let root = try XMLDocument(parsing: IMServiceSettings().serialized(entity: "a&b")).root
        let entity = try #require(root.elements.first)
        #expect(entity.attribute("id") == "a&b")
        #expect(
            entity.elements.map(\.name.local) == [
                "isb-settings", "ipab-settings", "deferred-settings", "vis-settings", "hist-settings",
            ])
        #expect(entity.elements.allSatisfy { $0.attribute("service-id") == "IM" })
    }

    @Test(arguments: 0..<64) func `Settings that were written and read are the same settings`(bits: Int) throws {
        let settings = IMServiceSettings(
            barsSessions: bits & 1 != 0, barsPagers: bits & 2 != 0, wantsOfflineDelivery: bits & 4 != 0,
            isVisible: bits & 8 != 0, recordsSessions: bits & 16 != 0, recordsPagers: bits & 32 != 0)
        #expect(try IMServiceSettings(parsing: settings.serialized(entity: "x")) == settings)
    }
}
