import SIPSyntax
import SIPTransactions
import Testing

@Suite("Client and server over a bad network")
struct ConversationTests {
    static func conversation(seed: UInt64, over way: Way, losses: Int, doubles: Int) -> Conversation {
        var conversation = Conversation(seed: seed, over: way, losses: losses, doubles: doubles)
        for number in 0..<20 {
            let method: SIPMethod = number.isMultiple(of: 2) ? .invite : .message
            conversation.begin(.sample(method, branch: "z9hG4bK\(number)", callID: "call\(number)"))
        }
        conversation.run()
        return conversation
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `Both sides agree in the end, whatever is lost, doubled or overtaken`(seed: UInt64) {
        let conversation = Self.conversation(seed: seed, over: .udp, losses: 30, doubles: 20)
        #expect(conversation.client.count == 0)
        #expect(conversation.server.count == 0)
        for callID in (0..<20).map({ "call\($0)" }) {
            #expect(conversation.appearances[callID, default: 0] <= 1)
            #expect(conversation.ends[callID] == 1)
            #expect(conversation.outcomes[callID]?.count == 1)
            switch conversation.outcomes[callID]?.first {
            case .answered(let status): #expect(conversation.answers[callID] == status)
            case .timedOut, nil: break
            }
            #expect(!conversation.acknowledged.contains(callID) || !conversation.unacknowledged.contains(callID))
        }
    }

    @Test(arguments: 1...5 as ClosedRange<UInt64>)
    func `Over a reliable transport every message is sent once`(seed: UInt64) {
        let conversation = Self.conversation(seed: seed, over: .tcp, losses: 0, doubles: 0)
        #expect(conversation.client.count == 0)
        #expect(conversation.server.count == 0)
        for callID in (0..<20).map({ "call\($0)" }) {
            #expect(conversation.outcomes[callID] == [.answered(status: conversation.answers[callID] ?? 0)])
            let messages = conversation.sent.filter { $0.callID == callID }
            #expect(Set(messages.map(\.startLine)).count == messages.count)
        }
    }

    @Test func `When nothing arrives, every request times out`() {
        let conversation = Self.conversation(seed: 1, over: .udp, losses: 100, doubles: 0)
        #expect(conversation.client.count == 0)
        #expect(conversation.appearances.isEmpty)
        #expect(conversation.outcomes.count == 20)
        #expect(conversation.outcomes.values.allSatisfy { $0 == [.timedOut] })
        #expect(conversation.clock.now == .seconds(32))
    }

    @Test func `The same seed gives the same conversation`() {
        let runs = (1...2).map { _ in Self.conversation(seed: 7, over: .udp, losses: 30, doubles: 20) }
        #expect(runs[0].sent == runs[1].sent)
        #expect(runs[0].outcomes == runs[1].outcomes)
    }
}
