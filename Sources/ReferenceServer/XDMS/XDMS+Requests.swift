import HTTPSyntax
import XCAP
import XMLTree

/// Requests of users.
///
/// RFC 4825 §8
extension XDMS {
    /// What a request leads to.
    struct Answer: Equatable {
        let response: HTTPMessage
        /// The document that is another one now, or is gone.
        var changed: DocumentSelector?
    }

    /// Answers a request of the user with this identity, or of somebody unknown.
    mutating func answer(_ request: HTTPMessage, by requester: String?) -> Answer {
        do throws(XCAPRefusal) {
            guard let method = request.method, let target = request.target else { throw XCAPRefusal(.badRequest) }
            switch method {
            case "GET", "HEAD":
                let uri = try uri(of: target)
                try authorizeReading(uri.document, by: requester)
                return try read(uri, request)
            case "PUT":
                let uri = try uri(of: target)
                try authorizeWriting(uri.document, by: requester)
                return try put(request, at: uri)
            case "DELETE":
                let uri = try uri(of: target)
                try authorizeWriting(uri.document, by: requester)
                return try delete(uri, request)
            case "POST", "OPTIONS", "TRACE", "CONNECT", "PATCH":
                throw XCAPRefusal(.methodNotAllowed, fields: [HTTPField(.allow, "GET, HEAD, PUT, DELETE")])
            case _:
                throw XCAPRefusal(.notImplemented)
            }
        } catch {
            return Answer(response: error.response)
        }
    }

    private func uri(of target: String) throws(XCAPRefusal) -> XCAPURI {
        do throws(XCAPSyntaxError) {
            var uri = try XCAPURI(parsing: target, root: root)
            uri.document = uri.document.canonical
            return uri
        } catch {
            throw XCAPRefusal(error)
        }
    }

    /// A user reads his own tree, and everybody what is for all.
    ///
    /// RFC 4825 §5.7
    private func authorizeReading(_ selector: DocumentSelector, by requester: String?) throws(XCAPRefusal) {
        guard case .user(let owner) = selector.tree else { return }
        guard let requester else { throw XCAPRefusal(.forbidden, because: "Requester not identified") }
        guard requester.canonicalURI == owner else { throw XCAPRefusal(.forbidden, because: "Another user's tree") }
    }

    private func authorizeWriting(_ selector: DocumentSelector, by requester: String?) throws(XCAPRefusal) {
        guard case .user = selector.tree, selector.usage.writer == .owner else {
            throw XCAPRefusal(.forbidden, because: "Only the server writes such documents")
        }
        try authorizeReading(selector, by: requester)
    }

    private func read(_ uri: XCAPURI, _ request: HTTPMessage) throws(XCAPRefusal) -> Answer {
        guard let stored = documents[uri.document] else { throw XCAPRefusal(.notFound) }
        let (content, contentType) = try content(of: stored, at: uri)
        let tag = HTTPField(.entityTag, stored.entityTag.description)
        if EntityTagCondition(.ifMatch, of: request)?.matchesStrongly(stored.entityTag) == false {
            throw XCAPRefusal(.preconditionFailed)
        }
        if EntityTagCondition(.ifNoneMatch, of: request)?.matchesWeakly(stored.entityTag) == true {
            return Answer(response: HTTPMessage(.notModified, fields: [tag]))
        }
        return Answer(
            response: HTTPMessage(.ok, fields: [tag, HTTPField(.contentType, contentType)], content: content))
    }

    private func content(of stored: StoredDocument, at uri: XCAPURI) throws(XCAPRefusal) -> ([UInt8], String) {
        guard let node = uri.node else { return (stored.content, uri.document.usage.contentType) }
        let content =
            switch try parsed(stored).selected(by: node) {
            case .element(let element)?, .namespaces(let element)?: element.serialized()
            case .attribute(let value)?: Array(XMLAttribute.text(of: value).utf8)
            case nil: throw XCAPRefusal(.notFound)
            }
        return (content, node.contentType)
    }

    private mutating func put(_ request: HTTPMessage, at uri: XCAPURI) throws(XCAPRefusal) -> Answer {
        let selector = uri.document
        let stored = documents[selector]
        guard !selector.name.contains("/"), stored != nil || uri.node == nil else {
            throw XCAPRefusal(XCAPConflict(.noParent, "There is no such document or folder"))
        }
        try checkConditions(of: request, stored, at: uri)
        guard request.mediaType == uri.node?.contentType ?? selector.usage.contentType else {
            throw XCAPRefusal(.unsupportedMediaType)
        }
        let content: [UInt8]
        var outcome = stored == nil ? XCAPDocument.Outcome.created : .replaced
        if let node = uri.node, let stored {
            var document = try parsed(stored)
            do throws(XCAPConflict) {
                outcome = try document.put(request.content, at: node)
            } catch {
                throw XCAPRefusal(error.reason == .noParent ? explaining(error, at: uri, in: document) : error)
            }
            content = document.serialized()
        } else {
            content = request.content
        }
        try keep(content, at: selector)
        let tag = documents[selector].map { HTTPField(.entityTag, $0.entityTag.description) }
        let status = outcome == .created ? HTTPStatusCode.created : .ok
        return Answer(response: HTTPMessage(status, fields: [tag].compactMap(\.self)), changed: selector)
    }

    private mutating func delete(_ uri: XCAPURI, _ request: HTTPMessage) throws(XCAPRefusal) -> Answer {
        let selector = uri.document
        guard let stored = documents[selector] else { throw XCAPRefusal(.notFound) }
        try checkConditions(of: request, stored, at: uri)
        guard let node = uri.node else {
            remove(selector)
            return Answer(response: HTTPMessage(.ok), changed: selector)
        }
        var document = try parsed(stored)
        let isDeleted = try refusing { () throws(XCAPConflict) in try document.delete(node) }
        guard isDeleted else { throw XCAPRefusal(.notFound) }
        try keep(document.serialized(), at: selector)
        let tag = documents[selector].map { HTTPField(.entityTag, $0.entityTag.description) }
        return Answer(response: HTTPMessage(.ok, fields: [tag].compactMap(\.self)), changed: selector)
    }

    /// Stores a document that its application usage allows, and for which there is room.
    private mutating func keep(_ content: [UInt8], at selector: DocumentSelector) throws(XCAPRefusal) {
        try refusing { () throws(XCAPConflict) in try validate(content, at: selector) }
        guard isRoom(for: content, at: selector) else {
            throw XCAPRefusal(XCAPConflict(.constraintFailure, "There is no room for more documents"))
        }
        store(content, at: selector)
    }

    private func parsed(_ stored: StoredDocument) throws(XCAPRefusal) -> XCAPDocument {
        try refusing { () throws(XCAPConflict) in try XCAPDocument(parsing: stored.content) }
    }

    /// RFC 4825 §7.11, RFC 9110 §13.1: the versions that count are those of the document.
    private func checkConditions(
        of request: HTTPMessage, _ stored: StoredDocument?, at uri: XCAPURI
    ) throws(XCAPRefusal) {
        if let condition = EntityTagCondition(.ifMatch, of: request),
            !condition.matchesStrongly(stored?.entityTag)
        {
            throw XCAPRefusal(.preconditionFailed)
        }
        guard let condition = EntityTagCondition(.ifNoneMatch, of: request) else { return }
        // What is not there is in no version, even where its document is.
        let isThere = try uri.node.map { node throws(XCAPRefusal) in
            try stored.map { stored throws(XCAPRefusal) in try parsed(stored).selected(by: node) != nil } ?? false
        }
        if condition.matchesWeakly(isThere == false ? nil : stored?.entityTag) {
            throw XCAPRefusal(.preconditionFailed)
        }
    }

    /// A conflict with the closest ancestor that there is.
    private func explaining(_ conflict: XCAPConflict, at uri: XCAPURI, in document: XCAPDocument) -> XCAPConflict {
        var ancestor = uri
        ancestor.node?.terminal = .element
        while let node = ancestor.node, document.selected(by: node) == nil {
            if node.steps.count > 1 { ancestor.node?.steps.removeLast() } else { ancestor.node = nil }
        }
        var conflict = conflict
        conflict.ancestor = ancestor.target(root: root)
        return conflict
    }

    private func refusing<Value>(_ operation: () throws(XCAPConflict) -> Value) throws(XCAPRefusal) -> Value {
        do throws(XCAPConflict) {
            return try operation()
        } catch {
            throw XCAPRefusal(error)
        }
    }
}
