/// How much of a message is read before it is refused, whatever its sender claims.
package enum SIPLimits {
    /// The bytes of the start line and the fields together.
    package static let headerBytes = 256 * 1024

    /// The number of field lines.
    package static let fields = 4096

    /// The bytes of a body.
    package static let bodyBytes = 16 * 1024 * 1024

    /// The bytes of a message as a whole.
    package static let messageBytes = headerBytes + bodyBytes
}
