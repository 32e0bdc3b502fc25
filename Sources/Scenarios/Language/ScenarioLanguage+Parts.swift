extension ScenarioLanguage {
    /// The mappings of the language, each once, from the file inwards.
    static let mappings = parts.mappings
    /// The notations of the language, each once, in the order in which they are first used.
    static let notations = parts.notations

    private static let parts: (mappings: [MappingDefinition], notations: [Notation]) = {
        var mappings = [testCase]
        var notations: [Notation] = []
        var next = 0
        while next < mappings.count {
            for key in mappings[next].allKeys {
                switch key.shape.innermost {
                case .mapping(let mapping) where !mappings.contains { $0.name == mapping.name }:
                    mappings.append(mapping)
                case .notation(let notation) where !notations.contains { $0.name == notation.name }:
                    notations.append(notation)
                case .text, .verbatim, .flag, .word, .list, .mapping, .notation: break
                }
            }
            next += 1
        }
        return (mappings, notations)
    }()
}

extension Shape {
    /// What lists of this shape hold in the end; the shape itself if it is no list.
    var innermost: Shape {
        if case .list(let element, _) = self { element.innermost } else { self }
    }
}
