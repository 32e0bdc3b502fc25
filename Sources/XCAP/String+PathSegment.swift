import Bytes

extension String {
    /// The text with everything escaped that cannot stand in one segment of a path.
    ///
    /// RFC 3986 §3.3
    var asPathSegment: String { percentEscaped(except: "-._~!$&'()*+,;=:@") }
}
