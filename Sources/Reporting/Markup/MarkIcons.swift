/// The shapes of the marks: each differs in outline and sign, so that none needs its color.
enum MarkIcons {
    /// The definitions, once a page.
    static let definitions: Markup = """
        <svg class="definitions" aria-hidden="true" focusable="false"><defs>
        <symbol id="mark-pass" viewBox="0 0 16 16"><circle class="body" cx="8" cy="8" r="7"/>\
        <path class="sign" d="M4.7 8.3 7 10.6 11.4 5.8"/></symbol>
        <symbol id="mark-fail" viewBox="0 0 16 16">\
        <path class="body" d="M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z"/>\
        <path class="sign" d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2"/></symbol>
        <symbol id="mark-inconclusive" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.3"/>\
        <path class="stroke" d="M6 6.3c0-2.7 4-2.7 4 0 0 1.5-2 1.5-2 3M8 11.6v.1"/></symbol>
        <symbol id="mark-error" viewBox="0 0 16 16"><rect class="body" x="1.5" y="1.5" width="13" height="13" rx="2"/>\
        <path class="sign" d="M8 4.4v4.4M8 11.4v.1"/></symbol>
        <symbol id="mark-warning" viewBox="0 0 16 16"><path class="body" d="M8 1.2 15.4 14.4H.6z"/>\
        <path class="sign" d="M8 6v4M8 12.2v.1"/></symbol>
        <symbol id="mark-not-applicable" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.3"/>\
        <path class="stroke" d="M5 8h6"/></symbol>
        <symbol id="mark-out-of-time" viewBox="0 0 16 16"><circle class="ring" cx="8" cy="8" r="6.3"/>\
        <path class="stroke" d="M8 4.5V8l2.4 1.6"/></symbol>
        <symbol id="mark-not-judged" viewBox="0 0 16 16"><path class="stroke" d="M4 8h8"/></symbol>
        </defs></svg>

        """
}

extension Mark {
    /// The mark as a name of CSS and of an anchor.
    var slug: String { String(word.map { $0 == " " ? "-" : $0 }) }

    /// The shape alone, for places where the word stands nearby.
    var icon: Markup {
        "<svg class=\"icon \(slug)\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><use href=\"#mark-\(slug)\"/></svg>"
    }

    /// The shape and the word.
    var badge: Markup { "<span class=\"badge \(slug)\">\(icon)\(word)</span>" }
}
