/// The style of the page, in the order of its parts.
package enum StyleSheet {
    static let text = colors + page + cases + ladder + media

    static let markup = Markup(stringLiteral: text)
}
