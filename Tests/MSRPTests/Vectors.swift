import Foundation
import MSRP

/// Reads the vectors under fixtures/msrp.
enum Vectors {
    static func read<Vector: Decodable>(_ file: String, as type: [Vector].Type) -> [Vector] {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let url = repository.appending(path: "fixtures/msrp/vectors/\(file).json")
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
        var transactionID: String?
        var method: String?
        var status: Int?
        var comment: String?
        var toPath: [String]?
        var fromPath: [String]?
        var messageID: String?
        var byteRange: String?
        var successReport: Bool?
        var failureReport: String?
        var statusHeader: Int?
        var contentType: String?
        var body: String?
        var continuation: String?
        /// The keys that are given, be it as null.
        let given: Set<String>

        enum CodingKeys: String, CodingKey, CaseIterable {
            case transactionID, method, status, comment, toPath, fromPath, messageID, byteRange, successReport
            case failureReport, statusHeader, contentType, body, continuation
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            given = Set(values.allKeys.map(\.stringValue))
            transactionID = try values.decodeIfPresent(String.self, forKey: .transactionID)
            method = try values.decodeIfPresent(String.self, forKey: .method)
            status = try values.decodeIfPresent(Int.self, forKey: .status)
            comment = try values.decodeIfPresent(String.self, forKey: .comment)
            toPath = try values.decodeIfPresent([String].self, forKey: .toPath)
            fromPath = try values.decodeIfPresent([String].self, forKey: .fromPath)
            messageID = try values.decodeIfPresent(String.self, forKey: .messageID)
            byteRange = try values.decodeIfPresent(String.self, forKey: .byteRange)
            successReport = try values.decodeIfPresent(Bool.self, forKey: .successReport)
            failureReport = try values.decodeIfPresent(String.self, forKey: .failureReport)
            statusHeader = try values.decodeIfPresent(Int.self, forKey: .statusHeader)
            contentType = try values.decodeIfPresent(String.self, forKey: .contentType)
            body = try values.decodeIfPresent(String.self, forKey: .body)
            continuation = try values.decodeIfPresent(String.self, forKey: .continuation)
        }
    }

    let name: String
    let lines: [String]
    let expected: Expectation
    let flaws: [String]

    var description: String { name }
    var bytes: [UInt8] { Array(lines.map { $0 + "\r\n" }.joined().utf8) }

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
