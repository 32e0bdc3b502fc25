import Actors
import Conformance
import Network
import TestSupport

@testable import Execution

/// What is made of a real client by what is seen of it.
struct Watch {
    static let group = "sip:room@parley.example"
    private static let content = MediaContent(name: "notes.txt", type: "text/plain", size: 40)

    private var client: RealClient
    private var trace = TraceBuilder()
    private var seen = 0
    private let pieceSize: Int

    /// - Parameters:
    ///   - party: The client.
    ///   - texts: The texts of the scenario.
    ///   - pieceSize: In what pieces streams are seen.
    init(_ party: PartyName = .a, texts: [String] = [], pieceSize: Int = .max) {
        var testCase = Play.testCase(texts.map { Play.step("1", Play.a, .page(text: $0, to: .client(Play.b))) })
        testCase.equipment.contents = [Self.content]
        var cast = Cast.sample
        cast.groups["Room"] = Self.group
        client = RealClient(party, of: cast, in: testCase)
        self.pieceSize = pieceSize
        trace.witness = .path
    }

    static var file: MediaContent { content }

    var hasTried: Bool { client.hasTried }

    mutating func expect(_ action: ClientAction) { client.expect(action) }

    /// What the client reports of these lines.
    mutating func see(_ build: (inout TraceBuilder) -> Void) -> [ClientReport] {
        build(&trace)
        let new = trace.trace().entries[seen...]
        seen += new.count
        return new.flatMap(pieces).flatMap { client.observe($0) }
    }

    private func pieces(of entry: TraceEntry) -> [TraceEntry] {
        guard case .stream(let bytes) = entry.content, pieceSize < bytes.count else { return [entry] }
        return stride(from: 0, to: bytes.count, by: pieceSize).map { start in
            var piece = entry
            piece.content = .stream(Array(bytes[start..<min(start + pieceSize, bytes.count)]))
            return piece
        }
    }
}
