import Bytes

/// A line of a description with its number, counted from 1.
struct NumberedLine: Equatable {
    let number: Int
    let type: Character
    let value: String

    /// The lines of a description, ended by CRLF or by LF alone.
    static func lines(of bytes: [UInt8]) throws(SDPSyntaxError) -> [NumberedLine] {
        var lines: [NumberedLine] = []
        var number = 0
        for raw in rawLines(of: bytes) {
            number += 1
            guard raw.count >= 2, let type = raw.first, type.isVisible, raw[raw.startIndex + 1] == UInt8(ascii: "=")
            else { throw SDPSyntaxError(.sessionDescription, line: number) }
            let value = raw.dropFirst(2).text
            lines.append(NumberedLine(number: number, type: Character(Unicode.Scalar(type)), value: value))
        }
        return lines
    }

    /// The lines without their ends; a last one may lack its end, and empty ones at the end do not count.
    static func rawLines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var lines = bytes.split(separator: .lineFeed, omittingEmptySubsequences: false).map { line in
            line.last == .carriageReturn ? line.dropLast() : line
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    func connection() throws(SDPSyntaxError) -> Connection {
        guard let connection = Connection(value) else { throw SDPSyntaxError(.connection, line: number) }
        return connection
    }
}
