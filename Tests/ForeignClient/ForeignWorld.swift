import Actors
import Conformance
import Foundation
import Network
import Reporting
import TestSupport
import Transport

/// The clients of this process, at real sockets.
final class ForeignWorld {
    /// Where a client lives, and what it does wrong on purpose.
    struct Place {
        var address: IPAddress
        var defects: Set<ClientDefect>
    }

    private struct Member {
        var client: IMClient
        var handle: NodeHandle
        var testCase = ""
        /// The id of the step that it was asked for last.
        var step: JSONValue?
        var names = SessionNames()
        /// Whether a list has been asked for and is not there yet; a deletion ends with one too.
        var isReading = false
        /// The steps that wait for the list, on which they may depend.
        var waiting: [JSONValue] = []

        var canGoOn: Bool { !isReading && !waiting.isEmpty }
    }

    private let places: [String: Place]
    private let loop: EventLoop
    private let inbox: LineInbox
    private var members: [String: Member] = [:]

    init(places: [String: Place]) throws {
        self.places = places
        loop = try EventLoop()
        inbox = LineInbox(ringing: try loop.addDoorbell())
    }

    func run() throws {
        while let lines = inbox.take() {
            for (party, member) in members where member.canGoOn {
                members[party]?.waiting.removeFirst()
                step(member.waiting[0])
            }
            for line in lines {
                let message = try JSONValue(parsing: Array(line.utf8))
                guard message["type"] != "end" else { return loop.shutDown() }
                try take(message)
            }
            _ = try loop.run(
                until: { self.inbox.hasNews || self.members.values.contains(where: \.canGoOn) },
                deadline: loop.now + .seconds(600), observe: { _ in }
            ) { node, event, time in
                guard let party = self.members.first(where: { $0.value.handle == node })?.key else { return [] }
                return self.carryOut(self.members[party]?.client.handle(event, at: time) ?? [], of: party)
            }
        }
    }

    private func take(_ message: JSONValue) throws {
        switch message["type"] {
        case "hello": say(["type": "hello", "protocol": .number("1"), "name": "a foreign client"])
        case "configure": try configure(message)
        case "step": step(message)
        case "question": say(["type": "answer", "id": message["id"] ?? .null, "answer": .bool(true)])
        default: break
        }
    }

    private func configure(_ message: JSONValue) throws {
        let party = message["party"].text
        guard let place = places[party], let proxy = SocketAddress(message["proxy"].text, defaultPort: 5060) else {
            return say(["type": "cannot", "reason": .string("there is no client \(party)")])
        }
        var profile = IMClient.Profile(
            party: PartyName(party), imAddress: message["user"].text, displayName: "Foreign \(party)",
            address: place.address, server: proxy, registrarURI: "sip:\(message["domain"].text)",
            services: Services(configuration: message))
        profile.chunkSize = 4
        profile.nextFileWait = .zero
        if let account = message["account"] {
            profile.account = IMClient.Account(
                username: account["name"].text, password: account["password"].text)
        }
        let security = try secure(&profile, by: message)
        let client = IMClient(profile: profile, seed: UInt64.random(in: 0...UInt64.max), defects: place.defects)
        let handle = try loop.add(client.listeningPoints, named: "client \(party)", security: security)
        members[party] = Member(client: client, handle: handle)
        say(["type": "ready", "party": .string(party)])
        perform(.logIn(.open), by: party)
    }

    /// Chooses the way to the server, and makes what it needs where that is secured.
    private func secure(_ profile: inout IMClient.Profile, by message: JSONValue) throws -> TLSContext? {
        profile.sipTransport = message["transports"].texts.first.flatMap(TransportProtocol.init) ?? .udp
        guard profile.sipTransport == .tls else { return nil }
        profile.sipPort = profile.server.port
        profile.serverIdentity = .name(message["domain"].text)
        let identity = TLSAuthority.selfSigned([profile.address.description, profile.imAddress])
        profile.certificate = identity.certificate.fingerprint(.sha256)
        let authority = try String(contentsOfFile: message["authority"].text, encoding: .utf8)
        return TLSContext(identity, trust: .certificates(TLSCertificate.all(in: authority)))
    }

    private func step(_ message: JSONValue) {
        let party = message["party"].text
        guard var member = members[party] else { return }
        guard !member.isReading else {
            members[party]?.waiting.append(message)
            return
        }
        if member.testCase != message["case"].text {
            member.testCase = message["case"].text
            member.names.forget()
        }
        member.step = message["id"]
        let action = ClientAction(message) { member.names.name(of: $0) }
        switch action {
        case .list, .delete: member.isReading = true
        default: break
        }
        members[party] = member
        guard let action else {
            return say([
                "type": "cannot", "id": message["id"] ?? .null,
                "reason": .string("it does not know how to \(message["action"].text)"),
            ])
        }
        perform(action, by: party)
        say(["type": "done", "id": message["id"] ?? .null])
    }

    private func perform(_ action: ClientAction, by party: String) {
        guard let member = members[party] else { return }
        let effects = members[party]?.client.perform(action, at: loop.now) ?? []
        loop.perform(carryOut(effects, of: party), of: member.handle)
    }

    /// What of the effects goes to the network; the rest is noted.
    private func carryOut(_ effects: [ClientEffect], of party: String) -> [NodeEffect] {
        effects.compactMap { effect in
            switch effect {
            case .network(let effect): return effect
            case .report(.invited(_, let session)):
                members[party]?.names.invite(session)
                return nil
            case .report(.ended(let session, _)), .report(.declined(let session, _)):
                members[party]?.names.end(session)
                return nil
            case .report(.listed), .report(.listFailed), .report(.deleted), .report(.deletionFailed):
                members[party]?.isReading = false
                return nil
            case .report(.attempted(_, _, let outcome)) where outcome.hasPrefix("There is no session"):
                // Nothing of it is seen on the wire.
                say(["type": "cannot", "id": members[party]?.step, "reason": .string(outcome)])
                return nil
            case .report: return nil
            }
        }
    }

    private func say(_ members: KeyValuePairs<String, JSONValue?>) {
        FileHandle.standardOutput.write(Data(JSONValue.object(of: members).line))
    }
}
