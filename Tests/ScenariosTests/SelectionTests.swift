import Conformance
import Scenarios
import Testing

@Suite struct SelectionTests {
    private static let paths = [
        "imps/csp/CSP-1.3-int-1", "simple-im/con/IM-2.0-con-1", "simple-im/int/IM-2.0-int-101",
        "simple-im/int/IM-2.0-int-102", "simple-im/int/IM-2.0-int-201",
    ]

    @Test(
        arguments: [
            ("IM-2.0-int-101", [2]), ("IM-2.0-int-1*", [2, 3]), ("*", [0, 1, 2, 3, 4]), ("**", [0, 1, 2, 3, 4]),
            ("IM-*-int-*01", [2, 4]), ("101", [2]), ("1", [0, 1]), ("01", []), ("9", []), ("im-2.0-int-101", []),
            ("IM-2.0-int-10", []), ("IM-2.0-int", []), ("", []),
            ("simple-im/int/IM-2.0-int-101", [2]), ("simple-im/int/IM-2.0-int-1*", [2, 3]), ("simple-im/*", []),
            ("simple-im/*/*", [1, 2, 3, 4]), ("simple-im/**", [1, 2, 3, 4]), ("**/int/*", [2, 3, 4]),
            ("*/int/*", [2, 3, 4]),
            ("**/IM-2.0-con-1", [1]), ("int/IM-2.0-int-101", []), ("*/*/*/*", []), ("**/*/**/*1", [0, 1, 2, 4]),
            ("/simple-im/int/IM-2.0-int-101", [2]),
        ] as [(String, [Int])])
    func `A pattern chooses by id or by path`(pattern: String, chosen: [Int]) {
        let pattern = SelectionPattern(pattern)
        #expect(Self.paths.indices.filter { pattern.matches(path: Self.paths[$0]) } == chosen)
    }

    @Test func `A case is named by its id, its number, or a pattern that chooses no other`() {
        let files = [901, 902].map { number in
            let text = Samples.scenario.replacing("901", with: "\(number)")
            return SourceFile(path: "IM-2.0-int-\(number).yaml", bytes: Array(text.utf8))
        }
        let library = ScenarioLibrary(files + [Samples.requirements])
        for name in ["IM-2.0-int-902", "902", "*2"] {
            #expect(library.testCase(named: name)?.id == "IM-2.0-int-902", "\(name)")
        }
        for name in ["903", "*", ""] { #expect(library.testCase(named: name) == nil, "\(name)") }
    }

    @Test func `A case is chosen once, in the order of the library, and patterns in vain are named`() {
        let files = [903, 902, 901].map { number in
            let text = Samples.scenario.replacing("901", with: "\(number)")
            return SourceFile(path: "simple-im/int/IM-2.0-int-\(number).yaml", bytes: Array(text.utf8))
        }
        let library = ScenarioLibrary(files + [Samples.requirements])
        let patterns = ["IM-2.0-int-903", "simple-im/**", "IM-2.0-int-8*"].map { SelectionPattern($0) }
        let selection = library.select(patterns)
        #expect(selection.testCases.map(\.id) == ["IM-2.0-int-901", "IM-2.0-int-902", "IM-2.0-int-903"])
        #expect(selection.unmatched.map(\.description) == ["IM-2.0-int-8*"])
        #expect(library.select([]).testCases.count == 3)
    }
}
