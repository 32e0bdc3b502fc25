import Foundation
import HTTPSyntax

/// Reads the vectors under fixtures/http.
enum Vectors {
    static func read<Vector: Decodable>(_ file: String, as type: [Vector].Type) -> [Vector] {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url = repository.appending(path: "fixtures/http/vectors/\(file).json")
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: url))
        } catch {
            preconditionFailure("\(url.path): \(error)")
        }
    }
}

/// A message and what it holds.
struct MessageVector: Decodable, CustomStringConvertible {
    struct Expectation: Decodable {
        var method: String?
        var target: String?
        var version: String?
        var status: Int?
        var reason: String??
        var mediaType: String?
        var content: String?
        var closes: Bool?
        var awaitsContinue: Bool?
    }

    let name: String
    let lines: [String]
    let expected: Expectation

    var description: String { name }
    var bytes: [UInt8] { Array(lines.joined(separator: "\r\n").utf8) }

    static let all = Vectors.read("messages", as: [MessageVector].self)
}

/// Bytes that are no message.
struct FailureVector: Decodable, CustomStringConvertible {
    let name: String
    let raw: String
    let rule: String
    let offset: Int

    var description: String { name }

    static let all = Vectors.read("failures", as: [FailureVector].self)
}
