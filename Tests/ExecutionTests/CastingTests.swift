import Conformance
import Execution
import Network
import Testing

/// Where the clients are, before a case is cast.
struct CastingTests {
    @Test func `The clients of every block are known, and neither servers nor what is not used are among them`() {
        var options = CastingOptions()
        options.server = SocketAddress(IPAddress(127, 0, 9, 1), port: 5060)
        options.otherAddresses = [IPAddress(127, 0, 9, 2)]
        let addresses = Casting.addressesOfClients(slots: 3...4, options: options)
        #expect(addresses == Set([3, 4].flatMap { slot in (11...14).map { IPAddress(127, 0, slot, $0) } }))
    }

    @Test func `A client that has an address of its own is nowhere else`() {
        var options = CastingOptions()
        options.clients = [IPAddress(192, 0, 2, 7), IPAddress(192, 0, 2, 8)]
        let expected = Set(options.clients + [IPAddress(127, 0, 3, 13), IPAddress(127, 0, 3, 14)])
        #expect(Casting.addressesOfClients(slots: 3...3, options: options) == expected)
    }

    private static let real: Casting = {
        var options = CastingOptions()
        options.imAddresses[Play.a] = "sip:alice@parley.example"
        options.realAddresses[Play.a] = []
        return Casting(Play.conversation, slot: 3, identity: "", options: options)
    }()

    @Test(arguments: [UInt8(12), 21])
    func `A real client that is where Parley is itself is told so, and where it can go`(host: UInt8) {
        #expect(
            Self.real.objection(to: [Play.a: [IPAddress(127, 0, 3, host)]])
                == "Somebody registers as sip:alice@parley.example from 127.0.3.\(host), which Parley uses itself; run the "
                + "client at another address, such as 127.0.3.11.")
    }

    @Test func `A real client may be anywhere else, but not where another is`() {
        #expect(Self.real.objection(to: [:]) == nil)
        for host: UInt8 in [1, 11, 15, 22, 31] {
            #expect(Self.real.objection(to: [Play.a: [IPAddress(127, 0, 3, host)]]) == nil)
        }
        let server = Self.real.objection(to: [Play.a: [IPAddress(127, 0, 3, 10)]])
        #expect(server?.contains("which is the address of the reference server") == true)
        let one = [IPAddress(192, 0, 2, 7)]
        #expect(Self.real.objection(to: [Play.a: one, Play.b: one])?.contains("which is the address of A") == true)
    }
}
