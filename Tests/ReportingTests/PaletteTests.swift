import Foundation
import Reporting
import Testing

@Suite struct PaletteTests {
    /// Text and the grounds on which it stands.
    private static let pairs = [
        ("ink", "page"), ("ink", "surface"), ("ink", "sunken"), ("ink", "tab"), ("ink", "band"), ("muted", "page"),
        ("muted", "surface"), ("muted", "sunken"), ("muted", "tab"), ("muted", "band"), ("link", "surface"),
        ("link", "page"), ("pass", "pass-ground"), ("fail", "fail-ground"),
        ("inconclusive", "inconclusive-ground"), ("error", "error-ground"), ("warning", "warning-ground"),
        ("quiet", "quiet-ground"), ("ink", "inconclusive-ground"), ("sip", "surface"), ("sip", "band"),
        ("msrp", "surface"), ("msrp", "band"), ("tcp", "band"), ("sip", "warning-ground"), ("msrp", "fail-ground"),
        ("sip", "inconclusive-ground"), ("muted", "fail-ground"), ("odd", "sunken"), ("warning", "surface"),
        ("sip", "tab"), ("msrp", "tab"),
    ]

    @Test(arguments: [0, 1], pairs)
    func `Text on its ground has the contrast of WCAG AA`(theme: Int, pair: (String, String)) throws {
        let colors = Self.themes[theme]
        let text = try #require(colors[pair.0])
        let ground = try #require(colors[pair.1])
        let (light, dark) = (max(text, ground), min(text, ground))
        #expect((light + 0.05) / (dark + 0.05) >= 4.5)
    }

    /// The luminance of each color, for light and for dark.
    ///
    /// WCAG 2.2, relative luminance
    private static let themes: [[String: Double]] = StyleSheet.colors.split(separator: "@media").map { part in
        let colors = part.matches(of: /--([a-z-]+):#([0-9a-f]{3,6})/).map { match in
            let digits = match.output.2.count == 3 ? match.output.2.flatMap { [$0, $0] } : Array(match.output.2)
            let channels = stride(from: 0, to: 6, by: 2).map { index -> Double in
                let value = Double(Int(String(digits[index..<(index + 2)]), radix: 16) ?? 0) / 255
                return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
            }
            return (String(match.output.1), 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2])
        }
        return Dictionary(colors, uniquingKeysWith: { _, last in last })
    }
}
