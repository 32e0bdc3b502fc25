import Foundation

/// The bytes of a file under fixtures/bodies.
func fixture(_ path: String) throws -> [UInt8] {
    let root = URL(filePath: #filePath).appending(path: "../../../fixtures/bodies").standardized
    return Array(try Data(contentsOf: root.appending(path: path)))
}
