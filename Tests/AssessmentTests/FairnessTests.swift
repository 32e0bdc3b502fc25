import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// A correct run fails nobody, however little of it the trace shows, and whatever the network or others do beside it.
struct FairnessTests {
    struct Run: Sendable, CustomTestStringConvertible {
        var number: Int
        var trace: TraceBuilder
        var testDescription: String

        /// Where the trace is altered.
        var places: [Int] { trace.lines.indices.sampled }
    }

    static let runs: [Run] = {
        var runs: [Run] = []
        for transport in [TransportProtocol.udp, .tcp] {
            for routing in Routing.allCases {
                runs.append(
                    Run(
                        number: 101, trace: .case101(routing, over: transport),
                        testDescription: "101 \(routing.rawValue) \(transport.rawValue)"))
            }
            runs.append(
                Run(number: 201, trace: .case201(over: transport), testDescription: "201 \(transport.rawValue)"))
        }
        return runs
    }()

    @Test(arguments: runs)
    func `A correct run passes`(run: Run) {
        let assessed = run.trace.assessed(run.number)
        #expect(assessed.complaints == [])
        #expect(assessed.interop == .pass && assessed.conformance == .pass)
    }

    @Test(arguments: runs)
    func `It passes as a capture of the path`(run: Run) {
        var trace = run.trace
        trace.witness = .path
        #expect(trace.assessed(run.number).complaints == [])
    }

    @Test(arguments: runs)
    func `Where it ends early it is inconclusive at worst`(run: Run) {
        for count in run.places {
            for silence in [Duration.zero, .seconds(4)] {
                var trace = run.trace
                trace.lines.removeSubrange(count...)
                trace.silence = silence
                let assessed = trace.assessed(run.number)
                #expect(assessed.failures == [], "after \(count) lines and \(silence)")
            }
        }
    }

    @Test(arguments: runs)
    func `Where it begins late it is inconclusive at worst`(run: Run) {
        for count in run.places where count > 0 {
            var trace = run.trace
            trace.lines.removeSubrange(..<count)
            for index in trace.lines.indices { trace.lines[index].step = nil }
            let assessed = trace.assessed(run.number)
            #expect(assessed.failures == [], "without the first \(count) lines")
        }
    }

    @Test(arguments: runs)
    func `A message that the witness missed fails nobody where the trace says that it has losses`(run: Run) {
        for index in run.places {
            var trace = run.trace
            let label = trace.lines.remove(at: index).label
            trace.defects = ["A packet is missing."]
            trace.silence = .seconds(60)
            #expect(trace.assessed(run.number).failures == [], "without \(label)")
        }
    }

    @Test(arguments: runs.filter { $0.trace.sipTransport == .udp })
    func `A SIP message that comes again changes nothing`(run: Run) {
        for line in run.places.map({ run.trace.lines[$0] }) where line.transport == .udp {
            for delay in [Duration.microseconds(500), .seconds(4)] {
                var trace = run.trace
                trace.repeat(line.label, after: delay)
                let assessed = trace.assessed(run.number)
                #expect(assessed.complaints == [], "\(line.label) again after \(delay)")
            }
        }
    }

    @Test(arguments: runs)
    func `Requests that nobody asked for change nothing`(run: Run) {
        for line in run.places.map({ run.trace.lines[$0] }) where !line.label.hasPrefix("open") {
            var trace = run.trace
            trace.insert(after: line.label) { trace in
                for client in [PartyName.a, .b] {
                    var options = trace.compose("OPTIONS", from: client, to: client)
                    options["From"] = "<sip:parley.example>;tag=probe\(trace.fresh())"
                    let asked = trace.send(options, from: .server, to: client)
                    trace.answer(asked, 200)
                    let own = trace.send(
                        trace.compose("OPTIONS", from: client, to: client, uri: "sip:parley.example"), from: client,
                        to: .server)
                    trace.answer(own, 200)
                }
            }
            #expect(trace.assessed(run.number).complaints == [], "after \(line.label)")
        }
    }

    @Test(arguments: runs.filter { $0.trace.sipTransport == .udp })
    func `Datagrams that overtake each other fail nobody`(run: Run) {
        for index in run.trace.lines.indices.dropLast() {
            var trace = run.trace
            let pair = [trace.lines[index], trace.lines[index + 1]]
            guard pair.allSatisfy({ $0.transport == .udp }), pair[0].receiver == pair[1].receiver,
                pair[0].sender == .server
            else { continue }
            trace.keepsOrder = false
            trace.silence = .seconds(4)
            trace.lines.swapAt(index, index + 1)
            (trace.lines[index].time, trace.lines[index + 1].time) = (pair[0].time, pair[1].time)
            let assessed = trace.assessed(run.number)
            #expect(assessed.complaints == [], "\(pair[1].label) before \(pair[0].label)")
        }
    }

    @Test(arguments: runs)
    func `The numbers of packets change nothing but the references`(run: Run) {
        var trace = run.trace.trace()
        let plain = Assessor(Courtroom.testCase(run.number)).assess(trace)
        for index in trace.entries.indices { trace.entries[index].packet = 1000 - index }
        let numbered = Assessor(Courtroom.testCase(run.number)).assess(trace)
        #expect(numbered.findings.map(\.line) == plain.findings.map(\.line))
        #expect(numbered.findings.map(\.numbers) == plain.findings.map(\.numbers))
    }

    @Test func `The same trace is always judged the same`() {
        var trace = TraceBuilder.case101()
        trace.omit("ACK server→B", "REPORT server→A", "200 BYE B→server")
        trace.change("INVITE A→server") { text in
            text["Max-Forwards"] = nil
            text["From"] = "nonsense"
        }
        trace.silence = .seconds(60)
        let first = trace.assessed(101).findings
        for _ in 1...20 { #expect(trace.assessed(101).findings == first) }
    }
}
