extension String {
    /// The noun with its article, as it is spoken: “a step”, “an INVITE”, “an MSRP message”.
    package var withArticle: String {
        let isSpelled = ["MSRP", "HTTP", "XCAP"].contains { hasPrefix($0) }
        return (isSpelled || first.map { "aeiouAEIOU".contains($0) } == true ? "an " : "a ") + self
    }
}
