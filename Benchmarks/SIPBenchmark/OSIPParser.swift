import COSIP

/// libosip2's parser, which reads every field that it knows while it parses.
enum OSIPParser {
    struct Failure: Error {}

    static func prepare() {
        parser_init()
    }

    @inline(never)
    static func parse(_ bytes: [UInt8]) throws -> Int {
        try withMessage(bytes) { message in
            var sum = Int(message.status_code) &+ bodyLength(message)
            if message.req_uri != nil { sum &+= length(message.req_uri.pointee.host) }
            if let via = first(message.vias, as: osip_via_t.self) {
                sum &+= length(via.pointee.host) &+ number(via.pointee.port)
                sum &+= length(parameter("branch", of: via.pointee.via_params))
            }
            if let from = message.from?.pointee {
                sum &+= length(from.url?.pointee.host) &+ length(parameter("tag", of: from.gen_params))
            }
            if let to = message.to?.pointee {
                sum &+= length(to.url?.pointee.host) &+ length(parameter("tag", of: to.gen_params))
            }
            if let callID = message.call_id?.pointee {
                sum &+= length(callID.number) &+ (callID.host == nil ? 0 : 1 &+ length(callID.host))
            }
            if let cSeq = message.cseq?.pointee { sum &+= number(cSeq.number) &+ length(cSeq.method) }
            if let contact = first(message.contacts, as: osip_contact_t.self) {
                sum &+= length(contact.pointee.url?.pointee.host)
            }
            return sum
        }
    }

    static func locate(_ bytes: [UInt8]) throws -> Located {
        try withMessage(bytes) { message in
            var located = Located()
            located.method = text(message.sip_method)
            located.requestHost = text(message.req_uri?.pointee.host)
            located.status = Int(message.status_code)
            if let via = first(message.vias, as: osip_via_t.self)?.pointee {
                located.viaHost = text(via.host)
                located.viaPort = number(via.port)
                located.branch = text(parameter("branch", of: via.via_params))
            }
            if let from = message.from?.pointee {
                located.fromHost = text(from.url?.pointee.host)
                located.fromTag = text(parameter("tag", of: from.gen_params))
            }
            if let to = message.to?.pointee {
                located.toHost = text(to.url?.pointee.host)
                located.toTag = text(parameter("tag", of: to.gen_params))
            }
            if let callID = message.call_id?.pointee {
                located.callID = text(callID.number) + (callID.host == nil ? "" : "@" + text(callID.host))
            }
            if let cSeq = message.cseq?.pointee {
                located.cSeqNumber = number(cSeq.number)
                located.cSeqMethod = text(cSeq.method)
            }
            located.contactHost = text(
                first(message.contacts, as: osip_contact_t.self)?.pointee.url?.pointee.host)
            located.bodyLength = bodyLength(message)
            return located
        }
    }

    private static func withMessage<Result>(
        _ bytes: [UInt8], _ read: (borrowing osip_message) throws -> Result
    ) throws -> Result {
        var pointer: UnsafeMutablePointer<osip_message_t>?
        guard osip_message_init(&pointer) == 0, let message = pointer else { throw Failure() }
        defer { osip_message_free(message) }
        let status = bytes.withUnsafeBytes { buffer in
            osip_message_parse(message, buffer.bindMemory(to: CChar.self).baseAddress, buffer.count)
        }
        guard status == 0 else { throw Failure() }
        return try read(message.pointee)
    }

    private static func first<Item>(_ list: osip_list_t, as type: Item.Type) -> UnsafeMutablePointer<Item>? {
        list.node?.pointee.element?.assumingMemoryBound(to: Item.self)
    }

    /// The value of a generic parameter, found as osip_generic_param_get_byname finds it.
    private static func parameter(_ name: StaticString, of list: osip_list_t) -> UnsafeMutablePointer<CChar>? {
        var copy = list
        var found: UnsafeMutablePointer<osip_generic_param_t>?
        name.withUTF8Buffer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { name in
                _ = osip_uri_param_get_byname(&copy, UnsafeMutablePointer(mutating: name.baseAddress), &found)
            }
        }
        return found?.pointee.gvalue
    }

    private static func bodyLength(_ message: borrowing osip_message) -> Int {
        Int(first(message.bodies, as: osip_body_t.self)?.pointee.length ?? 0)
    }

    private static func length(_ text: UnsafeMutablePointer<CChar>?) -> Int { text.map { strlen($0) } ?? 0 }

    private static func number(_ text: UnsafeMutablePointer<CChar>?) -> Int { text.map { Int(atoi($0)) } ?? 0 }

    private static func text(_ text: UnsafeMutablePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
}
