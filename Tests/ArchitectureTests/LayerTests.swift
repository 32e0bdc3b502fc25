import Foundation
import Testing

/// What the manifest cannot see: system modules, and C modules, stay where they belong.
struct LayerTests {
    /// The modules of the toolchain that only some targets may import, and which.
    private static let homes: [String: Set<String>] = [
        "Glibc": ["Transport", "PacketCapture", "parley"],
        "Foundation": ["Reporting", "parley"],
        "FoundationEssentials": ["Reporting", "parley"],
        "Dispatch": ["Execution", "PacketCapture", "Parallelism", "parley"],
        "Synchronization": [
            "Discrimination", "Dissection", "Execution", "PacketCapture", "Parallelism", "Transport", "parley",
        ],
        "CCAres": ["NameResolution"],
        "CCurl": ["HTTPCalls"],
        "CLibPcap": ["PacketCapture"],
        "CLibUV": ["Transport"],
        "CLibXML2": ["XMLTree"],
        "CLibYAML": ["Scenarios"],
        "COpenSSL": ["Cryptography", "Transport"],
        "CSQLite": ["Storage"],
    ]

    @Test(arguments: homes.keys.sorted())
    func `A module is imported only where it belongs`(module: String) throws {
        for file in try SourceFile.all where file.imports.contains(module) {
            #expect(Self.homes[module]?.contains(file.target) == true, "\(file.path) imports \(module)")
        }
    }

    @Test func `Judging imports no protocol and no network`() throws {
        let allowed: Set = ["Conformance", "Dissection", "Network"]
        for file in try SourceFile.all where file.target == "Assessment" {
            #expect(file.imports.isSubset(of: allowed), "\(file.path) imports \(file.imports.subtracting(allowed))")
        }
    }

    @Test func `Machines know no clock, task, thread or lock`() throws {
        let machines: Set = [
            "Bytes", "Network", "Cryptography", "Authentication", "SIPSyntax", "SDP", "MSRP", "HTTPSyntax",
            "MessageBodies", "XCAP",
            "SIPTransactions", "SIPDialogs", "Actors", "ReferenceServer", "Conformance", "Dissection", "Assessment",
        ]
        let forbidden = [
            "ContinuousClock", "SuspendingClock", "Date()", "Task {", "Task.sleep", "async ", "await ", "Thread",
            "DispatchQueue", "Mutex<",
        ]
        for file in try SourceFile.all where machines.contains(file.target) {
            for word in forbidden {
                #expect(!file.mentions(word), "\(file.path) mentions \(word)")
            }
        }
    }

    @Test func `Nothing is public without an outside customer`() throws {
        for file in try SourceFile.all {
            #expect(!file.mentions("public "), "\(file.path) declares something public")
        }
    }

    @Test func `No test sleeps`() throws {
        for file in try SourceFile.files(below: "Tests") where file.target != "ArchitectureTests" {
            for word in ["Task.sleep", "usleep(", "sleep(", "Thread.sleep"] {
                #expect(!file.mentions(word), "\(file.path) mentions \(word)")
            }
        }
    }

    @Test func `No file has grown past what one idea needs`() throws {
        for file in try SourceFile.all {
            #expect(file.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 420, "\(file.path)")
        }
    }
}

/// A Swift file of the project.
private struct SourceFile {
    var path: String
    var target: String
    var text: String
    /// The modules that the file imports.
    var imports: Set<String>
    /// The text without comments.
    var code: String

    init(path: String, target: String, text: String) {
        self.path = path
        self.target = target
        self.text = text
        let lines = text.utf8.split(separator: UInt8(ascii: "\n")).map { Substring($0) }
        imports = Set(lines.compactMap(Self.module))
        code = lines.filter { !$0.utf8.drop { $0 == UInt8(ascii: " ") }.starts(with: "//".utf8) }
            .joined(separator: "\n")
    }

    /// Whether the code has these words anywhere.
    func mentions(_ words: String) -> Bool { code.withCString { strstr($0, words) != nil } }

    static var all: [SourceFile] { get throws { try loaded.get() } }

    private static let loaded = Result { try files(below: "Sources") }

    static func files(below folder: String) throws -> [SourceFile] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let start = root.appending(path: folder)
        var files: [SourceFile] = []
        let paths = try FileManager.default.subpathsOfDirectory(atPath: start.path)
        for path in paths where path.hasSuffix(".swift") {
            let target = String(path.prefix { $0 != "/" })
            let text = try String(contentsOf: start.appending(path: path), encoding: .utf8)
            files.append(SourceFile(path: "\(folder)/\(path)", target: target, text: text))
        }
        return files
    }

    /// The module that a line imports.
    private static func module(_ line: Substring) -> String? {
        guard line.utf8.first != UInt8(ascii: " ") else { return nil }
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
            words[..<place].allSatisfy({ ["package", "private", "internal", "@testable"].contains($0) })
        else { return nil }
        return String(words[words.count - 1].prefix { $0 != "." })
    }
}
