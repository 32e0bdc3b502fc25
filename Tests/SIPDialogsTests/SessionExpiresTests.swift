import SIPDialogs
import Testing

@Suite("Session-Expires: RFC 4028 §4")
struct SessionExpiresTests {
    @Test(
        arguments: zip(
            ["1800", "1800;refresher=uac", " 90 ; Refresher = UAS ", "4000;lr;refresher=uas;x=y"],
            [
                SessionExpires(seconds: 1800), SessionExpires(seconds: 1800, refresher: .uac),
                SessionExpires(seconds: 90, refresher: .uas), SessionExpires(seconds: 4000, refresher: .uas),
            ]))
    func `A value is read`(text: String, expected: SessionExpires) {
        #expect(SessionExpires(text) == expected)
    }

    @Test(arguments: ["", "soon", "-90", "+90", "90 s", "90;refresher", "90;refresher=proxy"])
    func `A value that breaks the grammar is not read`(text: String) {
        #expect(SessionExpires(text) == nil)
    }

    @Test(arguments: ["1800", "1800;refresher=uac", "90;refresher=uas"])
    func `A value is written as it was read`(text: String) {
        #expect(SessionExpires(text)?.description == text)
    }
}
