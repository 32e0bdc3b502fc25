/// What the help of several commands says about choosing cases.
enum Patterns {
    static let help = """
        A pattern is an id (IM-2.0-int-101) or its number (101), an id with * for any
        run of characters (IM-2.0-int-1*), or a path below the folder of scenarios in
        which * stays within a component and ** crosses them (simple-im/**). Without a
        pattern: every case.
        """
}
