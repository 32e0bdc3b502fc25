import Bytes

/// Who wants to hear of failures.
///
/// RFC 4975 §7.1.1
package enum FailureReport: String, Sendable, CaseIterable {
    case yes
    case no
    case partial
}

extension MSRPMessage {
    /// The value of the first field with this name.
    package func first(_ name: MSRPFieldName) -> String? { fields.first { $0.isNamed(name) }?.value }

    /// Replaces every occurrence of the field by one, in place, or adds it before the fields of the body.
    package mutating func set(_ name: MSRPFieldName, _ value: String) {
        guard let place = fields.firstIndex(where: { $0.isNamed(name) }) else {
            let bodyFields = name.describesBody ? nil : fields.firstIndex { $0.name.describesBody }
            fields.insert(MSRPField(name, value), at: bodyFields ?? fields.count)
            return
        }
        fields[place] = MSRPField(name, value)
        let later = fields[(place + 1)...].filter { !$0.isNamed(name) }
        fields.replaceSubrange((place + 1)..., with: later)
    }

    package mutating func remove(_ name: MSRPFieldName) {
        fields.removeAll { $0.isNamed(name) }
    }

    /// The URIs of To-Path as written, next hop first.
    package var toPath: [String] {
        get { path(.toPath) }
        set { set(.toPath, newValue.joined(separator: " ")) }
    }

    /// The URIs of From-Path as written, last hop first.
    package var fromPath: [String] {
        get { path(.fromPath) }
        set { set(.fromPath, newValue.joined(separator: " ")) }
    }

    package var messageID: String? { first(.messageID) }

    /// The Byte-Range, or nil when there is none that can be read.
    package var byteRange: ByteRange? { first(.byteRange).flatMap(ByteRange.init) }

    /// Whether a success report is asked for, or nil when the field is absent or says something else.
    package var successReport: Bool? {
        switch first(.successReport)?.lowercased() {
        case "yes": true
        case "no": false
        default: nil
        }
    }

    /// Which failures are to be reported, or nil when the field is absent or says something else.
    package var failureReport: FailureReport? {
        first(.failureReport).flatMap { FailureReport(rawValue: $0.lowercased()) }
    }

    /// The Status of a REPORT, or nil when there is none that can be read.
    package var statusHeader: StatusHeader? { first(.status).flatMap(StatusHeader.init) }

    package var contentType: String? { first(.contentType) }

    private func path(_ name: MSRPFieldName) -> [String] {
        fields.first { $0.isNamed(name) }?.rawValue.words.map(\.text) ?? []
    }
}
