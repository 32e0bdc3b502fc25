extension [UInt8] {
    /// Where another run of bytes stands in these for the first time, or nil where it does not.
    ///
    /// - Parameters:
    ///   - run: The bytes to look for; no bytes stand everywhere.
    ///   - start: Where to begin to look.
    /// - Returns: The index of the first byte of the run.
    package func firstIndex(ofRun run: [UInt8], from start: Int = 0) -> Int? {
        withUnsafeBufferPointer { bytes in
            run.withUnsafeBufferPointer { run in
                var place = start
                while place + run.count <= bytes.count {
                    var count = 0
                    while count < run.count, bytes[place + count] == run[count] { count += 1 }
                    if count == run.count { return place }
                    place += 1
                }
                return nil
            }
        }
    }

    /// Whether another run of bytes stands in these.
    package func contains(run: [UInt8]) -> Bool { firstIndex(ofRun: run) != nil }
}
