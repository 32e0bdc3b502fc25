import Bytes
import SIPSyntax
import SIPTransactions
import Testing

@Suite("A transaction in any order of events")
struct FinishedTransactionTests {
    static let seeds: [UInt64] = Array(1...50)
    static let methods: [SIPMethod] = [.invite, .message]
    static let ways: [Way] = [.udp, .tcp]

    @Test(arguments: seeds, methods)
    func `A finished client transaction sends nothing and leaves no timer`(seed: UInt64, method: SIPMethod) {
        for way in Self.ways {
            var generator = SeededGenerator(seed: seed)
            var element = Element()
            let request = SIPMessage.sample(method)
            let key = element.send(request, over: way)
            func anyResponse() -> SIPMessage {
                request.response([100, 180, 200, 302, 486, 503].randomElement(using: &generator) ?? 100)
            }
            while element.layer.count > 0 {
                switch Int.random(in: 0..<10, using: &generator) {
                case 0: element.perform(element.layer.transportFailed(over: way))
                case 1...3: element.receive(anyResponse(), from: way)
                default:
                    if !element.fireNextTimer() { element.receive(request.response(200), from: way) }
                }
            }
            #expect(element.complaints == [])
            #expect(element.clock.isSilent)
            #expect(element.told.filter { $0 == .terminated(key) }.count == 1)

            let sent = element.sent.count
            let late = anyResponse()
            #expect(element.layer.receive(late, from: way) == [.stray(late, way)])
            for letter in ["A", "B", "D", "E", "F", "K", "M"] {
                element.perform(element.layer.timer(TransactionTimer(key: key, letter: letter)))
            }
            element.perform(element.layer.transportFailed(over: way))
            #expect(element.sent.count == sent)
            #expect(element.told.last == .terminated(key))
        }
    }

    @Test(arguments: seeds, methods)
    func `A finished server transaction sends nothing and leaves no timer`(seed: UInt64, method: SIPMethod) throws {
        for way in Self.ways {
            var generator = SeededGenerator(seed: seed)
            var element = Element()
            let request = SIPMessage.sample(method)
            let key = try element.take(request, from: way)
            func anyResponse() -> SIPMessage {
                request.response([100, 180, 200, 302, 486, 503].randomElement(using: &generator) ?? 100)
            }
            while element.layer.count > 0 {
                switch Int.random(in: 0..<10, using: &generator) {
                case 0: element.perform(element.layer.transportFailed(over: way))
                case 1: element.receive(request, from: way)
                case 2: element.receive(SIPMessage(acknowledging: request.response(486), to: request), from: way)
                case 3...5: element.respond(key, with: anyResponse())
                default: _ = element.fireNextTimer()
                }
            }
            #expect(element.complaints == [])
            #expect(element.clock.isSilent)
            #expect(element.told.filter { $0 == .terminated(key) }.count == 1)
            #expect(element.told.filter { $0 == .request(request, key, way) }.count == 1)

            let sent = element.sent.count
            element.respond(key, with: anyResponse())
            for letter in ["100", "G", "H", "I", "J", "L"] {
                element.perform(element.layer.timer(TransactionTimer(key: key, letter: letter)))
            }
            element.perform(element.layer.transportFailed(over: way))
            #expect(element.sent.count == sent)
            #expect(element.told.last == .terminated(key))
        }
    }
}
