import Bytes

/// Judgment of attributes and media lines.
extension SessionDescription.Judgment {
    mutating func judgeAttributes(_ lines: [NumberedLine]) {
        var hasDirection = false
        for line in lines {
            if line.type == "m" { hasDirection = false }
            guard line.type == "a" else { continue }
            let attribute = Attribute(parsing: line.value)
            if attribute.name.isEmpty || !attribute.name.utf8.allSatisfy(\.isInToken) || attribute.value == "" {
                note(.attributeForm, line.number, "“\(line.value)” is not a name, or a name and a value.")
            }
            guard attribute.value == nil, Direction(rawValue: attribute.name) != nil else { continue }
            if hasDirection { note(.directions, line.number, "There is more than one direction.") }
            hasDirection = true
        }
    }

    mutating func judgeMedia(_ lines: [NumberedLine], of description: SessionDescription) {
        let starts = lines.indices.filter { lines[$0].type == "m" }
        for (index, media) in description.media.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : lines.count
            let own = lines[starts[index]..<end]
            let number = lines[starts[index]].number
            if description.connection(of: media) == nil {
                note(.connectionMissing, number, "Neither the session nor the media line has a connection.")
            }
            if media.isMSRP { judge(media, own, number) }
        }
    }

    /// Judges the line of a message session.
    private mutating func judge(_ media: MediaDescription, _ lines: ArraySlice<NumberedLine>, _ number: Int) {
        func line(_ name: String) -> Int {
            lines.first { $0.type == "a" && Attribute(parsing: $0.value).name == name }?.number ?? number
        }
        if media.formats != ["*"] {
            note(.formats, number, "The format of a message line is *.")
        }
        if let setup = media.value("setup"), MediaDescription.Setup(rawValue: setup) == nil {
            note(.setupValue, line("setup"), "“\(setup)” is no value of setup.")
        }
        if let selector = media.value("file-selector"), FileSelector(selector) == nil {
            note(.fileSelectorForm, line("file-selector"), "“\(selector)” is not a file selector.")
        }
        if let size = media.value("max-size"), !Self.isNumber(size[...]) {
            note(.maxSizeForm, line("max-size"), "“\(size)” is not a number.")
        }
        // A line that is refused need not describe what it refuses.
        guard !media.isRefused else { return }
        if media.path.isEmpty {
            note(.pathMissing, number, "A message line has a path.")
        } else if !media.path.allSatisfy(Self.looksLikeMSRP) {
            note(.pathForm, line("path"), "The path holds what is not an MSRP URI.")
        }
        if media.acceptTypes.isEmpty {
            note(.acceptTypesMissing, number, "A message line has accept-types.")
        }
        for name in ["accept-types", "accept-wrapped-types"] {
            for type in (media.value(name) ?? "*").split(separator: " ") where !Self.isTypePattern(type) {
                note(.acceptTypesForm, line(name), "“\(type)” is neither a media type nor *.")
            }
        }
    }

    private static func looksLikeMSRP(_ uri: String) -> Bool {
        let scheme = uri.prefix { $0 != ":" }.lowercased()
        return (scheme == "msrp" || scheme == "msrps") && uri.dropFirst(scheme.count).hasPrefix("://")
            && uri.contains(";")
    }

    private static func isTypePattern(_ type: Substring) -> Bool {
        guard type != "*" else { return true }
        let parts = type.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isInToken) }
    }
}

extension UInt8 {
    /// Whether the byte is `token-char`.
    fileprivate var isInToken: Bool {
        switch self {
        case 0x21, 0x23...0x27, 0x2A...0x2B, 0x2D...0x2E, 0x30...0x39, 0x41...0x5A, 0x5E...0x7E: true
        default: false
        }
    }
}
