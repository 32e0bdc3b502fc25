import SIPSyntax

/// Our parser: frames the message and reads the typed values that the comparison asks for.
enum OurParser {
    /// A number that depends on all that was read, so that nothing is optimised away.
    @inline(never)
    static func parse(_ bytes: [UInt8]) throws -> Int {
        let message = try SIPMessage(parsing: bytes)
        var sum = message.body.count &+ (message.status ?? 0)
        if let uri = message.requestURI { sum &+= try SIPURI(parsing: uri).host.utf8.count }
        if let via = try message.via() {
            sum &+= via.host.utf8.count &+ Int(via.port ?? 0) &+ (via.branch?.utf8.count ?? 0)
        }
        if let from = try message.from() {
            sum &+= (from.sipURI?.host.utf8.count ?? 0) &+ (from.tag?.utf8.count ?? 0)
        }
        if let to = try message.to() { sum &+= (to.sipURI?.host.utf8.count ?? 0) &+ (to.tag?.utf8.count ?? 0) }
        sum &+= message.callID?.utf8.count ?? 0
        if let cSeq = try message.cSeq() { sum &+= Int(cSeq.number) &+ cSeq.method.name.utf8.count }
        if let contact = try message.contact() { sum &+= contact.sipURI?.host.utf8.count ?? 0 }
        return sum
    }

    static func locate(_ bytes: [UInt8]) throws -> Located {
        let message = try SIPMessage(parsing: bytes)
        var located = Located()
        located.method = message.method?.name ?? ""
        located.requestHost = try message.requestURI.map { try SIPURI(parsing: $0).host } ?? ""
        located.status = message.status ?? 0
        let via = try message.via()
        located.viaHost = via?.host ?? ""
        located.viaPort = Int(via?.port ?? 0)
        located.branch = via?.branch ?? ""
        located.fromHost = try message.from()?.sipURI?.host ?? ""
        located.fromTag = try message.from()?.tag ?? ""
        located.toHost = try message.to()?.sipURI?.host ?? ""
        located.toTag = try message.to()?.tag ?? ""
        located.callID = message.callID ?? ""
        located.cSeqNumber = try Int(message.cSeq()?.number ?? 0)
        located.cSeqMethod = try message.cSeq()?.method.name ?? ""
        located.contactHost = try message.contact()?.sipURI?.host ?? ""
        located.bodyLength = message.body.count
        return located
    }
}
