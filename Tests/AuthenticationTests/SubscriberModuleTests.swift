import Bytes
import Testing

@testable import Authentication

/// AKAv1-MD5 as a SIM card and its network play it.
///
/// RFC 3310, 3GPP TS 33.102 §6.3
struct SubscriberModuleTests {
    /// The test sets 1 and 2 of 3GPP TS 35.208 §4.3.
    struct TestSet: Sendable {
        var key, challenge, sequence, field, variant, encryptedVariant: String
        var network, module, response, anonymity, resynchronization: String
    }

    static let sets = [
        TestSet(
            key: "465b5ce8b199b49faa5f0a2ee238a6bc", challenge: "23553cbe9637a89d218ae64dae47bf35",
            sequence: "ff9bb4d0b607", field: "b9b9", variant: "cdc202d5123e20f62b6d676ac72cb318",
            encryptedVariant: "cd63cb71954a9f4e48a5994e37a02baf", network: "4a9ffac354dfafb3",
            module: "01cfaf9ec4e871e9", response: "a54211d5e3ba50bf", anonymity: "aa689c648370",
            resynchronization: "451e8beca43b"),
        TestSet(
            key: "fec86ba6eb707ed08905757b1bb44b8f", challenge: "9f7c8d021accf4db213ccff0c7f71a6a",
            sequence: "9d0277595ffc", field: "725c", variant: "dbc59adcb6f9a0ef735477b7fadf8374",
            encryptedVariant: "1006020f0a478bf6b699f15c062e42b3", network: "9cabc3e99baf7281",
            module: "95814ba2b3044324", response: "8011c48c0c214ed2", anonymity: "33484dc2136b",
            resynchronization: "deacdd848cc6"),
    ]

    @Test(arguments: sets)
    func `The functions give what the test sets say`(set: TestSet) throws {
        for milenage in [
            Milenage(key: bytes(set.key), variant: bytes(set.variant)),
            Milenage(key: bytes(set.key), encryptedVariant: bytes(set.encryptedVariant)),
        ] {
            let milenage = try #require(milenage)
            let codes = milenage.codes(
                challenge: bytes(set.challenge), sequence: bytes(set.sequence), field: bytes(set.field))
            #expect(codes.network == bytes(set.network) && codes.module == bytes(set.module))
            let answer = milenage.response(to: bytes(set.challenge))
            #expect(answer.response == bytes(set.response) && answer.anonymity == bytes(set.anonymity))
            #expect(
                milenage.resynchronizationAnonymity(for: bytes(set.challenge)) == bytes(set.resynchronization))
        }
    }

    @Test(arguments: [0, 15, 17, 32])
    func `Keys of another length are none`(count: Int) {
        let right = [UInt8](repeating: 1, count: 16)
        #expect(Milenage(key: [UInt8](repeating: 1, count: count), variant: right) == nil)
        #expect(Milenage(key: right, encryptedVariant: [UInt8](repeating: 1, count: count)) == nil)
    }

    /// The network of the subscriber.
    struct Network {
        var milenage: Milenage
        var sequence: UInt64 = 100

        func challenge(_ first: UInt8) -> DigestChallenge {
            let random = (0..<16).map { first &+ $0 }
            let number = (0..<6).map { UInt8(truncatingIfNeeded: sequence >> (8 * (5 - UInt64($0)))) }
            let code = milenage.codes(challenge: random, sequence: number, field: [0x80, 0]).network
            let token = number.xor(milenage.response(to: random).anonymity) + [0x80, 0] + code
            return DigestChallenge(
                realm: "example.com", nonce: Base64.text(of: random + token), algorithm: .akaV1MD5)
        }

        func isRight(_ credentials: DigestCredentials, _ challenge: DigestChallenge) -> Bool {
            let random = Array((Base64.bytes(of: challenge.nonce) ?? []).prefix(16))
            let password = milenage.response(to: random).response
            return credentials.response
                == credentials.expectedResponse(password: password, method: "REGISTER", content: [])
        }
    }

    private let milenage: Milenage
    private var network: Network
    private var responder: DigestResponder

    init() throws {
        milenage = try #require(Milenage(key: bytes(Self.sets[0].key), variant: bytes(Self.sets[0].variant)))
        network = Network(milenage: milenage)
        responder = DigestResponder(
            username: "ann@example.com", secret: .subscriber(SubscriberModule(milenage)),
            generator: SeededGenerator(seed: 1))
    }

    /// Whether a challenge is answered, after these credentials were refused.
    private mutating func accepts(_ challenge: DigestChallenge, after refused: [DigestCredentials] = []) -> Bool {
        responder.accept([challenge], after: refused)
    }

    private mutating func credentials() -> [DigestCredentials] {
        responder.credentials(method: "REGISTER", uri: "sip:example.com", content: [])
    }

    @Test mutating func `A challenge of its own network is answered with what the card gives`() throws {
        let challenge = network.challenge(7)
        let isAnswered1 = accepts(challenge)
        #expect(isAnswered1)
        let all = credentials()
        let first = try #require(all.first)
        #expect(network.isRight(first, challenge))
        #expect(first.description.contains("algorithm=AKAv1-MD5") && !first.description.contains("auts"))
        // The nonce is good for the next request too, which the card is not asked for again.
        let others = credentials()
        let second = try #require(others.first)
        #expect(network.isRight(second, challenge))
        #expect(DigestCredentials(parsing: first.description) == first)
    }

    @Test mutating func `A network that may ask anew is answered, and one that refuses the answer is not asked again`()
        throws
    {
        let isAnswered2 = accepts(network.challenge(1))
        #expect(isAnswered2)
        let refused = credentials()
        network.sequence += 1
        let isAnswered3 = accepts(network.challenge(2), after: refused)
        #expect(!isAnswered3)
        // Used once already, it was right, and the network wants to know again.
        let later = credentials()
        let isAnswered4 = accepts(network.challenge(3), after: later)
        #expect(isAnswered4)
    }

    @Test mutating func `A network that is behind is told how far, and catches up`() throws {
        let isAnswered5 = accepts(network.challenge(1))
        #expect(isAnswered5)
        network.sequence = 60
        let old = network.challenge(2)
        let isAnswered6 = accepts(old)
        #expect(isAnswered6)
        let answers = credentials()
        let told = try #require(answers.first)
        #expect(told.response == told.expectedResponse(password: [], method: "REGISTER", content: []))
        let token = try #require(told.synchronization.flatMap(Base64.bytes))
        let random = Array(try #require(Base64.bytes(of: old.nonce)).prefix(16))
        let hidden = Array(token[..<6]).xor(milenage.resynchronizationAnonymity(for: random))
        #expect(hidden.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } == 100)
        #expect(
            milenage.codes(challenge: random, sequence: hidden, field: [0, 0]).module == Array(token[6...]))
        network.sequence = 101
        let next = network.challenge(3)
        let isAnswered7 = accepts(next, after: [told])
        #expect(isAnswered7)
        let all = credentials()
        let right = try #require(all.first)
        #expect(network.isRight(right, next))
    }

    @Test mutating func `Another network, and noise, are not answered`() throws {
        let stranger = try #require(
            Milenage(key: bytes(Self.sets[1].key), variant: bytes(Self.sets[1].variant)))
        let isAnswered8 = accepts(Network(milenage: stranger).challenge(1))
        #expect(!isAnswered8)
        for nonce in ["", "AAAA", "no base64", Base64.text(of: [UInt8](repeating: 0, count: 31))] {
            let noise = DigestChallenge(realm: "example.com", nonce: nonce, algorithm: .akaV1MD5)
            let isAnswered = accepts(noise)
            #expect(!isAnswered, "\(nonce)")
        }
        let none = credentials()
        #expect(none.isEmpty)
    }

    @Test mutating func `A card gives no password, and who has a password has no card`() {
        let plain = DigestChallenge(realm: "example.com", nonce: "n", algorithm: .md5)
        let isAnswered9 = accepts(plain)
        #expect(!isAnswered9)
        var other = DigestResponder(
            username: "ann", secret: .password("secret"), generator: SeededGenerator(seed: 1))
        let isCardAsked = other.accept([network.challenge(1)], after: [])
        #expect(!isCardAsked)
        // Of several challenges the one is taken that can be answered.
        let isPasswordAsked = other.accept([network.challenge(1), plain], after: [])
        #expect(isPasswordAsked)
    }
}

/// The bytes that pairs of hexadecimal digits write.
private func bytes(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
