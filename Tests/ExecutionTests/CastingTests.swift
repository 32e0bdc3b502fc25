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
}
