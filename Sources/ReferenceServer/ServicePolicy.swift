/// What the operator allows to users of the service.
package struct ServicePolicy: Hashable, Sendable {
    /// The addresses that may use the service; nil for every user of the domain.
    package var entitledUsers: Set<String>?

    /// The release versions that a client must name, such as `OMA1.0`; nil for any or none.
    package var acceptedReleases: Set<String>?

    /// The media types that messages may have; nil for all.
    package var acceptedMediaTypes: [String]?

    package var anonymity = Anonymity.allowed

    package enum Anonymity: Hashable, Sendable {
        case allowed
        case refused
    }

    package init() {}

    func allows(mediaType: String) -> Bool {
        acceptedMediaTypes?.contains { $0.lowercased() == mediaType.lowercased() } ?? true
    }
}
