import MessageBodies
import SIPSyntax
import XCAP
import XMLTree

/// What the application usages demand of documents.
///
/// RFC 4825 §5.3, §8.2.2
extension XDMS {
    /// Judges what a document would be after a request.
    func validate(_ content: [UInt8], at selector: DocumentSelector) throws(XCAPConflict) {
        let usage = selector.usage
        let root = try XCAPDocument(parsing: content).root
        guard root.name == usage.root else {
            throw XCAPConflict(.schemaValidationError, "The root element is not “\(usage.root.local)” of this usage")
        }
        switch usage {
        case .groups:
            let group = try valid { () throws(XMLBodyError) in try GroupDocument(parsing: content) }
            try validate(group, at: selector)
        case .accessRules:
            _ = try valid { () throws(XMLBodyError) in try AuthPolicy(parsing: content) }
        case .resourceLists, .groupUsageList:
            _ = try valid { () throws(XMLBodyError) in try ResourceLists(parsing: content) }
            try checkUniqueness(in: root, path: root.name.local)
        case .capabilities, .userProfile, .deferredList, .conversationHistory:
            break
        }
    }

    /// A group has a URI of the home domain, which no other group has.
    private func validate(_ group: GroupDocument, at selector: DocumentSelector) throws(XCAPConflict) {
        guard var uri = try? SIPURI(parsing: group.uri), let user = uri.user,
            uri.host.lowercased() == domain.lowercased()
        else { throw XCAPConflict(.constraintFailure, "The URI of a group is a SIP URI of “\(domain)”") }
        guard let other = groupSelector(at: group.uri), other != selector else { return }
        var conflict = XCAPConflict(.uniquenessFailure, "Another group has this URI")
        let alternatives = (2...9).map { number in
            uri.user = "\(user)-\(number)"
            return uri.userAddress
        }
        conflict.exists = (
            field: "group/list-service/@uri",
            alternatives: Array(alternatives.filter { groupSelector(at: $0) == nil }.prefix(3))
        )
        throw conflict
    }

    /// Lists side by side have different names, and entries different URIs.
    ///
    /// RFC 4826 §3.2
    private func checkUniqueness(in list: XMLElement, path: String) throws(XCAPConflict) {
        let lists = list.all("list", namespace: list.name.namespace)
        let entries = list.all("entry", namespace: list.name.namespace)
        try checkUniqueness(of: lists.compactMap { $0.attribute("name") }, field: path + "/list/@name")
        try checkUniqueness(of: entries.compactMap { $0.attribute("uri") }, field: path + "/entry/@uri")
        for inner in lists { try checkUniqueness(in: inner, path: path + "/list") }
    }

    private func checkUniqueness(of values: [String], field: String) throws(XCAPConflict) {
        guard Set(values).count < values.count else { return }
        var conflict = XCAPConflict(.uniquenessFailure, "A value occurs twice side by side")
        conflict.exists = (field, [])
        throw conflict
    }

    private func valid<Document>(_ document: () throws(XMLBodyError) -> Document) throws(XCAPConflict) -> Document {
        do throws(XMLBodyError) {
            return try document()
        } catch {
            throw XCAPConflict(.schemaValidationError, "\(error)")
        }
    }
}
