import Bytes
import Testing
import XCAP
import XMLTree

struct XCAPConflictTests {
    @Test(arguments: XCAPConflict.Reason.allCases)
    func `every reason is an element with a phrase`(_ reason: XCAPConflict.Reason) {
        let text = XCAPConflict(reason, "because of <this>").document.serialized().text
        #expect(
            text.hasSuffix(
                "<xcap-error xmlns=\"urn:ietf:params:xml:ns:xcap-error\">"
                    + "<\(reason.rawValue) phrase=\"because of &lt;this&gt;\"/></xcap-error>\n"))
    }

    @Test func `a missing parent is told with the closest ancestor there is`() {
        var conflict = XCAPConflict(.noParent, "none")
        conflict.ancestor = "/resource-lists/users/a"
        #expect(
            conflict.document.serialized().text.contains(
                "<no-parent phrase=\"none\"><ancestor>/resource-lists/users/a</ancestor></no-parent>"))
    }

    @Test func `a value that is taken is told with others that are free`() {
        var conflict = XCAPConflict(.uniquenessFailure, "taken")
        conflict.exists = ("group/list-service/@uri", ["sip:g2@h", "sip:g3@h"])
        #expect(
            conflict.document.serialized().text.contains(
                "<exists field=\"group/list-service/@uri\"><alt-value>sip:g2@h</alt-value>"
                    + "<alt-value>sip:g3@h</alt-value></exists>"))
    }
}
