import Conformance
import Testing

struct ArticleTests {
    @Test(arguments: [
        ("step", "a step"), ("action", "an action"), ("INVITE", "an INVITE"), ("MESSAGE", "a MESSAGE"),
        ("SIP message", "a SIP message"), ("MSRP message", "an MSRP message"), ("HTTP request", "an HTTP request"),
        ("", "a "),
    ])
    func `A noun has the article that is spoken`(noun: String, words: String) {
        #expect(noun.withArticle == words)
    }
}
