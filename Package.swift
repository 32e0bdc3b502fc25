// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// Compiled for speed in debug builds too, and for tests in release builds too.
///
/// The tests play and judge whole suites, and take half the time so; `make run` and `make test` share one build.
let quick =
    strict + [
        .unsafeFlags(["-O"], .when(configuration: .debug)),
        .unsafeFlags(["-enable-testing"], .when(configuration: .release)),
    ]

/// The tests themselves run once and are imported by nobody: compiled without what takes time and serves neither.
let unpolished =
    strict + [
        .unsafeFlags(["-Onone", "-gnone", "-no-emit-module-separately-wmo"], .when(configuration: .release))
    ]

/// The program brings the Swift libraries along: it starts in two thirds of the time, and needs no toolchain.
///
/// No test target depends on it, since the library of tests is there only to be linked dynamically.
let selfContained: [SwiftSetting] = [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))]

func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: quick)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: unpolished)
}

func library(_ name: String, pkgConfig: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig)
}

let package = Package(
    name: "parley",
    products: [.executable(name: "parley", targets: ["parley"])],
    targets: [
        // MARK: C libraries, each imported by exactly one target
        library("CCAres", pkgConfig: "libcares"),
        .systemLibrary(name: "CCurl"),  // Loaded when it is needed, and so not linked.
        library("CLibPcap", pkgConfig: "libpcap"),
        library("CLibUV", pkgConfig: "libuv"),
        library("CLibXML2", pkgConfig: "libxml-2.0"),
        library("CLibYAML", pkgConfig: "yaml-0.1"),
        library("COpenSSL", pkgConfig: "libssl"),
        library("CSQLite", pkgConfig: "sqlite3"),

        // MARK: Values
        target("Bytes"),
        target("Network", ["Bytes"]),
        target("XMLTree", ["CLibXML2"]),
        target("Cryptography", ["COpenSSL"]),
        target("Authentication", ["Bytes", "Cryptography", "Network"]),

        // MARK: Grammars
        target("SIPSyntax", ["Bytes"]),
        target("SDP", ["Bytes"]),
        target("MSRP", ["Bytes"]),
        target("HTTPSyntax", ["Bytes"]),
        target("MessageBodies", ["Bytes", "XMLTree"]),
        target("XCAP", ["Bytes", "XMLTree"]),

        // MARK: Machines
        target("SIPTransactions", ["SIPSyntax"]),
        target("SIPDialogs", ["SIPSyntax"]),

        // MARK: Many processors
        target("Parallelism"),

        // MARK: The vocabulary of testing
        target("Conformance", ["Network"]),
        target("Scenarios", ["CLibYAML", "Conformance", "Parallelism"]),
        target(
            "Dissection",
            [
                "Bytes", "Cryptography", "Network", "Conformance", "XMLTree", "SIPSyntax", "SDP", "MSRP", "HTTPSyntax",
                "MessageBodies",
            ]),
        target("Assessment", ["Network", "Conformance", "Dissection"]),

        // MARK: Parties
        target(
            "Actors",
            [
                "Bytes", "Cryptography", "Authentication", "Network", "Conformance", "SIPSyntax", "SDP", "MSRP",
                "HTTPSyntax",
                "MessageBodies", "XCAP", "SIPTransactions", "SIPDialogs",
            ]),
        target(
            "ReferenceServer",
            [
                "Bytes", "Cryptography", "Authentication", "Network", "XMLTree", "SIPSyntax", "SDP", "MSRP",
                "HTTPSyntax", "MessageBodies", "XCAP", "SIPTransactions", "SIPDialogs",
            ]),

        // MARK: The world
        target("Transport", ["Network", "CLibUV", "COpenSSL"]),
        target("NameResolution", ["Bytes", "Network", "CCAres"]),
        target("HTTPCalls", ["Bytes", "CCurl"]),
        target("Storage", ["ReferenceServer", "CSQLite"]),
        target("PacketCapture", ["Bytes", "Network", "Conformance", "CLibPcap"]),
        target(
            "Execution",
            [
                "Bytes", "Authentication", "Network", "Conformance", "Dissection", "Actors", "ReferenceServer",
                "Transport",
            ]),
        target(
            "Discrimination",
            ["Bytes", "Network", "Conformance", "Execution", "Assessment", "Actors", "ReferenceServer", "Parallelism"]),
        target("Reporting", ["Bytes", "Cryptography", "Network", "Conformance", "Parallelism"]),
        .executableTarget(
            name: "parley",
            dependencies: [
                "Bytes", "Authentication", "Network", "Conformance", "Scenarios", "Dissection", "Execution",
                "NameResolution", "Assessment", "Discrimination", "Reporting", "PacketCapture", "ReferenceServer",
                "Actors", "Transport",
                "Storage", "HTTPCalls", "XCAP", "Parallelism",
            ],
            swiftSettings: quick + selfContained,
            linkerSettings: [.unsafeFlags(["-static-stdlib", "-use-ld=lld"], .when(configuration: .release))]),

        // MARK: Tests
        .target(
            name: "TestSupport",
            dependencies: [
                "NameResolution", "Bytes", "Network", "Conformance", "Scenarios", "Execution", "ReferenceServer",
                "Transport",
            ],
            path: "Tests/TestSupport", swiftSettings: quick),
        .executableTarget(
            name: "ForeignClient",
            dependencies: ["Network", "Conformance", "Actors", "Transport", "Reporting", "TestSupport"],
            path: "Tests/ForeignClient", swiftSettings: quick),
        tests("BytesTests", ["Bytes"]),
        tests("NetworkTests", ["Network"]),
        tests("XMLTreeTests", ["XMLTree"]),
        tests("CryptographyTests", ["Cryptography"]),
        tests("AuthenticationTests", ["Authentication", "Bytes", "Network"]),
        tests("SIPSyntaxTests", ["Bytes", "SIPSyntax", "TestSupport"]),
        tests("SDPTests", ["Bytes", "SDP"]),
        tests("MSRPTests", ["Bytes", "MSRP", "TestSupport"]),
        tests("HTTPSyntaxTests", ["Bytes", "HTTPSyntax", "TestSupport"]),
        tests("MessageBodiesTests", ["Bytes", "MessageBodies", "XMLTree"]),
        tests("XCAPTests", ["Bytes", "XCAP", "XMLTree"]),
        tests("SIPTransactionsTests", ["Bytes", "SIPSyntax", "SIPTransactions"]),
        tests("SIPDialogsTests", ["SIPSyntax", "SIPDialogs"]),
        tests("ParallelismTests", ["Parallelism"]),
        tests("ConformanceTests", ["Conformance"]),
        tests("ScenariosTests", ["Bytes", "Conformance", "Scenarios", "TestSupport"]),
        tests("DissectionTests", ["Bytes", "Network", "Conformance", "Dissection", "TestSupport"]),
        tests("AssessmentTests", ["Network", "Conformance", "Scenarios", "Assessment", "TestSupport"]),
        tests(
            "ActorsTests",
            [
                "Bytes", "Authentication", "Network", "Conformance", "SIPSyntax", "SDP", "MSRP", "HTTPSyntax",
                "MessageBodies", "Actors",
            ]),
        tests(
            "ReferenceServerTests",
            [
                "Bytes", "Authentication", "Network", "XMLTree", "SIPSyntax", "SDP", "MSRP", "HTTPSyntax",
                "MessageBodies", "XCAP", "ReferenceServer",
            ]),
        tests("StorageTests", ["Network", "ReferenceServer", "SIPSyntax", "XCAP", "MSRP", "Storage"]),
        tests("TransportTests", ["Network", "Transport"]),
        tests("NameResolutionTests", ["Bytes", "Network", "NameResolution", "TestSupport"]),
        tests("HTTPCallsTests", ["Bytes", "Network", "HTTPCalls", "TestSupport", "Transport"]),
        tests(
            "PacketCaptureTests",
            ["Bytes", "Network", "Conformance", "PacketCapture", "Transport"]),
        tests(
            "ExecutionTests",
            [
                "Authentication", "Bytes", "Network", "Conformance", "Execution", "ReferenceServer", "Actors",
                "Scenarios", "Assessment",
                "Dissection", "TestSupport", "Transport",
            ]),
        tests(
            "DiscriminationTests",
            [
                "Network", "Conformance", "Execution", "ReferenceServer", "Actors", "Scenarios", "Assessment",
                "Discrimination", "Dissection", "TestSupport",
            ]),
        tests("ReportingTests", ["Bytes", "Cryptography", "Network", "Conformance", "Reporting", "TestSupport"]),
        tests("ArchitectureTests", ["Conformance", "Scenarios", "Assessment", "Dissection", "TestSupport"]),
        tests(
            "EndToEndTests",
            [
                "Cryptography", "Network", "Conformance", "Scenarios", "Reporting", "PacketCapture", "ReferenceServer",
                "Transport", "TestSupport",
            ]),
    ]
)

// Benchmarks need the peers that they measure, so only who asks for them builds them.
if Context.environment["PARLEY_BENCHMARKS"] == "1" {
    package.targets += [
        .systemLibrary(
            name: "COSIP", path: "Benchmarks/COSIP", pkgConfig: "libosip2", providers: [.apt(["libosip2-dev"])]),
        .executableTarget(
            name: "SIPBenchmark", dependencies: ["SIPSyntax", "COSIP"], path: "Benchmarks/SIPBenchmark",
            swiftSettings: strict),
    ]
}
