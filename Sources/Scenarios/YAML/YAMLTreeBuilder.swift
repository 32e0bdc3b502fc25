import Conformance

/// Makes the tree of a document from its events, and goes on after what it refuses.
struct YAMLTreeBuilder: ~Copyable {
    private var stream: YAMLEventStream
    private let file: String
    private var messages: [LintMessage] = []

    init(_ stream: consuming YAMLEventStream, file: String) {
        self.stream = stream
        self.file = file
    }

    /// The document, or what was found wrong before it could be read no further.
    mutating func document() -> (root: YAMLNode?, messages: [LintMessage]) {
        do throws(LintMessage) {
            let root = try wholeDocument()
            return (root, messages)
        } catch {
            return (nil, messages + [error])
        }
    }

    private mutating func wholeDocument() throws(LintMessage) -> YAMLNode {
        let (first, start) = try stream.next()
        guard case .documentStart(let hasDirectives) = first else {
            throw LintMessage(.yaml, at: start, "The file is empty")
        }
        if hasDirectives { refuse(start, "Directives such as %YAML and %TAG are not used here") }
        let root = try node(after: stream.next(), depth: 1)
        _ = try stream.next()
        let (last, end) = try stream.next()
        guard case .streamEnd = last else {
            throw LintMessage(.yaml, at: end, "A file holds one document; here a second one begins")
        }
        return root
    }

    private mutating func node(
        after start: (YAMLEventStream.Event, SourcePosition), depth: Int
    ) throws(LintMessage) -> YAMLNode {
        let (event, position) = start
        if messages.count >= YAMLDocument.mostMessages {
            throw LintMessage(.yaml, at: position, "So much is wrong with the file that the rest is not read")
        }
        if depth > YAMLDocument.maximumDepth {
            throw LintMessage(.yaml, at: position, "More than \(YAMLDocument.maximumDepth) levels are not read")
        }
        switch event {
        case .scalar(let text, let style, let properties):
            refuse(properties, at: position)
            return YAMLNode(.scalar(text, style), at: position)
        case .sequenceStart(let properties):
            refuse(properties, at: position)
            return YAMLNode(.sequence(try elements(depth: depth)), at: position)
        case .mappingStart(let properties):
            refuse(properties, at: position)
            return YAMLNode(.mapping(try entries(depth: depth)), at: position)
        case .alias(let name):
            refuse(position, "The alias *\(name) is not followed; write what it stands for")
            return YAMLNode(.scalar("*\(name)", .plain), at: position)
        case .documentStart, .documentEnd, .sequenceEnd, .mappingEnd, .streamEnd:
            preconditionFailure("libyaml begins every node with an event of its own")
        }
    }

    private mutating func elements(depth: Int) throws(LintMessage) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        while true {
            let next = try stream.next()
            if case .sequenceEnd = next.0 { return elements }
            elements.append(try node(after: next, depth: depth + 1))
        }
    }

    private mutating func entries(depth: Int) throws(LintMessage) -> [YAMLEntry] {
        var entries: [YAMLEntry] = []
        var lines: [String: Int] = [:]
        while true {
            let next = try stream.next()
            if case .mappingEnd = next.0 { return entries }
            let key = try node(after: next, depth: depth + 1)
            let value = try node(after: stream.next(), depth: depth + 1)
            guard case .scalar(let name, _) = key.content else {
                refuse(key.position, "A key is text, not a list or a mapping")
                continue
            }
            if let line = lines[name] {
                refuse(key.position, "The key “\(name)” is there twice; the first is on line \(line)")
                continue
            }
            lines[name] = key.position.line
            entries.append(YAMLEntry(key: name, at: key.position, value: value))
        }
    }

    private mutating func refuse(_ properties: YAMLEventStream.Properties, at position: SourcePosition) {
        if let anchor = properties.anchor { refuse(position, "Anchors such as &\(anchor) are not used here") }
        if let tag = properties.tag { refuse(position, "Tags such as \(tag) are not used here; values are plain text") }
    }

    private mutating func refuse(_ position: SourcePosition, _ text: String) {
        messages.append(LintMessage(.yaml, at: position, text))
    }
}
