import Bytes
import MSRP
import MessageBodies
import Network
import SDP
import SIPSyntax

/// A conference server of two hundred lines, which does what it is told: it admits, notifies, refers and passes on.
struct ScriptedFocus {
    /// What it does with a datagram or with bytes.
    enum Effect {
        case datagram([UInt8], to: SocketAddress)
        case write([UInt8], on: ConnectionID)
    }

    /// When a NOTIFY comes, beside the response to what asks for it.
    enum NotificationOrder {
        case afterResponse
        case beforeResponse
        case never
    }

    static let identity = "sip:conf-1@127.0.0.2:5060"
    static let factory = "sip:conference-factory@localhost"
    static let group = "sip:room@example.com"
    static let history = "sip:History@localhost"

    let address: SocketAddress
    /// What INVITE, SUBSCRIBE and REFER are answered with.
    var statuses: [SIPMethod: Int] = [.refer: 202]
    var contact = "<\(identity)>;isfocus;+g.oma.sip-im"
    var order = NotificationOrder.afterResponse
    /// The conference state that the next NOTIFYs of a subscription tell, the last one again and again.
    var documents: [ConferenceInfo] = []
    /// Whether the 2xx to REFER repeats Refer-Sub: false.
    var echoesReferSub = true
    /// The status lines that NOTIFYs tell of what was referred.
    var outcomes: [String] = []
    /// Whether what one participant sends goes to the others.
    var relays = true
    /// What is reported of a message that has come whole.
    var finalReports: (MSRPMessage) -> [FinalReport] = { _ in [] }
    /// What every SEND is answered with.
    var sendStatus = 200
    /// The body of the next 200 to INVITE, in place of the answer alone.
    var answerBody: ((SessionDescription) -> (type: String, body: [UInt8]))?

    /// The subscriptions by their Call-IDs, with the number of the last NOTIFY and that of the next document.
    private var subscriptions: [String: (request: SIPMessage, source: SocketAddress, number: Int, document: Int)] = [:]
    private var framers: [ConnectionID: MSRPStreamFramer] = [:]
    /// The paths of those who are connected.
    private var paths: [ConnectionID: [String]] = [:]
    private var relayed = 0

    init(address: SocketAddress) { self.address = address }

    // MARK: SIP

    mutating func handle(_ bytes: [UInt8], from source: SocketAddress) -> [Effect] {
        guard let request = try? SIPMessage(parsing: bytes), let method = request.method, method != .ack else {
            return []
        }
        switch method {
        case .invite: return [respond(to: admission(of: request), source)]
        case .subscribe: return subscribe(request, from: source)
        case .refer: return refer(request, from: source)
        default: return [respond(to: SIPMessage(status: statuses[method] ?? 200, to: request, toTag: "focus"), source)]
        }
    }

    private mutating func admission(of request: SIPMessage) -> SIPMessage {
        var response = SIPMessage(status: statuses[.invite] ?? 200, to: request, toTag: "focus")
        guard response.status == 200 else { return response }
        for route in request.all(.recordRoute) { response.add(.recordRoute, route) }
        response.add(.contact, contact)
        let body = Self.part(.init("application/sdp"), of: request) ?? request.body
        guard let offer = try? SessionDescription(parsing: body) else { return response }
        let answer = answer(to: offer)
        let (type, text) = answerBody?(answer) ?? ("application/sdp", answer.serialized())
        response.add(.contentType, type)
        response.body = text
        return response
    }

    func answer(to offer: SessionDescription) -> SessionDescription {
        var answer = offer
        answer.media = offer.media.enumerated().map { place, line in
            let isFile = line.fileSelector != nil
            return .msrp(
                port: line.isRefused ? 0 : 2855, path: ["msrp://127.0.0.2:2855/focus\(isFile ? "-\(place)" : "");tcp"],
                acceptTypes: line.acceptTypes, acceptWrappedTypes: line.acceptWrappedTypes,
                direction: line.ownDirection?.mirrored,
                attributes: line.attributes.filter { $0.name.hasPrefix("file-") && $0.name != "file-disposition" })
        }
        return answer
    }

    /// The part of a body of several.
    static func part(_ type: ContentType, of message: SIPMessage) -> [UInt8]? {
        (try? MultipartBody(parsing: message.body, contentType: message.first(.contentType) ?? ""))?
            .first(type: type.essence)?.body
    }

    private mutating func subscribe(_ request: SIPMessage, from source: SocketAddress) -> [Effect] {
        let status = statuses[.subscribe] ?? 200
        var response = SIPMessage(status: status, to: request, toTag: "sub")
        guard status == 200, let callID = request.callID else { return [respond(to: response, source)] }
        response.add(.contact, "<\(Self.identity)>")
        response.add(.expires, request.first(.expires) ?? "3600")
        var known = subscriptions[callID] ?? (request, source, 0, 0)
        if known.number == 0 { known.request = request }
        subscriptions[callID] = known
        let state = request.first(.expires) == "0" ? "terminated;reason=timeout" : "active;expires=3600"
        switch order {
        case .afterResponse: return [respond(to: response, source)] + notify(callID, state)
        case .beforeResponse: return notify(callID, state) + [respond(to: response, source)]
        case .never: return [respond(to: response, source)]
        }
    }

    /// Tells every subscriber the conference state.
    mutating func notifyAll(_ state: String = "active;expires=3600") -> [Effect] {
        subscriptions.keys.sorted().flatMap { notify($0, state) }
    }

    private mutating func notify(_ callID: String, _ state: String) -> [Effect] {
        guard let known = subscriptions[callID] else { return [] }
        var fields = ["Event: conference", "Subscription-State: \(state)"]
        var body: [UInt8] = []
        if !documents.isEmpty {
            body = documents[min(known.document, documents.count - 1)].serialized()
            fields.append("Content-Type: \(ConferenceInfo.mediaType)")
        }
        subscriptions[callID]?.number += 1
        subscriptions[callID]?.document += 1
        return [notification(known.request, known.number + 1, "sub", fields, body, to: known.source)]
    }

    private func refer(_ request: SIPMessage, from source: SocketAddress) -> [Effect] {
        var response = SIPMessage(status: statuses[.refer] ?? 202, to: request, toTag: "ref")
        response.add(.contact, "<\(Self.identity)>")
        if echoesReferSub, let field = request.first(.referSub) { response.add(.referSub, field) }
        return [respond(to: response, source)]
            + outcomes.enumerated().map { number, line in
                let state = number == outcomes.count - 1 ? "terminated;reason=noresource" : "active;expires=60"
                return notification(
                    request, number + 1, "ref",
                    ["Event: refer", "Subscription-State: \(state)", "Content-Type: message/sipfrag"],
                    Array("\(line)\r\n".utf8), to: source)
            }
    }

    private func notification(
        _ request: SIPMessage, _ number: Int, _ tag: String, _ fields: [String], _ body: [UInt8],
        to source: SocketAddress
    ) -> Effect {
        let head = [
            "NOTIFY \((try? request.contact())?.uri ?? "") SIP/2.0",
            "Via: SIP/2.0/UDP \(address);branch=z9hG4bKn\(number)\((request.callID ?? "").filter { $0 != "@" })",
            "Max-Forwards: 70",
            "From: \(request.first(.to) ?? "")\((try? request.to())?.tag == nil ? ";tag=\(tag)" : "")",
            "To: \(request.first(.from) ?? "")", "Call-ID: \(request.callID ?? "")", "CSeq: \(number) NOTIFY",
            "Contact: <\(Self.identity)>",
        ]
        let text = (head + fields + ["Content-Length: \(body.count)", "", ""]).joined(separator: "\r\n")
        let target = (try? request.contact())?.sipURI.flatMap { uri in
            IPAddress(uri.host).map { SocketAddress($0, port: uri.port ?? 5060) }
        }
        return .datagram(Array(text.utf8) + body, to: target ?? source)
    }

    private func respond(to response: SIPMessage, _ source: SocketAddress) -> Effect {
        .datagram(response.serialized(), to: source)
    }

    // MARK: MSRP

    /// Answers every SEND, and passes what it holds on to everybody else.
    mutating func received(_ bytes: [UInt8], on connection: ConnectionID) -> [Effect] {
        framers[connection, default: MSRPStreamFramer()].append(bytes)
        var effects: [Effect] = []
        while let bytes = try? framers[connection]?.next(), let message = try? MSRPMessage(parsing: bytes) {
            guard message.method == "SEND" else { continue }
            if paths[connection] == nil { paths[connection] = message.fromPath }
            effects.append(.write(MSRPMessage(status: sendStatus, to: message).serialized(), on: connection))
            guard sendStatus == 200, message.body != nil else { continue }
            if message.continuation == .complete { effects += reports(of: message, on: connection) }
            guard relays else { continue }
            for (other, path) in paths.sorted(by: { $0.key.number < $1.key.number }) where other != connection {
                relayed += 1
                let copy = MSRPMessage(
                    transactionID: "relayed\(relayed)", .request(method: "SEND"), toPath: path,
                    fromPath: ["msrp://127.0.0.2:2855/focus;tcp"],
                    fields: message.fields.filter { !$0.isNamed(.toPath) && !$0.isNamed(.fromPath) },
                    body: message.body, continuation: message.continuation)
                effects.append(.write(copy.serialized(), on: other))
            }
        }
        return effects
    }

    private func reports(of message: MSRPMessage, on connection: ConnectionID) -> [Effect] {
        finalReports(message).enumerated().map { number, report in
            let request = MSRPMessage(
                transactionID: "report\(number)", .request(method: "REPORT"), toPath: message.fromPath,
                fromPath: message.toPath,
                fields: [
                    MSRPField(.messageID, message.messageID ?? ""), MSRPField(.status, "000 200 OK"),
                    MSRPField(.contentType, FinalReport.mediaType),
                ], body: report.serialized())
            return .write(request.serialized(), on: connection)
        }
    }

    mutating func closed(_ connection: ConnectionID) {
        framers[connection] = nil
        paths[connection] = nil
    }
}
