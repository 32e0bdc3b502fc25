import Actors
import Conformance
import Discrimination
import ReferenceServer
import Scenarios
import TestSupport
import Testing

/// The matrix of scenarios and defects.
///
/// The whole of it is for `parley selftest`, which takes longer than a test may; here one case stands for all.
struct DefectTests {
    private static let row = DefectMatrix(of: [Theatre.testCase("IM-2.0-int-201")], workers: 1).rows.first

    @Test func `A scenario catches each defect that it claims to catch, by the checks it names, and no other`() throws {
        let row = try #require(Self.row)
        let file = "fixtures/claims/\(row.testCase.id).txt"
        let claims = Claims(String(decoding: try ProjectFiles.bytes(file), as: UTF8.self))
        #expect(claims.differences(from: row) == [])
    }

    @Test func `Each check can fail, nothing fails by itself, and the right party is blamed`() throws {
        let row = try #require(Self.row)
        #expect(row.complaints.map(\.description) == [])
        #expect(row.effective < Culprit.all(in: row.testCase).count)
    }

    @Test func `Claims are read as they are written, and differences are told`() throws {
        let row = try #require(Self.row)
        let claims = Claims(of: row)
        #expect(Claims("# a remark\n" + claims.text) == claims)
        let other = Claims(claims.text + "server:madeUp 201.1\n")
        #expect(
            other.differences(from: row) == [
                "IM-2.0-int-201: server:madeUp is caught by no check, and claimed is 201.1"
            ])
    }

    @Test func `Every file of claims belongs to a case`() throws {
        let files = try ProjectFiles.list("fixtures/claims").map(\.name)
        #expect(Set(files).isSubset(of: Theatre.library.testCases.map { "\($0.id).txt" }))
    }
}
