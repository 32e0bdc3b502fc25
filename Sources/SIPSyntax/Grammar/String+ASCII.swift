import Bytes

extension String {
    /// Whether the two differ at most in the case of ASCII letters.
    func isEqualIgnoringCase(_ other: String) -> Bool {
        if self == other { return true }
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).allSatisfy { $0.lowercased == $1.lowercased }
    }

    /// The text as a quoted-string.
    package var quoted: String {
        var content = ""
        for scalar in unicodeScalars {
            if scalar == "\"" || scalar == "\\" { content.append("\\") }
            content.unicodeScalars.append(scalar)
        }
        return "\"" + content + "\""
    }
}
