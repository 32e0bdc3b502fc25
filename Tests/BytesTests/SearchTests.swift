import Bytes
import Testing

@Suite struct SearchTests {
    @Test(
        arguments: [
            ("abcabc", "abc", 0, 0), ("abcabc", "abc", 1, 3), ("abcabc", "abc", 4, nil), ("aab", "ab", 0, 1),
            ("abc", "", 0, 0), ("", "", 0, 0), ("", "a", 0, nil), ("ab", "abc", 0, nil), ("abc", "c", 3, nil),
        ] as [(String, String, Int, Int?)])
    func `A run is found where it begins first`(bytes: String, run: String, start: Int, place: Int?) {
        #expect(Array(bytes.utf8).firstIndex(ofRun: Array(run.utf8), from: start) == place)
    }
}
