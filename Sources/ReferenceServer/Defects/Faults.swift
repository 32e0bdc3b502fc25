/// The defects of one server, asked by name at the places where they take hold.
///
/// Without any, every question has the answer of a conforming server.
struct Faults {
    let defects: Set<ServerDefect>

    func has(_ defect: ServerDefect) -> Bool { defects.contains(defect) }
}
