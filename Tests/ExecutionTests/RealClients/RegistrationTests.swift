import Actors
import Bytes
import Conformance
import Network
import ReferenceServer
import TestSupport
import Testing

@testable import Execution

/// What is kept of registrations from one test case to the next, and how long they are waited for.
struct RegistrationTests {
    private static let start = TraceBuilder.start

    private static func trace(_ build: (inout TraceBuilder) -> Void) -> [TraceEntry] {
        var trace = TraceBuilder()
        trace.witness = .path
        build(&trace)
        return trace.trace().entries
    }

    private static func record(_ build: (inout TraceBuilder) -> Void) -> RegistrationRecord {
        RegistrationRecord(trace(build))
    }

    // MARK: The record

    @Test func `A registration and the settings are kept with their answers, and nothing else`() {
        let login = Self.trace { $0.logIn(.a) }
        let record = Self.record { trace in
            trace.logIn(.a)
            trace.page()
        }
        #expect(record.entries.map(\.content) == login.map(\.content))
        #expect(record.addresses(of: PartyName.a.uri) == [PartyName.a.address])
        #expect(record.hasPublished(PartyName.a.uri))
        #expect(record.addresses(of: PartyName.b.uri) == [])
    }

    @Test func `A registration replaces the one before`() {
        let record = Self.record { trace in
            for _ in 1...3 { trace.answer(trace.register(.a, expires: 3600), 200) }
        }
        #expect(record.entries.count == 4, "the last two, for the one before may be the challenge of the last")
    }

    @Test func `A deregistration removes the registration and the settings`() {
        let record = Self.record { trace in
            trace.logIn(.a)
            trace.logIn(.b)
            trace.logOut(.a)
        }
        #expect(record.addresses(of: PartyName.a.uri) == [])
        #expect(!record.hasPublished(PartyName.a.uri))
        #expect(record.addresses(of: PartyName.b.uri) == [PartyName.b.address])
    }

    @Test func `A registration that is refused is none, and one that is not answered yet may become one`() {
        #expect(Self.record { $0.answer($0.register(.a, expires: 3600), 403, "Forbidden") }.entries.isEmpty)
        let open = Self.record { _ = $0.register(.a, expires: 3600) }
        #expect(open.entries.count == 1)
        #expect(open.addresses(of: PartyName.a.uri) == [])
    }

    @Test func `The challenge before a registration belongs to it`() {
        let record = Self.record { trace in
            trace.answer(trace.register(.a, expires: 3600), 401, "Unauthorized")
            trace.answer(trace.register(.a, expires: 3600), 200)
        }
        #expect(record.entries.count == 4)
    }

    @Test func `A refreshed publication does not replace the settings`() {
        let record = Self.record { trace in
            trace.logIn(.a)
            var refresh = trace.compose("PUBLISH", from: .a, to: .a)
            refresh.add("Event", "poc-settings")
            trace.answer(trace.send(refresh, from: .a, to: .server), 200)
        }
        #expect(record.entries.contains { $0.text.contains("poc-settings+xml") })
        #expect(record.hasPublished(PartyName.a.uri))
    }

    @Test func `The opening of a connection is kept with the registration that came by it`() {
        let record = Self.record { trace in
            trace.sipTransport = .tcp
            trace.logIn(.a)
        }
        #expect(record.entries.first?.content == .opened)
        #expect(record.addresses(of: PartyName.a.uri) == [PartyName.a.address])
        #expect(record.entries(of: [PartyName.b.address]).isEmpty)
        #expect(record.entries(of: [PartyName.a.address]) == record.entries)
    }

    // MARK: The wait

    private static let users = [Play.a: PartyName.a.uri, Play.b: PartyName.b.uri]

    @Test func `While somebody is missing the deadline stays`() {
        var wait = RegistrationWait(for: Self.users, until: Self.start + .seconds(60))
        let arrivals = wait.look(at: Self.record { $0.logIn(.a) }, time: Self.start + .seconds(1))
        #expect(arrivals.map(\.party) == [Play.a])
        #expect(arrivals.map(\.address) == [PartyName.a.address])
        #expect(!wait.isOver)
        #expect(wait.deadline == Self.start + .seconds(60))
        #expect(wait.look(at: Self.record { $0.logIn(.a) }, time: Self.start + .seconds(2)).isEmpty)
    }

    @Test func `Everybody with settings is all there is to wait for`() {
        var wait = RegistrationWait(for: Self.users, until: Self.start + .seconds(60))
        let record = Self.record { trace in
            trace.logIn(.a)
            trace.logIn(.b)
        }
        #expect(wait.look(at: record, time: Self.start).count == 2)
        #expect(wait.isOver)
    }

    @Test func `Settings may come for a while after the last registration, and that once`() {
        var wait = RegistrationWait(for: [Play.a: PartyName.a.uri], until: Self.start + .seconds(60))
        let registered = Self.record { $0.answer($0.register(.a, expires: 3600), 200) }
        #expect(wait.look(at: registered, time: Self.start + .seconds(10)).count == 1)
        #expect(!wait.isOver)
        #expect(wait.deadline == Self.start + .seconds(10) + RegistrationWait.grace)
        _ = wait.look(at: registered, time: Self.start + .seconds(12))
        #expect(wait.deadline == Self.start + .seconds(10) + RegistrationWait.grace)
        _ = wait.look(at: Self.record { $0.logIn(.a) }, time: Self.start + .seconds(13))
        #expect(wait.isOver)
    }

    @Test func `What is missing at the deadline does not come`() {
        var wait = RegistrationWait(for: Self.users, until: Self.start)
        _ = wait.look(at: Self.record { $0.logIn(.a) }, time: Self.start)
        wait.giveUp()
        #expect(wait.isOver)
        #expect(wait.found == [Play.a: [PartyName.a.address]])
    }

    // MARK: The server that sees them

    private static func server(ownAddresses: Set<IPAddress> = []) -> WitnessedServer {
        let configuration = ReferenceServer.Configuration(
            domain: "parley.example", address: PartyName.server.address)
        return WitnessedServer(ReferenceServer(configuration: configuration, seed: 1), ownAddresses: ownAddresses)
    }

    private static var register: [UInt8] {
        var trace = TraceBuilder()
        trace.sipTransport = .tcp
        return trace.register(.a, expires: 3600).text.bytes
    }

    @Test(arguments: [1, 7, 10_000])
    func `A registration over TCP is seen in whatever pieces it comes`(size: Int) {
        var server = Self.server()
        let (local, remote) = (
            SocketAddress(PartyName.server.address, port: 5060), SocketAddress(PartyName.a.address, port: 40_000)
        )
        var entries = server.handle(.accepted(ConnectionID(1), local: local, remote: remote), at: Self.start).entries
        for start in stride(from: 0, to: Self.register.count, by: size) {
            let piece = Array(Self.register[start..<min(start + size, Self.register.count)])
            entries += server.handle(.received(ConnectionID(1), piece), at: Self.start).entries
        }
        #expect(server.registrations.addresses(of: PartyName.a.uri) == [PartyName.a.address])
        #expect(server.registrations.entries.first?.content == .opened)
        #expect(entries.allSatisfy { $0.witness == .path })
    }

    @Test func `Of clients that are simulated the server is no witness`() {
        var server = Self.server(ownAddresses: [PartyName.a.address])
        let done = server.handle(
            .datagram(
                Self.register, from: SocketAddress(PartyName.a.address, port: 5060),
                to: SocketAddress(PartyName.server.address, port: 5060)), at: Self.start)
        #expect(!done.effects.isEmpty)
        #expect(done.entries.isEmpty)
        #expect(server.revision == 0)
    }

    @Test func `Before they begin, a real client is seen where they would be`() throws {
        var options = CastingOptions()
        options.realAddresses[Play.a] = []
        let casting = Casting(Play.conversation, slot: 78, identity: "", options: options)
        let standing = try StandingServer(casting, seed: 1, defects: [])
        let bob = SocketAddress(try #require(casting.clients.first).address, port: 5060)
        let proxy = SocketAddress(try #require(casting.server).address, port: 5060)
        var (isTold, isSeen) = (false, false)
        let found = try standing.waitForRegistrations(
            of: [Play.a: PartyName.a.uri], patience: .seconds(5), observe: { _, _ in isSeen = true },
            isStopped: {
                if !isTold {
                    _ = standing.server.handle(.datagram(Self.register, from: bob, to: proxy), at: Self.start)
                }
                isTold = true
                return isSeen
            })
        #expect(found == [Play.a: [bob.address]])
        #expect(standing.server.ownAddresses.contains(bob.address))
    }
}

extension TraceEntry {
    fileprivate var text: String {
        switch content {
        case .datagram(let bytes), .stream(let bytes): String(decoding: bytes, as: UTF8.self)
        case .opened, .gap, .closed: ""
        }
    }
}
