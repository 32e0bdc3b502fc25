/// What a server says of itself after it has accepted credentials.
///
/// RFC 3261 §20.6, §25.1 ainfo
package struct AuthenticationInfo: Hashable, Sendable {
    package var parameters: [Parameter]
}

extension AuthenticationInfo: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        parameters = try scanner.authParameters()
    }
}
