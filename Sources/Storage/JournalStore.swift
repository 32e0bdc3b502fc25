import CSQLite
package import ReferenceServer

/// The file in which the reference server keeps what it has promised to keep.
///
/// It holds those records that still count, in the order in which they came; what has been delivered, deleted or
/// written anew leaves it.
package final class JournalStore {
    /// “Prly”: by this a file of ours is known.
    private static let applicationID = 0x50_72_6C_79
    /// The version of the table and of the form of the records.
    private static let version = 1

    private let database: OpaquePointer
    private let begin, commit, rollBack, put, add, end, all: Statement

    /// Opens the file, or makes it, for nobody else.
    package init(at path: String) throws(StorageError) {
        var opened: OpaquePointer?
        let status = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil)
        guard status == SQLITE_OK, let opened else {
            let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "there is no memory"
            sqlite3_close_v2(opened)
            throw StorageError("\(path) cannot be opened: \(reason)")
        }
        database = opened
        do throws(StorageError) {
            try Self.prepare(opened)
            begin = try Statement("BEGIN IMMEDIATE", in: opened)
            commit = try Statement("COMMIT", in: opened)
            rollBack = try Statement("ROLLBACK", in: opened)
            put = try Statement(
                """
                INSERT INTO journal (kind, user, name, isAddition, content) VALUES (?1, ?2, ?3, 0, ?4)
                ON CONFLICT (kind, user, name) WHERE isAddition = 0 DO UPDATE SET content = ?4
                """, in: opened)
            add = try Statement(
                "INSERT INTO journal (kind, user, name, isAddition, content) VALUES (?1, ?2, ?3, 1, ?4)", in: opened)
            end = try Statement("DELETE FROM journal WHERE kind = ?1 AND user = ?2 AND name = ?3", in: opened)
            all = try Statement("SELECT content FROM journal ORDER BY sequence", in: opened)
        } catch {
            let isInUse = sqlite3_errcode(opened) & 0xFF == SQLITE_BUSY
            sqlite3_close_v2(opened)
            let reason = isInUse ? "another server uses it; end that, or name another file" : "\(error)"
            throw StorageError("\(path) cannot be used: \(reason)")
        }
    }

    deinit { sqlite3_close_v2(database) }

    /// What has been kept, to be given to a server before it starts.
    package func records() throws(StorageError) -> [JournalRecord] {
        var records: [JournalRecord] = []
        for bytes in try all.blobs() {
            guard let record = JournalRecord(parsing: bytes) else {
                throw StorageError("The file holds a record that cannot be read.")
            }
            records.append(record)
        }
        return records
    }

    /// Keeps all of the records or none: once this returns, no crash loses them.
    package func write(_ records: [JournalRecord]) throws(StorageError) {
        try begin.execute()
        do throws(StorageError) {
            for record in records { try write(record) }
            try commit.execute()
        } catch {
            try? rollBack.execute()
            throw error
        }
    }

    private func write(_ record: JournalRecord) throws(StorageError) {
        let subject = record.subject
        let (kind, user, name) = (
            Statement.Value.text(subject.kind.rawValue), Statement.Value.text(subject.user),
            Statement.Value.text(subject.name)
        )
        switch record.bearing {
        case .replacement: try put.execute(kind, user, name, .bytes(record.serialized()))
        case .addition: try add.execute(kind, user, name, .bytes(record.serialized()))
        case .end: try end.execute(kind, user, name)
        }
    }

    private static func prepare(_ database: OpaquePointer) throws(StorageError) {
        func execute(_ sql: String) throws(StorageError) { try Statement(sql, in: database).execute() }
        func number(_ sql: String) throws(StorageError) -> Int { try Statement(sql, in: database).number() }
        try execute("PRAGMA locking_mode = EXCLUSIVE")
        try execute("PRAGMA journal_mode = WAL")
        // A commit has reached the disk when it returns.
        try execute("PRAGMA synchronous = FULL")
        let (id, version) = (try number("PRAGMA application_id"), try number("PRAGMA user_version"))
        let tables = try number("SELECT count(*) FROM sqlite_schema")
        guard id == applicationID || (id == 0 && tables == 0) else {
            throw StorageError("it is not a store of Parley")
        }
        guard id == 0 || version == Self.version else {
            throw StorageError("it is of another version of Parley")
        }
        try execute("BEGIN EXCLUSIVE")
        try execute("PRAGMA application_id = \(applicationID)")
        try execute("PRAGMA user_version = \(Self.version)")
        try execute(
            """
            CREATE TABLE IF NOT EXISTS journal (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL,
                isAddition INTEGER NOT NULL, content BLOB NOT NULL) STRICT
            """)
        try execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS latest ON journal (kind, user, name) WHERE isAddition = 0")
        try execute("CREATE INDEX IF NOT EXISTS subject ON journal (kind, user, name)")
        try execute("COMMIT")
    }
}
