import Conformance
import Network

extension RunFile {
    static func json(of statement: ConformanceStatement, shortfalls: [StatementShortfall]) -> JSONValue {
        .object(of: [
            "product": .string(statement.product),
            "version": .string(statement.version),
            "date": .string(statement.date),
            "author": statement.author.map { .string($0) },
            "file": .string(statement.file),
            "roles": .strings(statement.roles.map(\.rawValue)),
            "claims": .strings(statement.claims.sorted().map(\.description)),
            "shortfalls": .array(
                shortfalls.map { shortfall in
                    .object(of: [
                        "kind": .string(shortfall.kind.rawValue),
                        "item": .string(shortfall.item.description),
                        "sentence": .string(shortfall.sentence),
                        "position": json(of: shortfall.position),
                    ])
                }),
        ])
    }

    static func statement(_ reader: JSONReader) throws(RunFileError) -> ConformanceStatement {
        ConformanceStatement(
            product: try reader.string("product"), version: try reader.string("version"),
            date: try reader.string("date"), author: try reader.optionalString("author"),
            roles: try reader.list("roles") { role throws(RunFileError) in try role.choice() },
            claims: Set(try reader.strings("claims").map { SCRItemID($0) }), file: try reader.string("file"))
    }

    static func shortfall(_ reader: JSONReader) throws(RunFileError) -> StatementShortfall {
        StatementShortfall(
            try reader.member("kind").choice(), of: SCRItemID(try reader.string("item")),
            try reader.string("sentence"), at: try position(reader.member("position")))
    }

    static func json(of needs: [PartyName: [SCRItemID]]) -> JSONValue {
        .object(
            needs.sorted { $0.key < $1.key }.map {
                JSONValue.Member($0.key.description, .strings($0.value.map(\.description)))
            })
    }

    static func needs(_ reader: JSONReader) throws(RunFileError) -> [PartyName: [SCRItemID]] {
        guard case .object(let members) = reader.value else { throw reader.error("An object expected") }
        var needs: [PartyName: [SCRItemID]] = [:]
        for member in members {
            needs[PartyName(member.name)] = try reader.strings(member.name).map { SCRItemID($0) }
        }
        return needs
    }
}
