import Network
import Testing

@testable import Transport

@Suite struct TLSSessionTests {
    private let world = TLSWorld()

    @Test(arguments: [TLSContext.Versions.current, .only12], [Int.max, 977, 1])
    func `Two sessions shake hands and talk, in pieces of any length`(versions: TLSContext.Versions, pieceLength: Int) {
        let pair = TLSPair(client: world.client(), server: world.server(versions: versions), pieceLength: pieceLength)
        pair.run()
        #expect(pair.areEstablished)
        pair.run(pair.client.send([1, 2, 3]), from: \.client)
        pair.run(pair.server.send([4, 5]), from: \.server)
        #expect(pair.serverReceived == [1, 2, 3])
        #expect(pair.clientReceived == [4, 5])
        #expect(pair.clientFault == nil)
    }

    @Test func `What is sent before the handshake is over goes out after it, and before the end`() {
        let pair = TLSPair(client: world.client(), server: world.server())
        #expect(pair.client.send([7]) == [])
        #expect(pair.client.send([8, 9]) == [])
        #expect(pair.client.close() == [])
        pair.run()
        #expect(pair.serverReceived == [7, 8, 9])
        #expect(pair.serverEffects.last == .ended)
    }

    @Test func `A megabyte arrives intact`() {
        let pair = TLSPair(client: world.client(), server: world.server(), pieceLength: 65_536)
        pair.run()
        let bytes = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 7) }
        pair.run(pair.client.send(bytes), from: \.client)
        #expect(pair.serverReceived == bytes)
    }

    @Test func `Both ends tell of the end, and either may still talk before it does`() {
        let pair = TLSPair(client: world.client(), server: world.server())
        pair.run()
        pair.run(pair.client.close(), from: \.client)
        #expect(pair.serverEffects.last == .ended)
        pair.run(pair.server.send([1]) + pair.server.close(), from: \.server)
        #expect(pair.clientReceived == [1])
        #expect(pair.clientEffects.last == .ended)
        #expect(pair.client.inputEnded() == [] && pair.server.inputEnded() == [])
    }

    @Test func `A stream that ends without close_notify is truncated`() {
        let pair = TLSPair(client: world.client(), server: world.server())
        pair.run()
        #expect(pair.client.inputEnded() == [.failed(.truncated)])
        #expect(pair.client.send([1]) == [])
    }

    @Test func `A stream that ends, or takes too long, during the handshake says so`() {
        let session = TLSSession(.opens, in: world.client(), expecting: .anybody)
        _ = session.start()
        #expect(session.inputEnded() == [.failed(.endedEarly)])
        let slow = TLSSession(.accepts, in: world.server(), expecting: .anybody)
        #expect(slow.start() == [])
        #expect(slow.giveUp() == [.failed(.tooSlow)])
    }

    @Test(arguments: [
        "SIP/2.0 200 OK\r\n\r\n", "HTTP/1.1 400 Bad Request\r\n\r\n", "\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}",
    ])
    func `What is no TLS is told from it`(garbage: String) {
        let session = TLSSession(.opens, in: world.client(), expecting: .anybody)
        _ = session.start()
        #expect(session.receive(Array(garbage.utf8)).last == .failed(.notTLS))
    }

    @Test func `Garbage of any kind fails at either end, and never traps`() {
        var generator = SystemRandomNumberGenerator()
        for length in 1...200 {
            let garbage = (0..<length * 3).map { _ in UInt8.random(in: 0...255, using: &generator) }
            for session in [
                TLSSession(.opens, in: world.client(), expecting: .anybody),
                TLSSession(.accepts, in: world.server(), expecting: .anybody),
            ] {
                _ = session.start()
                _ = session.receive([22, 3, 3, 0, UInt8(length)] + garbage)
                _ = session.inputEnded()
                #expect(!session.isEstablished)
            }
        }
    }

    @Test func `A record that has been altered on its way ends the connection`() {
        let pair = TLSPair(client: world.client(), server: world.server())
        pair.run()
        guard case .send(var record)? = pair.client.send([1, 2, 3]).first else {
            Issue.record("Nothing was sent")
            return
        }
        record[record.count - 1] ^= 1
        guard case .failed(.other(let reason))? = pair.server.receive(record).last else {
            Issue.record("It was taken")
            return
        }
        #expect(reason.contains("bad record mac"))
    }

    @Test func `Secrets are given for whoever reads the capture, once`() {
        let pair = TLSPair(client: world.client(), server: world.server())
        pair.run()
        let secrets = pair.client.takeSecrets()
        #expect(secrets.contains { $0.hasPrefix("CLIENT_TRAFFIC_SECRET_0 ") })
        #expect(Set(secrets) == Set(pair.server.takeSecrets()))
        #expect(pair.client.takeSecrets().isEmpty)
    }
}
