import Bytes
import SDP

/// Reads the input as a description, judges it, writes it, and answers it with itself.
///
/// Nothing may trap, and what is written reads the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    _ = SessionDescription.flaws(in: input)
    guard let description = try? SessionDescription(parsing: input) else { return 0 }
    precondition((try? SessionDescription(parsing: description.serialized())) == description, "It reads otherwise")
    _ = MSRPAnswer(description, to: description).problems
    for media in description.media {
        _ = (media.path, media.acceptTypes, media.maxSize, media.setup, media.fileDates)
        guard let selector = media.fileSelector else { continue }
        precondition(FileSelector(selector.description) == selector, "The selector reads otherwise")
    }
    return 0
}
