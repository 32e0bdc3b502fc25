import Actors
import Authentication
import Conformance
import HTTPSyntax
import SIPSyntax
import Testing

/// Answers to those who want to know who a client is.
///
/// RFC 3261 §22
@Suite struct ChallengeTests {
    private static let passwords = ["sip:alice@example.com": "wonderland", "sip:bob@example.com": "builder"]

    private static func world(
        _ methods: [SIPMethod: Int], password: String? = nil, qualities: [QualityOfProtection] = [.authentication]
    ) -> World {
        var world = World { profile in
            let name = String(profile.imAddress.dropFirst(4).prefix { $0 != "@" })
            profile.account = IMClient.Account(
                username: name, password: password ?? passwords[profile.imAddress] ?? "")
            profile.services = World.services
        }
        world.proxy.gate = Gate(methods, qualities: qualities)
        return world
    }

    private func numbers(_ requests: [SIPMessage]) -> [UInt32?] { requests.map { try? $0.cSeq()?.number } }

    private func credentials(_ request: SIPMessage, _ name: SIPFieldName) -> DigestCredentials? {
        request.first(name).flatMap(DigestCredentials.init(parsing:))
    }

    @Test(arguments: [[QualityOfProtection.authentication], [.integrity], []])
    func `A registration is tried again with credentials, as a new transaction of the same sequence`(
        qualities: [QualityOfProtection]
    ) throws {
        var world = Self.world([.register: 401], qualities: qualities)
        world.perform(World.alice, .logIn(.open))
        #expect(world.reports[World.alice] == [.loggedIn])
        let registers = world.requests(.register, from: World.alice)
        #expect(numbers(registers) == [1, 2])
        #expect(registers[0].callID == registers[1].callID)
        #expect(registers[0].first(.via) != registers[1].first(.via))
        #expect(registers[0].first(.authorization) == nil)
        let given = self.credentials(registers[1], .authorization)
        let credentials = try #require(given)
        #expect(credentials.username == "alice")
        #expect(credentials.uri == "sip:example.com")
        #expect(credentials.algorithm == .sha256)
    }

    @Test func `The nonce is used again, by the next request to the same server only`() throws {
        var world = Self.world([.register: 401])
        world.perform(World.alice, .logIn(.open))
        world.perform(World.alice, .logOut)
        #expect(world.reports[World.alice] == [.loggedIn, .loggedOut])
        let registers = world.requests(.register, from: World.alice)
        #expect(numbers(registers) == [1, 2, 3])
        let last = try #require(registers.last.flatMap { credentials($0, .authorization) })
        #expect(last.use?.count == "00000002")
        let publish = try #require(world.requests(.publish, from: World.alice).first)
        #expect(!publish.contains(.authorization) && !publish.contains(.proxyAuthorization))
    }

    @Test func `A proxy is answered in all that goes by it, once it has asked`() throws {
        var world = Self.world([.register: 407, .publish: 407, .message: 407])
        world.logIn()
        world.perform(World.alice, .page(text: "Hello", to: .user("sip:bob@example.com")))
        #expect(world.requests(.register, from: World.alice).count == 2)
        #expect(world.requests(.publish, from: World.alice).count == 1)
        let page = try #require(world.requests(.message, from: World.alice).first)
        #expect(credentials(page, .proxyAuthorization)?.use?.count == "00000003")
        #expect(world.requests(.message, from: World.core).count == 1)
    }

    @Test func `A stale nonce is replaced by the new one`() {
        var world = Self.world([.register: 401])
        world.perform(World.alice, .logIn(.open))
        world.proxy.gate?.staleness = 1
        world.perform(World.alice, .logOut)
        #expect(world.reports[World.alice] == [.loggedIn, .loggedOut])
        #expect(numbers(world.requests(.register, from: World.alice)) == [1, 2, 3, 4])
    }

    @Test func `A session that is set up through challenges runs as any other`() throws {
        var world = Self.world([.register: 401, .invite: 407, .bye: 407])
        world.establish()
        let invites = world.requests(.invite, from: World.alice)
        #expect(numbers(invites) == [1, 2])
        #expect(try invites[0].from()?.tag == invites[1].from()?.tag)
        // One ACK of the transaction for the 407, and one for the 200 with what its INVITE had.
        let acks = world.requests(.ack, from: World.alice)
        #expect(numbers(acks) == [1, 2])
        #expect(acks[1].first(.proxyAuthorization) == invites[1].first(.proxyAuthorization))
        #expect(world.heard(.established(session: "chat"), by: World.alice))

        world.perform(World.alice, .send(text: "Hello", session: "chat"))
        world.perform(World.alice, .leave(session: "chat"))
        #expect(numbers(world.requests(.bye, from: World.alice)) == [3])
        #expect(world.responses(to: .bye, from: World.bob).map(\.status) == [200])
    }

    @Test func `Who was called answers challenges in the dialog too`() {
        var world = Self.world([.bye: 407])
        world.establish()
        world.perform(World.bob, .leave(session: "invitation-1"))
        #expect(world.requests(.bye, from: World.bob).count == 2)
        #expect(world.responses(to: .bye, from: World.alice).map(\.status) == [200])
    }

    @Test func `An invitation that has been sent again is cancelled as it was sent`() throws {
        var world = Self.world([.invite: 407])
        world.logIn()
        world.perform(World.alice, .invite(.user("sip:bob@example.com"), session: "chat"))
        world.perform(World.alice, .leave(session: "chat"))
        let invite = try #require(world.requests(.invite, from: World.alice).last)
        let cancel = try #require(world.requests(.cancel, from: World.alice).first)
        #expect(try cancel.cSeq()?.number == invite.cSeq()?.number)
        #expect(try cancel.via()?.branch == invite.via()?.branch)
    }

    @Test func `A wrong password is tried once`() {
        var world = Self.world([.register: 401], password: "guess")
        world.perform(World.alice, .logIn(.open))
        #expect(world.reports[World.alice] == [.logInFailed(reason: "REGISTER: 401 Unauthorized")])
        #expect(world.requests(.register, from: World.alice).count == 2)
    }

    @Test func `A server that finds every nonce stale is not followed forever`() {
        var world = Self.world([.register: 401])
        world.proxy.gate?.staleness = 1000
        world.perform(World.alice, .logIn(.open))
        #expect(world.reports[World.alice] == [.logInFailed(reason: "REGISTER: 401 Unauthorized")])
        #expect(world.requests(.register, from: World.alice).count == 3)
    }

    @Test func `A challenge that cannot be answered is a refusal`() {
        var world = Self.world([:])
        world.proxy.registerStatus = 401
        world.perform(World.alice, .logIn(.open))
        #expect(world.requests(.register, from: World.alice).count == 1)
        #expect(world.reports[World.alice] == [.logInFailed(reason: "REGISTER: 401 Unauthorized")])
    }

    @Test func `A client without a password is refused`() {
        var world = World()
        world.proxy.gate = Gate([.register: 401])
        world.perform(World.alice, .logIn(.open))
        #expect(world.reports[World.alice] == [.logInFailed(reason: "REGISTER: 401 Unauthorized")])
        #expect(world.requests(.register, from: World.alice).count == 1)
    }

    @Test func `Where a request comes twice with the same credentials, the second refusal is answered as well`() {
        var world = Self.world([.register: 401])
        var lost = 0
        world.isLost = { message, from in
            guard from == World.core, message.status == 200, lost == 0 else { return false }
            lost += 1
            return true
        }
        world.perform(World.alice, .logIn(.open))
        #expect(numbers(world.requests(.register, from: World.alice)) == [1, 2, 2, 3])
        #expect(world.reports[World.alice] == [.loggedIn])
    }

    // MARK: Documents

    @Test func `A document server is answered, and the nonce is used again`() throws {
        var world = Self.world([:])
        world.xdms.gate = Gate([:])
        world.perform(World.alice, .list(.deferred))
        world.perform(World.alice, .list(.history))
        #expect(world.tellings == [.listed(.deferred, count: 0), .listed(.history, count: 0)])
        let requests = world.xdms.requests
        #expect(requests.map { $0.first(.authorization) == nil } == [true, false, false])
        let last = try #require(requests.last?.first(.authorization).flatMap(DigestCredentials.init(parsing:)))
        #expect(last.use?.count == "00000002")
        #expect(last.uri == World.historyList)
    }

    @Test func `A document server that is never content is not asked forever`() {
        var world = Self.world([:], password: "guess")
        world.xdms.gate = Gate([:])
        world.perform(World.alice, .list(.deferred))
        #expect(world.tellings == [.listFailed(.deferred, reason: "401 Unauthorized")])
        #expect(world.xdms.requests.count == 2)
        world.xdms.gate?.staleness = 1000
        world.perform(World.alice, .list(.deferred))
        #expect(world.xdms.requests.count <= 5)
    }
}
