import Testing

@testable import Conformance

struct StepWordsTests {
    @Test(arguments: [
        (
            Action.invite(.list([PartyName("B"), PartyName("C"), PartyName("D")]), session: "talk"),
            "A invites B, C and D to a conference"
        ),
        (.join(group: "ChatRoom1", alias: "ChatAliasX", session: "room"), "A joins “ChatRoom1” as “ChatAliasX”"),
        (.delete(.deferred, .places([2, 3])), "A deletes deferred messages number 2 and 3"),
        (.retrieve(.history, .all), "A retrieves all recorded conversations"),
        (.announce(text: "Hello"), "A is sent the system message “Hello”"),
    ])
    func `A step reads as a sentence`(action: Action, sentence: String) {
        let position = SourcePosition(file: "x", line: 1, column: 1)
        #expect(Step(label: "1", party: PartyName("A"), action: action, position: position).sentence == sentence)
    }
}
