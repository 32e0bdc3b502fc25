import Conformance
import Dissection
import Network
import TestSupport
import Testing

/// What a trace shows while it grows is what it shows when it is whole.
struct RunningDissectionTests {
    private static let traces: [Trace] = {
        var deferred = TraceBuilder()
        deferred.logIn(.b)
        deferred.list([.init(1), .init(2)], at: .b)
        deferred.retrieve([TraceBuilder.storedPage("Hello 1")], from: "Deferred", at: .b)
        return [TraceBuilder.case101(), .case101(.recordRoute, over: .tcp), .case102(), .case201(), deferred]
            .map { $0.trace() }
    }()

    private static func arrivals(in trace: Trace) -> (RunningDissection, [RunningDissection.Arrival]) {
        var dissection = RunningDissection(cast: trace.cast)
        let arrivals = trace.entries.flatMap { dissection.read($0) }
        return (dissection, arrivals)
    }

    @Test(arguments: traces.indices)
    func `The messages are the same, and belong together in the same way`(number: Int) {
        let trace = Self.traces[number]
        let whole = Dissection(of: trace)
        let (running, arrivals) = Self.arrivals(in: trace)
        #expect(arrivals.map(\.message.bytes) == whole.messages.map(\.bytes))
        #expect(arrivals.map(\.message.repeats) == whole.messages.map(\.repeats))
        #expect(arrivals.map { $0.request?.number } == whole.messages.map(\.answers))
        for message in whole.messages { #expect(running[message.number].bytes == message.bytes) }
    }

    @Test(arguments: traces.indices)
    func `Every content is finished once, when it is whole and all its parts are answered`(number: Int) {
        let trace = Self.traces[number]
        let whole = Dissection(of: trace)
        let finished = Self.arrivals(in: trace).1.compactMap(\.finished)
        #expect(Set(finished.map(\.content.parts)) == Set(whole.instantMessages.map(\.parts)))
        #expect(finished.count == whole.instantMessages.count)
        for one in finished {
            let content = whole.instantMessages.first { $0.parts == one.content.parts }
            #expect(one.status == 200)
            #expect(content?.payload == one.content.payload)
            #expect(content?.mode == one.content.mode)
            #expect(content?.call == one.content.call)
            #expect(content?.identity == one.content.identity)
        }
    }

    @Test(arguments: traces.indices)
    func `Notifications of conference state say the same`(number: Int) {
        let trace = Self.traces[number]
        let whole = Dissection(of: trace)
        let running = Self.arrivals(in: trace).0
        for notice in whole.notices {
            let same = running.notice(in: running[notice.message])
            #expect(same?.users == notice.users)
            #expect(same?.extent == notice.extent)
        }
    }

    @Test func `A content that is not answered is not finished, and can be looked up`() {
        var builder = TraceBuilder()
        var chat = builder.establish(.backToBack)
        builder.say("Hello B", by: .a, in: &chat, chunk: 3)
        builder.omit(all: "200 OK A→server", "200 OK server→A")
        let (running, arrivals) = Self.arrivals(in: builder.trace())
        let finished = arrivals.compactMap(\.finished)
        #expect(finished.allSatisfy { $0.content.sender == .server })
        #expect(running.contents(withID: "text1A").contains { $0.sender == .a && $0.text == "Hello B" })
    }

    @Test func `A cutter hands over every message and keeps none`() {
        for trace in Self.traces {
            var cutter = MessageCutter(cast: trace.cast)
            let messages = trace.entries.flatMap { cutter.read($0) }
            // What is seen at both ends is seen twice by one who does not remember.
            #expect(messages.count >= Dissection(of: trace).messages.count)
        }
    }
}
