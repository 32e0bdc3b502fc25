/// What the owner of a product says that it supports, item by item (ICS).
package struct ConformanceStatement: Sendable, Equatable {
    package var product: String
    package var version: String
    /// The day of the statement, such as `2026-11-26`.
    package var date: String
    package var author: String?
    /// What the product is: a server, a client, or both.
    package var roles: [Role]
    package var claims: Set<SCRItemID>
    /// Where the statement stands.
    package var file: String

    package init(
        product: String, version: String, date: String, author: String? = nil, roles: [Role], claims: Set<SCRItemID>,
        file: String
    ) {
        self.product = product
        self.version = version
        self.date = date
        self.author = author
        self.roles = roles
        self.claims = claims
        self.file = file
    }

    /// The items that the case needs of the parties under test and that are not claimed, in the order of the case.
    package func unclaimed(in testCase: TestCase, of parties: Set<PartyName>) -> [SCRItemID] {
        let needs = parties.sorted().flatMap { testCase.needs[$0] ?? [] }
        return needs.reduce(into: []) { items, item in
            if !claims.contains(item), !items.contains(item) { items.append(item) }
        }
    }
}
