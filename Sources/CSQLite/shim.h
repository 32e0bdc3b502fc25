#include <sqlite3.h>

/* Binds bytes that SQLite copies. A shim, because SQLITE_TRANSIENT is a macro with a cast, which is not imported. */
static inline int parley_bind_blob(sqlite3_stmt *statement, int place, const void *bytes, int count) {
    return sqlite3_bind_blob(statement, place, count > 0 ? bytes : "", count, SQLITE_TRANSIENT);
}

/* Binds text that SQLite copies, for the same reason. */
static inline int parley_bind_text(sqlite3_stmt *statement, int place, const char *text) {
    return sqlite3_bind_text(statement, place, text, -1, SQLITE_TRANSIENT);
}
