import Actors
import Bytes
import Conformance
import HTTPSyntax
import Network
import Testing

/// The exchanges with the document servers, seen through the lists that a user reads.
@Suite struct DocumentTests {
    private static let reference = "sip:m1@example.com"

    private func failure(of world: World) -> String? {
        guard case .listFailed(.deferred, let reason) = world.tellings.last else { return nil }
        return reason
    }

    @Test func `A list is fetched from the tree of the user, who says who he is`() throws {
        var world = World.withDocuments()
        world.perform(World.alice, .list(.deferred))
        let request = try #require(world.xdms.requests.first)
        #expect(request.method == "GET")
        #expect(request.target == World.deferredList)
        #expect(request.first(.host) == "127.0.0.1:8080")
        #expect(request.first(HTTPFieldName("X-XCAP-Asserted-Identity")) == "\"sip:alice@example.com\"")
        #expect(request.first(.userAgent)?.hasPrefix("IM-client/OMA1.0") == true)
    }

    @Test(arguments: [(MessageStore.deferred, World.deferredList), (.history, World.historyList)])
    func `The items of a list are counted`(store: MessageStore, target: String) {
        var world = World.withDocuments()
        world.xdms.store([Self.reference, "sip:m2@example.com"], at: target)
        world.perform(World.alice, .list(store))
        #expect(world.tellings == [.listed(store, count: 2)])
    }

    @Test func `A list that does not exist is empty`() {
        var world = World.withDocuments()
        world.perform(World.alice, .list(.history))
        #expect(world.tellings == [.listed(.history, count: 0)])
    }

    @Test func `A list that is refused, or that nobody can read, is none`() {
        var world = World.withDocuments()
        world.xdms.status = .forbidden
        world.perform(World.alice, .list(.deferred))
        #expect(failure(of: world) == "403 Forbidden")
        world.xdms.status = nil
        world.xdms.documents[World.deferredList] = Array("<history-list".utf8)
        world.perform(World.alice, .list(.deferred))
        #expect(failure(of: world)?.hasPrefix("The list cannot be read") == true)
    }

    @Test func `Without a root of XCAP there is no list`() {
        var world = World()
        world.perform(World.alice, .list(.deferred))
        #expect(failure(of: world) == "No document server is known")
    }

    // MARK: The connection

    @Test func `Requests share one connection, each after the response to the one before`() {
        var world = World.withDocuments()
        world.perform(World.alice, .list(.deferred), for: .zero)
        world.perform(World.alice, .list(.history), for: .milliseconds(3))
        #expect(world.xdms.requests.count == 1)
        world.run(for: .seconds(1))
        #expect(world.xdms.requests.count == 2)
        #expect(world.xdms.connections == 1)
        #expect(world.tellings == [.listed(.deferred, count: 0), .listed(.history, count: 0)])
    }

    @Test func `After a response that closes the connection comes another connection`() {
        var world = World.withDocuments()
        world.xdms.conduct = .closesPolitely
        world.perform(World.alice, .list(.deferred), for: .zero)
        world.perform(World.alice, .list(.history))
        #expect(world.xdms.connections == 2)
        #expect(world.tellings == [.listed(.deferred, count: 0), .listed(.history, count: 0)])
    }

    @Test func `A connection that ends instead of its first response has failed`() {
        var world = World.withDocuments()
        world.xdms.conduct = .closesAtOnce
        world.perform(World.alice, .list(.deferred))
        #expect(world.xdms.connections == 1)
        #expect(failure(of: world) == "The document server has closed the connection: closed by the peer")
    }

    @Test func `A request on a connection that had grown old is sent once more on another`() {
        var world = World.withDocuments()
        world.perform(World.alice, .list(.deferred))
        world.xdms.conduct = .closesAtOnce
        world.perform(World.alice, .list(.deferred))
        #expect(world.xdms.requests.count == 3)
        #expect(world.xdms.connections == 2)
        #expect(failure(of: world)?.hasPrefix("The document server has closed") == true)
    }

    @Test func `A server that does not answer is given 32 seconds`() {
        var world = World.withDocuments()
        world.xdms.conduct = .isSilent
        world.perform(World.alice, .list(.deferred), for: .seconds(31))
        #expect(world.tellings.isEmpty)
        world.run(for: .seconds(2))
        #expect(failure(of: world) == "No response of the document server in time")
    }

    @Test func `After a response that took too long the next request has a connection of its own`() {
        var world = World.withDocuments()
        world.xdms.conduct = .isSilent
        world.perform(World.alice, .list(.deferred), for: .seconds(1))
        world.perform(World.alice, .list(.history), for: .seconds(30))
        world.xdms.conduct = .answers
        world.run(for: .seconds(3))
        #expect(world.xdms.connections == 2)
        #expect(world.tellings.last == .listed(.history, count: 0))
    }

    @Test func `A server that refuses connections fails everything that waits for one`() {
        var world = World.withDocuments()
        world.refusesMSRP = true
        world.perform(World.alice, .list(.deferred), for: .zero)
        world.perform(World.alice, .list(.history))
        let reason = "No connection to the document server: connection refused"
        #expect(
            world.tellings == [.listFailed(.deferred, reason: reason), .listFailed(.history, reason: reason)])
    }

    @Test func `A server that never takes up the connection is given 32 seconds`() throws {
        var client = try #require(World.withDocuments().clients[World.alice])
        let effects = client.perform(.list(.deferred), at: Instant(nanoseconds: 0))
        let timer = try #require(
            effects.compactMap { if case .network(.arm(let timer, after: .seconds(32))) = $0 { timer } else { nil } }
                .first)
        let late = client.handle(.timer(timer), at: Instant(nanoseconds: 32_000_000_000))
        #expect(late.contains(.network(.close(ConnectionID(4)))))
        #expect(
            late.contains(
                .report(.listFailed(.deferred, reason: "No connection to the document server in time"))))
    }

    @Test func `What is no response fails the request and ends the connection`() {
        var world = World.withDocuments()
        world.xdms.conduct = .answersNonsense
        world.perform(World.alice, .list(.deferred))
        #expect(failure(of: world)?.hasPrefix("The response breaks") == true)
        world.xdms.conduct = .answers
        world.perform(World.alice, .list(.deferred))
        #expect(world.xdms.connections == 2)
        #expect(world.tellings.last == .listed(.deferred, count: 0))
    }

    /// What a client says of a list whose response comes in these pieces, one each so often, and how long it took.
    private func hear(
        _ pieces: some Sequence<[UInt8]>, every interval: Duration
    ) throws -> (reports: [ClientReport], time: Duration) {
        var client = try #require(World.withDocuments().clients[World.alice])
        let start = Instant(nanoseconds: 0)
        var due: [(timer: TimerID, time: Instant)] = []
        var now = start
        var reports: [ClientReport] = []
        func take(_ effects: [ClientEffect]) {
            for effect in effects {
                switch effect {
                case .report(let report): reports.append(report)
                case .network(.arm(let timer, after: let delay)): due.append((timer, now + delay))
                case .network(.cancel(let timer)): due.removeAll { $0.timer == timer }
                case .network: break
                }
            }
        }
        let local = SocketAddress(World.alice, port: 40_000)
        take(client.perform(.list(.deferred), at: now))
        take(client.handle(.connected(ConnectionID(4), local: local, remote: ScriptedXDMS.address), at: now))
        for piece in pieces where reports.isEmpty {
            now = now + interval
            for (timer, _) in due.filter({ $0.time <= now }) {
                due.removeAll { $0.timer == timer }
                take(client.handle(.timer(timer), at: now))
            }
            guard reports.isEmpty else { break }
            take(client.handle(.received(ConnectionID(4), piece), at: now))
        }
        return (reports, now - start)
    }

    @Test func `A response that comes a byte a second has its time and no more`() throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n"
        let (reports, time) = try hear(text.utf8.map { [$0] }, every: .seconds(1))
        #expect(reports == [.listFailed(.deferred, reason: "No response of the document server in time")])
        #expect(time <= .seconds(33))
    }

    @Test(
        arguments: [
            ("HTTP/1.1 200 OK\r\nX: ", "header limit"), ("HTTP/1.1 200 OK\r\n\r\n", "body limit"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "body limit"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFF\r\n", "body limit"),
        ])
    func `A response without end is given up before it fills the memory`(start: String, rule: String) throws {
        let filler = [UInt8](repeating: 0x61, count: 1 << 16)
        let pieces = [Array(start.utf8)] + Array(repeating: filler, count: 1 << 10)
        let (reports, _) = try hear(pieces, every: .microseconds(1))
        let failure = try #require(reports.first)
        guard case .listFailed(.deferred, let reason) = failure else {
            Issue.record("\(failure)")
            return
        }
        #expect(reason.contains(rule), "\(reason)")
    }

    @Test func `What nobody asked for ends the connection`() {
        var world = World.withDocuments()
        world.perform(World.alice, .list(.deferred))
        world.hear(
            .received(ConnectionID(4), Array("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8)), at: World.alice)
        #expect(world.tellings.last == .protocolTrouble("The document server sent what nobody asked for"))
        world.perform(World.alice, .list(.deferred))
        #expect(world.xdms.connections == 2)
    }

    @Test func `A response with another behind it is taken, and the connection given up`() throws {
        var client = try #require(World.withDocuments().clients[World.alice])
        let now = Instant(nanoseconds: 0)
        let local = SocketAddress(World.alice, port: 40_000)
        _ = client.perform(.list(.deferred), at: now)
        _ = client.handle(.connected(ConnectionID(4), local: local, remote: ScriptedXDMS.address), at: now)
        let one = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        let effects = client.handle(.received(ConnectionID(4), Array((one + one).utf8)), at: now)
        #expect(effects.contains(.report(.listed(.deferred, count: 0))))
        #expect(effects.contains(.network(.close(ConnectionID(4)))))
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `Garbled responses never trap the client, and the next list is read`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var client = try #require(World.withDocuments().clients[World.alice])
        let now = Instant(nanoseconds: 0)
        let local = SocketAddress(World.alice, port: 40_000)
        var server = ScriptedXDMS()
        server.store([Self.reference], at: "list")
        let body = server.documents["list"] ?? []
        let response = Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body
        func read(_ bytes: [UInt8]) -> ClientReport? {
            var effects = client.perform(.list(.deferred), at: now)
            let id = effects.compactMap { effect -> ConnectionID? in
                switch effect {
                case .network(.connect(let id, _, _)), .network(.write(let id, _)): id
                case .network, .report: nil
                }
            }.first
            guard let id else { return nil }
            effects = client.handle(.connected(id, local: local, remote: ScriptedXDMS.address), at: now)
            effects += client.handle(.received(id, bytes), at: now)
            effects += client.handle(.closed(id, reason: nil), at: now)
            return effects.compactMap { if case .report(let report) = $0 { report } else { nil } }.last
        }
        for _ in 0..<300 {
            var bytes = response
            for _ in 0..<Int.random(in: 1...5, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            #expect(read(bytes) != nil)
        }
        #expect(read(response) == .listed(.deferred, count: 1))
    }

    @Test func `Provisional responses and responses in pieces are awaited to their end`() throws {
        var client = try #require(World.withDocuments().clients[World.alice])
        let now = Instant(nanoseconds: 0)
        let local = SocketAddress(World.alice, port: 40_000)
        _ = client.perform(.list(.deferred), at: now)
        _ = client.handle(.connected(ConnectionID(4), local: local, remote: ScriptedXDMS.address), at: now)
        let text = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n..."
        var reports: [ClientReport] = []
        for byte in text.utf8.dropLast() {
            for effect in client.handle(.received(ConnectionID(4), [byte]), at: now) {
                if case .report(let report) = effect { reports.append(report) }
            }
        }
        #expect(reports == [.listed(.deferred, count: 0)])
    }

    @Test func `A response without a length ends with the connection`() throws {
        var client = try #require(World.withDocuments().clients[World.alice])
        let now = Instant(nanoseconds: 0)
        let local = SocketAddress(World.alice, port: 40_000)
        _ = client.perform(.list(.deferred), at: now)
        _ = client.handle(.connected(ConnectionID(4), local: local, remote: ScriptedXDMS.address), at: now)
        let body = "HTTP/1.1 200 OK\r\n\r\n<history-list xmlns=\"urn:oma:xml:im:history-list\"/>"
        #expect(client.handle(.received(ConnectionID(4), Array(body.utf8)), at: now).isEmpty)
        let effects = client.handle(.closed(ConnectionID(4), reason: nil), at: now)
        #expect(effects.contains(.report(.listed(.deferred, count: 0))))
    }

    @Test func `Logging out ends the connection, and logging in again makes another`() {
        var world = World.withDocuments()
        world.perform(World.alice, .logIn(.open))
        world.perform(World.alice, .logOut)
        #expect(world.xdms.connections == 1)
        world.perform(World.alice, .logIn(.open))
        #expect(world.xdms.connections == 2)
        #expect(world.tellings == [.loggedIn, .loggedOut, .loggedIn])
    }

    @Test func `What is still unanswered when the user logs out has failed`() {
        var world = World.withDocuments()
        world.xdms.conduct = .isSilent
        world.perform(World.alice, .list(.deferred))
        world.perform(World.alice, .logOut)
        #expect(world.tellings == [.listFailed(.deferred, reason: "The user has logged out"), .loggedOut])
    }

    @Test func `A list that the client reads for itself is no trouble when the user logs out`() {
        var world = World.withDocuments()
        world.xdms.conduct = .isSilent
        world.perform(World.alice, .logIn(.open))
        world.perform(World.alice, .logOut)
        #expect(world.tellings == [.loggedIn, .loggedOut])
    }

    // MARK: Metadata after the log-in

    @Test func `After the log-in the client reads what has come, and tells nobody`() {
        var world = World.withDocuments()
        world.perform(World.alice, .logIn(.open))
        #expect(world.xdms.requests.map(\.target) == [World.deferredList])
        #expect(world.tellings == [.loggedIn])
    }

    @Test func `What the server pushes the client does not look for`() {
        var world = World.withDocuments()
        var settings = Settings.open
        settings.wantsOfflineDelivery = true
        world.perform(World.alice, .logIn(settings))
        #expect(world.xdms.requests.isEmpty)
    }

    @Test func `A client that wants no push any more looks for what has come`() {
        var world = World.withDocuments()
        var settings = Settings.open
        settings.wantsOfflineDelivery = true
        world.perform(World.alice, .logIn(settings))
        world.perform(World.alice, .changeSettings(.open))
        #expect(world.xdms.requests.map(\.target) == [World.deferredList])
        #expect(world.tellings == [.loggedIn, .settingsPublished])
    }

    @Test func `Metadata that cannot be had is odd, and the log-in holds`() {
        var world = World.withDocuments()
        world.xdms.status = .internalServerError
        world.perform(World.alice, .logIn(.open))
        #expect(
            world.tellings == [
                .loggedIn,
                .protocolTrouble("The list of deferred messages cannot be had: 500 Internal Server Error"),
            ])
    }

    // MARK: Mutations

    @Test func `A mutation alters the request that it names`() {
        let position = SourcePosition(file: "test", line: 1, column: 1)
        var world = World.withDocuments()
        world.perform(
            World.alice, .list(.deferred),
            mutations: [
                Mutation(message: "GET", change: .set(field: "Host", value: "elsewhere"), position: position),
                Mutation(message: "GET", change: .set(field: "Request-URI", value: "/nowhere"), position: position),
                Mutation(message: "PUT", change: .omit(field: "User-Agent"), position: position),
            ])
        #expect(world.xdms.requests.map { $0.first(.host) } == ["elsewhere"])
        #expect(world.xdms.requests.map(\.target) == ["/nowhere"])
        #expect(world.xdms.requests.first?.first(.userAgent) != nil)
        world.perform(
            World.alice, .list(.deferred),
            mutations: [Mutation(message: "GET", change: .raw("Nonsense"), position: position)],
            for: .seconds(33))
        #expect(failure(of: world) == "No response of the document server in time")
    }
}
