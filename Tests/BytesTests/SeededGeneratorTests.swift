import Bytes
import Testing

struct SeededGeneratorTests {
    @Test func `The numbers are those of SplitMix64`() {
        var generator = SeededGenerator(seed: 1_234_567)
        let published: [UInt64] = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        let drawn = published.map { _ in generator.next() }
        #expect(drawn == published)
    }

    @Test(arguments: [0, 1, 42, .max] as [UInt64]) func `A seed repeats its numbers`(seed: UInt64) {
        var first = SeededGenerator(seed: seed)
        var second = SeededGenerator(seed: seed)
        let tokens = (first.token(length: 40), second.token(length: 40))
        #expect(tokens.0 == tokens.1)
        let numbers = (first.next(), second.next())
        #expect(numbers.0 == numbers.1)
    }

    @Test func `A part that is split off does not disturb the rest`() {
        var first = SeededGenerator(seed: 7)
        var second = first
        var part = first.split()
        _ = second.split()
        _ = part.next()
        let numbers = (first.next(), second.next())
        #expect(numbers.0 == numbers.1)
    }

    @Test func `A token is lower-case letters and digits of the length asked for`() {
        var generator = SeededGenerator(seed: 3)
        let token = generator.token(length: 200)
        #expect(token.utf8.count == 200)
        #expect(token.utf8.allSatisfy { $0.isDigit || ($0.isAlpha && $0.lowercased == $0) })
    }
}
