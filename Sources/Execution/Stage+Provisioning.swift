import Actors
import Conformance
import Network

// What steps need that the operator of the system under test sees to.
extension Stage {
    /// What the step needs of the operator before the client does its part; nil where the client does all.
    func provision(for step: Step) -> ProvisionRequest? {
        var variables: [String: String] = [:]
        let prerequisite: Prerequisite
        switch step.action {
        case .create(let name):
            guard let group = groups[name], !provisionedGroups.contains(name) else { return nil }
            prerequisite = .groups
            variables = group.variables
            variables["PARLEY_GROUP_URI"] = cast.groups[name]
            variables["PARLEY_MEMBERS"] = group.members.compactMap { cast[$0]?.imAddress }.joined(separator: " ")
        case .logIn(let settings), .changeSettings(let settings):
            prerequisite = .settings
            variables = settings.variables
        case .purge(let store):
            prerequisite = .stores
            variables["PARLEY_STORE"] = store.rawValue
        case .announce(let text):
            prerequisite = .systemMessage
            variables["PARLEY_TEXT"] = text
        default: return nil
        }
        guard provisioning(of: prerequisite).isHook else { return nil }
        variables["PARLEY_WHAT"] = prerequisite.rawValue
        variables["PARLEY_CASE"] = recorder.trace.testCaseID
        variables["PARLEY_USER"] = cast[step.party]?.imAddress
        for client in cast.clients {
            variables["PARLEY_USER_\(client.name)"] = client.imAddress
            variables["PARLEY_ADDRESS_\(client.name)"] = client.addresses.first?.description
        }
        return ProvisionRequest(id: numberOfProvisions + 1, prerequisite: prerequisite, variables: variables)
    }

    func provisioning(of prerequisite: Prerequisite) -> Provisioning { preconditions[prerequisite] ?? .clients }

    /// The group that the step needs, where groups are said to be there and this one has no URI.
    func unnamedGroup(of step: Step) -> String? {
        guard case .create(let group) = step.action, provisioning(of: .groups) == .preprovisioned,
            !provisionedGroups.contains(group)
        else { return nil }
        return group
    }

    /// Asks the operator, and has the client wait for that.
    mutating func ask(for request: ProvisionRequest, of step: Step) -> [Effect] {
        numberOfProvisions = request.id
        provisions[request.id] = step
        return [.provide(request)]
    }

    /// The operator has done what was asked: now it is the client's turn.
    mutating func fulfil(_ id: Int, at time: Instant) -> [Effect] {
        guard closing == .notYet, let step = provisions.removeValue(forKey: id) else { return [] }
        var effects: [Effect] = [.arm(.step, after: scene.map { patience(for: $0) } ?? patience.step)]
        switch step.action {
        case .create(let group): waiting.reach(.created(step.party, group: group))
        case .purge(let store): waiting.reach(.purged(step.party, store))
        default: effects += perform(clientAction(of: step), mutations: step.mutations, by: step.party, at: time)
        }
        return effects + proceed(at: time)
    }

    /// The operator has not done it: what is missing shows nothing of the system.
    mutating func forgo(_ id: Int, because reason: String, at time: Instant) -> [Effect] {
        guard closing == .notYet, let step = provisions.removeValue(forKey: id) else {
            remark("Later on, \(reason).")
            return []
        }
        miss(step, because: reason)
        return proceed(at: time)
    }

    /// Gives the scene up for want of what the step needs.
    mutating func miss(_ step: Step, because reason: String) {
        let place = scene?.phase == .preamble ? "the preamble" : "step \(step.label)"
        undone = undone ?? "what \(place) needs was not provided (\(step.party) \(step.action.words)): \(reason)."
        waiting.fail(reason)
    }
}

extension Group {
    fileprivate var variables: [String: String] {
        [
            "PARLEY_GROUP": name, "PARLEY_GROUP_OPEN": "\(isOpen)", "PARLEY_GROUP_INVITES": "\(invitesMembers)",
            "PARLEY_GROUP_ANONYMITY": "\(allowsAnonymity)", "PARLEY_GROUP_PRIVATE": "\(allowsPrivateMessages)",
            "PARLEY_GROUP_RELEASE": "\(releasesWithOriginator)",
            "PARLEY_GROUP_SIZE": maximumParticipants.map(String.init) ?? "",
        ]
    }
}

extension Settings {
    fileprivate var variables: [String: String] {
        [
            "PARLEY_VISIBLE": "\(isVisible)", "PARLEY_OFFLINE_DELIVERY": "\(wantsOfflineDelivery)",
            "PARLEY_BARS_SESSIONS": "\(barsSessions)", "PARLEY_BARS_PAGERS": "\(barsPagers)",
            "PARLEY_RECORDS_SESSIONS": "\(recordsSessions)", "PARLEY_RECORDS_PAGERS": "\(recordsPagers)",
        ]
    }
}
