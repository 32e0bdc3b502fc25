import Conformance

/// The one document of a YAML text, and all that is wrong with it.
///
/// Of YAML only what a reader can check by eye is taken: no anchors and aliases, no tags, no directives.
package struct YAMLDocument: Sendable {
    /// Bytes that a file may have.
    package static let maximumSize = 1 << 20
    /// Levels of lists and mappings that a file may have.
    package static let maximumDepth = 32
    /// How much that is wrong with a file is told; then it is read no further.
    package static let mostMessages = 100

    /// The root, or nil for a text that is no document.
    package private(set) var root: YAMLNode?
    package private(set) var messages: [LintMessage] = []

    package init(parsing bytes: [UInt8], file: String) {
        do throws(LintMessage) {
            try Self.checkText(bytes, file: file)
            var builder = YAMLTreeBuilder(YAMLEventStream(bytes, file: file), file: file)
            let built = builder.document()
            root = built.root
            messages = built.messages
        } catch {
            messages = [error]
        }
    }

    private static func checkText(_ bytes: [UInt8], file: String) throws(LintMessage) {
        if bytes.count > maximumSize {
            throw LintMessage(
                .yaml, at: SourcePosition(file: file, line: 1, column: 1),
                "The file has \(bytes.count) bytes; \(maximumSize) are the most that a file may have")
        }
        if String(validating: bytes, as: UTF8.self) == nil, let offset = bytes.offsetOfInvalidUTF8 {
            throw LintMessage(
                .yaml, at: SourcePosition(file: file, offset: offset, in: bytes),
                "The file is not UTF-8: the byte \(bytes[offset].hexadecimal) does not belong here")
        }
    }
}

extension UInt8 {
    fileprivate var hexadecimal: String {
        "0x" + (self < 0x10 ? "0" : "") + String(self, radix: 16, uppercase: true)
    }
}

extension [UInt8] {
    /// Where the bytes cease to be UTF-8.
    fileprivate var offsetOfInvalidUTF8: Int? {
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = makeIterator()
        var offset = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }
}
