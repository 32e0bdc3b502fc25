import Conformance
import Scenarios

/// A scenario without a fault, and what tests make of it.
enum Samples {
    static let path = "scenarios/simple-im/int/IM-2.0-int-901.yaml"

    static let scenario = """
        id: IM-2.0-int-901
        title: A sample
        object: [IM Client, IM Server]
        description: Shows the language.
        references:
          specification: [OMA_IM_TS 1]
          scr: []
          etr: []
        optional: false
        equipment:
          clients: [A, B]
          servers: 1
        state:
          mandatory: [A and B are logged in.]
          optional: []
        preamble:
          - { client: A, log-in: {} }
        procedure:
          - { step: 1, client: A, invite: { client: B, session: chat } }
          - { step: 1, client: B, accept: { session: chat } }
          - { step: 2, client: A, send: { text: Hello, session: chat } }
        postamble:
          - { client: A, leave: { session: chat } }
        criteria:
          - id: 901.1
            kind: P
            step: 1
            title: B is invited
            requirements: [TS-1-sample]
            invited: { client: B, by: A, times: 1 }
          - id: 901.2
            kind: P
            step: 2
            title: B receives the text
            requirements: [TS-1-sample]
            received: { client: B, text: Hello, from: A, mode: session, times: 1 }

        """

    static let requirements = SourceFile(
        path: "scenarios/requirements/sample.yaml",
        bytes: Array(
            """
            document: A sample
            requirements:
              - { id: TS-1-sample, clause: "1", level: shall, statement: It is a sample. }
            """.utf8))

    /// The sample with one passage replaced, which must occur exactly once.
    static func scenario(_ passage: String, becomes replacement: String) -> String {
        precondition(scenario.ranges(of: passage).count == 1, "“\(passage)” occurs once")
        return scenario.replacing(passage, with: replacement)
    }

    /// What is said about the text, without the name of the file.
    static func messages(about text: String, path: String = path) -> [String] {
        let file = SourceFile(path: path, bytes: Array(text.utf8))
        return Lint.lint([file, requirements]).map { String($0.description.dropFirst(path.count + 1)) }
    }

    /// The case that the text describes, if there is nothing wrong with it.
    static func testCase(_ text: String) -> TestCase? {
        let library = ScenarioLibrary([SourceFile(path: path, bytes: Array(text.utf8)), requirements])
        return library.messages.isEmpty ? library.testCases.first : nil
    }
}
