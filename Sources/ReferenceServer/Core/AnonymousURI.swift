/// The URI of somebody who stays anonymous.
///
/// RFC 3323 §4.1.1.3
enum AnonymousURI {
    static let text = "sip:anonymous@anonymous.invalid"
}
