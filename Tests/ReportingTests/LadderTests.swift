import Conformance
import Network
import Reporting
import Testing

@Suite struct LadderTests {
    @Test(arguments: [
        (["A"], ["A", "server"]), (["B", "A"], ["A", "server", "B"]), (["A", "B", "C"], ["A", "B", "server", "C"]),
        (["D", "A", "C", "B"], ["A", "B", "server", "C", "D"]),
    ])
    func `The server stands between the clients`(clients: [String], lifelines: [String]) {
        var result = Sample.passed
        result.messages = []
        result.cast = Cast(
            clients.map { Party(name: PartyName($0), role: .client, imAddress: nil, addresses: []) }
                + [Party(name: .server, role: .server, imAddress: nil, addresses: [])])
        #expect(Ladder(result).lifelines.map(\.name) == lifelines)
    }

    @Test func `A stranger gets a lifeline of its own, named by its address`() {
        let ladder = Ladder(Sample.failed)
        #expect(ladder.lifelines.map(\.name) == ["A", "server", "B", "127.0.0.99"])
        #expect(ladder.lifelines.last?.detail == "not in the cast")
        #expect(ladder.rows[14].from == 3)
    }

    @Test func `A pause of a second and more is shown`() {
        let pauses = Ladder(Sample.failed).rows.compactMap(\.pause)
        #expect(pauses == [.milliseconds(31_992)])
    }

    @Test func `A message is marked by the gravest finding that cites it, and a pass does not mark`() {
        let rows = Ladder(Sample.failed).rows
        #expect(rows[10].mark == .fail)
        #expect(rows[10].citations == [0, 3])
        #expect(rows[13].mark == .fail)
        #expect(rows[13].citations == [0, 4])
        #expect(rows[12].mark == nil)
    }

    @Test func `The text of a ladder shows direction, number, time, step, pause and mark`() {
        var result = Sample.failed
        result.messages = [8, 10, 11, 13].map { result.messages[$0] }
        let text = """
            IM-2.0-int-201  Page to a user
            interop fail, conformance fail

                                          A                              server                               B
                                          │                                 │                                 │
                 #9    +0.000 s  1        │── SIP MESSAGE sip:bob.k3f9a@… ─▶│                                 │
            ✗   #11    +0.004 s  1        │                                 │── SIP MESSAGE sip:bob.k3f9a@… ─▶│
                #12    +0.009 s  1        │                                 │◀╌╌ SIP 200 OK (MESSAGE) ╌╌╌╌╌╌╌╌│
                     … 31.99 s            ┊                                 ┊                                 ┊
            ✗   #14   +32.004 s  1        │                                 │── SIP MESSAGE sip:bob.k3f9a@… ─▶│

            """
        #expect(String(decoding: LadderText(result).bytes, as: UTF8.self) == text)
    }

    @Test func `Every row of the text has the same width, whatever the label`() {
        let lines = String(decoding: LadderText(Sample.passed).bytes, as: UTF8.self).split(separator: "\n").dropFirst(3)
        #expect(Set(lines.map(\.columnCount)) == [30 + 2 * 34 + 1])
    }

    @Test func `A case without messages says so`() {
        let text = String(decoding: LadderText(Sample.broken).bytes, as: UTF8.self)
        #expect(text.hasSuffix("No messages were seen.\n"))
    }
}
