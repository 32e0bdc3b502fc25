import Foundation

/// Reads the vectors under fixtures/sdp.
enum Vectors {
    static func read<Vector: Decodable>(_ file: String, as type: [Vector].Type) -> [Vector] {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url = repository.appending(path: "fixtures/sdp/vectors/\(file).json")
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: url))
        } catch {
            preconditionFailure("\(url.path): \(error)")
        }
    }

    static func bytes(_ lines: [String]) -> [UInt8] { Array(lines.map { $0 + "\r\n" }.joined().utf8) }
}

/// A rule id or a problem, and the line it is in.
struct Place: Decodable, Equatable {
    let rule: String
    let line: Int?

    init(_ rule: String, _ line: Int?) {
        self.rule = rule
        self.line = line
    }

    init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        rule = try pair.decode(String.self)
        line = try pair.decode(Int?.self)
    }
}

struct DescriptionVector: Decodable, CustomStringConvertible {
    struct Expectation: Decodable {
        var username: String?
        var sessionID: String?
        var sessionVersion: String?
        var host: String?
        var media: Int?
        var port: UInt16?
        var transport: String?
        var path: [String]?
        var acceptTypes: [String]?
        var acceptWrappedTypes: [String]?
        var maxSize: Int?
        var setup: String?
        var direction: String?
        var fileName: String?
        var fileSize: Int?
        var fileTransferID: String?
        var fileDisposition: String?
        var fileCreation: String?
    }

    let name: String
    let lines: [String]?
    let raw: String?
    let expected: Expectation
    let flaws: [Place]
    /// Whether the description is written back as it was read.
    let canonical: Bool

    var description: String { name }
    var bytes: [UInt8] { raw.map { Array($0.utf8) } ?? Vectors.bytes(lines ?? []) }

    static let all = Vectors.read("descriptions", as: [DescriptionVector].self)
}
