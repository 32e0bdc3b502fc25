import Testing
import XCAP
import XMLTree

/// What servers say that they support.
struct XCAPCapabilitiesTests {
    @Test func `What is written is read`() throws {
        let written = XCAPCapabilities(of: [.capabilities, .groups])
        #expect(written.auids == ["xcap-caps", "org.openmobilealliance.groups"])
        #expect(written.namespaces.contains("urn:oma:xml:poc:list-service"))
        #expect(XCAPCapabilities(parsing: written.document.serialized()) == written)
    }

    @Test func `Names stand wherever XML lets them stand`() throws {
        let text = """
            <c:xcap-caps xmlns:c="urn:ietf:params:xml:ns:xcap-caps"><!-- <auid>none</auid> -->
              <c:auids><c:auid> a </c:auid><c:auid><![CDATA[b]]></c:auid><c:auid x="1">&#99;</c:auid></c:auids>
              <auid xmlns="">d</auid>
            </c:xcap-caps>
            """
        #expect(XCAPCapabilities(parsing: Array(text.utf8))?.auids == ["a", "b", "c"])
    }

    @Test(arguments: ["", "<html/>", "<xcap-caps><auids><auid>a</auid></auids></xcap-caps>", "<x"])
    func `Another document is none`(text: String) {
        #expect(XCAPCapabilities(parsing: Array(text.utf8)) == nil)
    }
}
