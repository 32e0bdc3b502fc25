package import XMLTree

/// Why an XML body is not the document that its media type says.
package enum XMLBodyError: Error, Equatable, Sendable {
    case notXML(XMLSyntaxError)
    case unexpectedRoot(XMLName)
    /// An element without an attribute or a child that it must have.
    case missing(String, in: String)
    /// A value that its attribute or element cannot have.
    case invalid(String, of: String)
    /// More elements of this name than are read.
    case tooMany(String)
}
