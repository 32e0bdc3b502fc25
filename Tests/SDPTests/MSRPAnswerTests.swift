import SDP
import Testing

struct AnswerVector: Decodable, CustomStringConvertible {
    let name: String
    let offer: [String]
    let answer: [String]
    let problems: [Place]

    var description: String { name }

    static let all = Vectors.read("answers", as: [AnswerVector].self)
}

struct MSRPAnswerTests {
    @Test(arguments: AnswerVector.all)
    func `an answer has exactly the problems its vector names`(_ vector: AnswerVector) throws {
        let offer = try SessionDescription(parsing: Vectors.bytes(vector.offer))
        let answer = try SessionDescription(parsing: Vectors.bytes(vector.answer))
        let problems = MSRPAnswer(answer, to: offer).problems
        #expect(problems.map { Place($0.rule.rawValue, $0.line) } == vector.problems)
        #expect(problems.allSatisfy { !$0.clause.isEmpty && $0.explanation.hasSuffix(".") })
    }

    @Test(arguments: MSRPAnswer.Problem.Rule.allCases)
    func `every rule has an answer that breaks it`(_ rule: MSRPAnswer.Problem.Rule) {
        #expect(AnswerVector.all.contains { $0.problems.contains { $0.rule == rule.rawValue } })
    }

    @Test(arguments: Direction.allCases)
    func `the mirrored direction is always a right answer, and mirrors back`(_ direction: Direction) {
        #expect(direction.mirrored.mayAnswer(direction))
        #expect(direction.mirrored.mirrored == direction)
    }
}
