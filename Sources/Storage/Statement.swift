import CSQLite

/// One statement of SQL, ready to be executed again and again.
final class Statement {
    enum Value {
        case text(String)
        case bytes([UInt8])
        case number(Int)
    }

    private let database: OpaquePointer
    private var statement: OpaquePointer?

    init(_ sql: String, in database: OpaquePointer) throws(StorageError) {
        self.database = database
        try check(sqlite3_prepare_v2(database, sql, -1, &statement, nil))
    }

    deinit { sqlite3_finalize(statement) }

    /// Executes the statement, which gives no rows.
    func execute(_ values: Value...) throws(StorageError) {
        try bind(values)
        defer { sqlite3_reset(statement) }
        let status = sqlite3_step(statement)
        guard status == SQLITE_DONE || status == SQLITE_ROW else { throw error(status) }
    }

    /// The bytes of the first column in every row.
    func blobs() throws(StorageError) -> [[UInt8]] {
        defer { sqlite3_reset(statement) }
        var blobs: [[UInt8]] = []
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW:
                let bytes = UnsafeRawBufferPointer(
                    start: sqlite3_column_blob(statement, 0), count: Int(sqlite3_column_bytes(statement, 0)))
                blobs.append(Array(bytes))
            case SQLITE_DONE:
                return blobs
            case let status:
                throw error(status)
            }
        }
    }

    /// The number in the first column of the first row.
    func number() throws(StorageError) -> Int {
        defer { sqlite3_reset(statement) }
        let status = sqlite3_step(statement)
        guard status == SQLITE_ROW else { throw error(status) }
        return Int(sqlite3_column_int64(statement, 0))
    }

    private func bind(_ values: [Value]) throws(StorageError) {
        for (index, value) in values.enumerated() {
            let place = Int32(index + 1)
            switch value {
            case .text(let text): try check(parley_bind_text(statement, place, text))
            case .number(let number): try check(sqlite3_bind_int64(statement, place, sqlite3_int64(number)))
            case .bytes(let bytes):
                try check(bytes.withUnsafeBytes { parley_bind_blob(statement, place, $0.baseAddress, Int32($0.count)) })
            }
        }
    }

    private func check(_ status: Int32) throws(StorageError) {
        guard status == SQLITE_OK else { throw error(status) }
    }

    private func error(_ status: Int32) -> StorageError {
        StorageError("SQLite says: \(String(cString: sqlite3_errmsg(database)))")
    }
}
