import Reporting

extension String {
    /// The text broken at blanks into lines of at most 80 columns, each after the first indented.
    ///
    /// - Parameters:
    ///   - head: What stands before the text, on a line of its own where it is longer than the indent.
    ///   - indent: The column in which every line of the text begins, counted from 0.
    /// - Returns: The lines, joined by line feeds.
    func wrapped(after head: String = "", indent: Int = 0) -> String {
        let margin = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = head.padded(to: indent)
        if head.columnCount >= max(1, indent) {
            lines.append(head)
            line = margin
        }
        var isEmpty = true
        for word in split(separator: " ") {
            if !isEmpty, line.columnCount + 1 + word.columnCount > 80 {
                lines.append(line)
                line = margin
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
