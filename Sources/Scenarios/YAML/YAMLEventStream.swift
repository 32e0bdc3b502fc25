import CLibYAML
import Conformance

/// The events of a YAML text, one after the other, as libyaml finds them.
struct YAMLEventStream: ~Copyable {
    enum Event {
        case documentStart(hasDirectives: Bool)
        case documentEnd
        case scalar(text: String, style: YAMLNode.Style, Properties)
        case sequenceStart(Properties)
        case sequenceEnd
        case mappingStart(Properties)
        case mappingEnd
        case alias(name: String)
        case streamEnd
    }

    /// What may stand before a node besides its value.
    struct Properties {
        var anchor: String?
        var tag: String?
    }

    private let file: String
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// Prepares to read the bytes, which must be UTF-8.
    init(_ text: [UInt8], file: String) {
        self.file = file
        bytes = .allocate(capacity: text.count)
        _ = bytes.initialize(from: text)
        parser = .allocate(capacity: 1)
        precondition(yaml_parser_initialize(parser) == 1, "libyaml has no memory")
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        bytes.deallocate()
    }

    /// The next event and where it begins.
    mutating func next() throws(LintMessage) -> (Event, SourcePosition) {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
            defer { yaml_event_delete(&event) }
            if let known = Self.event(event) { return (known, position(event.start_mark)) }
        }
    }

    private static func event(_ event: yaml_event_t) -> Event? {
        switch event.type {
        case YAML_DOCUMENT_START_EVENT:
            let start = event.data.document_start
            return .documentStart(
                hasDirectives: start.version_directive != nil || start.tag_directives.start != start.tag_directives.end)
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(name: text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                text: String(decoding: value, as: UTF8.self), style: style(scalar.style),
                Properties(anchor: text(scalar.anchor), tag: text(scalar.tag)))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return .sequenceStart(Properties(anchor: text(start.anchor), tag: text(start.tag)))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return .mappingStart(Properties(anchor: text(start.anchor), tag: text(start.tag)))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        case YAML_STREAM_END_EVENT: return .streamEnd
        default: return nil
        }
    }

    private static func style(_ style: yaml_scalar_style_t) -> YAMLNode.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE, YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private static func text(_ value: UnsafeMutablePointer<UInt8>?) -> String? {
        value.map { String(cString: $0) }
    }

    private func position(_ mark: yaml_mark_t) -> SourcePosition {
        SourcePosition(file: file, line: mark.line + 1, column: mark.column + 1)
    }

    private func failure() -> LintMessage {
        let problem = parser.pointee.problem.map { String(cString: $0) } ?? "it cannot be read"
        let context = parser.pointee.context.map { context in
            " \(String(cString: context)) (which begins on line \(parser.pointee.context_mark.line + 1))"
        }
        let place =
            parser.pointee.error == YAML_READER_ERROR
            ? SourcePosition(file: file, offset: parser.pointee.problem_offset, in: bytes)
            : position(parser.pointee.problem_mark)
        if bytes.dropFirst(parser.pointee.problem_mark.index).first == UInt8(ascii: "\t") {
            return LintMessage(.yaml, at: place, "A tab stands here; YAML indents with spaces")
        }
        if context?.contains("block scalar") == true {
            return LintMessage(.yaml, at: place, "A text that begins with > or | needs quotes, as in \">0\"")
        }
        return LintMessage(.yaml, at: place, "This is not YAML: \(problem)\(context ?? "")")
    }
}

extension SourcePosition {
    /// The place of a byte of a UTF-8 text.
    init(file: String, offset: Int, in bytes: some RandomAccessCollection<UInt8>) {
        let before = bytes.prefix(offset)
        let line = before.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let characters = line.last.map { $0.count { $0 & 0xC0 != 0x80 } } ?? 0
        self.init(file: file, line: line.count, column: characters + 1)
    }
}
