import MessageBodies
import XMLTree

// corpus: fixtures/bodies/conference
// corpus: fixtures/bodies/cpim
// corpus: fixtures/bodies/encapsulated
// corpus: fixtures/bodies/groups
// corpus: fixtures/bodies/hostile
// corpus: fixtures/bodies/lists
// corpus: fixtures/bodies/multipart
// corpus: fixtures/bodies/notifications
// corpus: fixtures/bodies/policies
// corpus: fixtures/bodies/settings
// corpus: fixtures/bodies/stored

/// Reads the input as a body of every kind, asks each what it says, writes it, and judges it by the schemas.
///
/// Nothing may trap, and what is written reads the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    readMessages(input)
    guard (try? XMLDocument(parsing: input)) != nil else { return 0 }
    readDocuments(input)
    readRules(input)
    // The schema of a part asks for no root, and so the document is judged whatever it is.
    _ = try? BodySchema.xdmExtensions.violations(in: input)
    return 0
}

func readMessages(_ input: [UInt8]) {
    if let multipart = try? MultipartBody(parsing: input, boundary: "next") {
        precondition(
            (try? MultipartBody(parsing: multipart.serialized(), boundary: "next")) == multipart, "It reads otherwise")
        precondition(multipart.leaves.count <= MultipartBody.maximumParts, "There are more parts than are read")
        _ = (multipart.first(disposition: "recipient-list"), multipart.part(at: "cid:a"))
    }
    if let message = try? CPIMMessage(parsing: input) {
        _ = (message.imdnRequest, message.asksForFinalReport, message.from, message.to)
    }
    if let message = try? SIPFragment(parsing: input) {
        precondition((try? SIPFragment(parsing: message.serialized())) == message, "It reads otherwise")
        _ = (message.method, message.requestURI, message.statusCode, message.contentType)
    }
    if let request = try? MSRPFragment(parsing: input) {
        precondition((try? MSRPFragment(parsing: request.serialized())) == request, "It reads otherwise")
    }
    for type in ["multipart/mixed;boundary=next", "message/sip", "message/msrp"] {
        guard let message = try? EncapsulatedMessage(parsing: input, contentType: type) else { continue }
        let body = message.multipart(boundary: "a-boundary-that-no-input-contains")
        let again = try? EncapsulatedMessage(parsing: body.serialized(), contentType: body.contentType)
        precondition(again == message, "It reads otherwise")
        _ = (message.payload, message.value("Call-ID"))
    }
    _ = try? ExternalBody(parsing: input, contentType: "message/external-body;access-type=URL;URL=x")
    let text = String(decoding: input, as: UTF8.self)
    _ = (ContentType(parsing: text), BodyDisposition(parsing: text), ListAnchor(text))
}

func readDocuments(_ input: [UInt8]) {
    if let lists = try? ResourceLists(parsing: input) {
        precondition((try? ResourceLists(parsing: lists.serialized())) == lists, "It reads otherwise")
    }
    if let info = try? ConferenceInfo(parsing: input) {
        precondition((try? ConferenceInfo(parsing: info.serialized())) == info, "It reads otherwise")
        var roster = ConferenceRoster()
        _ = roster.merge(info)
        _ = (roster.merge(info), roster.connected, roster.own)
    }
    if let imdn = try? IMDN(parsing: input) {
        precondition((try? IMDN(parsing: imdn.serialized())) == imdn, "It reads otherwise")
    }
    if let composing = try? IsComposing(parsing: input) {
        precondition((try? IsComposing(parsing: composing.serialized())) == composing, "It reads otherwise")
    }
    if let report = try? FinalReport(parsing: input) {
        precondition((try? FinalReport(parsing: report.serialized())) == report, "It reads otherwise")
    }
    if let list = try? StoredItemList(parsing: input) {
        precondition((try? StoredItemList(parsing: list.serialized())) == list, "It reads otherwise")
        _ = list.item("sip:1@x")
    }
    _ = try? IMServiceSettings(parsing: input)
}

func readRules(_ input: [UInt8]) {
    if var group = try? GroupDocument(parsing: input) {
        group.rules = known(group.rules)
        precondition((try? GroupDocument(parsing: group.serialized())) == group, "It reads otherwise")
        _ = (group.permissions(of: "sip:a@home.example"), group.supportsIM)
    }
    if var policy = try? AuthPolicy(parsing: input) {
        policy.rules = known(policy.rules)
        precondition((try? AuthPolicy(parsing: policy.serialized())) == policy, "It reads otherwise")
        for medium in AuthPolicy.Medium.allCases { _ = policy.rejects(sender: "sip:a@home.example", media: medium) }
    }
}

/// The rules without the conditions that are not known, for these are not written.
func known(_ rules: Ruleset) -> Ruleset {
    Ruleset(
        rules: rules.rules.map { rule in
            var rule = rule
            rule.conditions.removeAll { if case .unknown = $0 { true } else { false } }
            return rule
        })
}
