/// What is to be there for test cases, or to be brought about in them, and is not a message of a client at every system.
package enum Prerequisite: String, CaseIterable, Sendable {
    /// The groups, with their members and rules.
    case groups
    /// What users say of themselves: whether they appear offline, what they bar, and what becomes of what they miss.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.2.4
    case settings
    /// That nothing is stored for the users of a case when it begins.
    case stores
    /// A message of the system to a user.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.4
    case systemMessage = "system-message"
}

/// Who sees to a precondition at a system under test.
package enum Provisioning: Sendable, Equatable {
    /// The clients, as users do: groups by XCAP, settings by PUBLISH, and what is stored by the functions of the service.
    case clients
    /// Nobody: it is so already.
    case preprovisioned
    case hook(Hook)

    /// What lets a system do what only its operator can bring about.
    package enum Hook: Sendable, Equatable {
        /// A command of the shell, which finds in its environment what is asked.
        case command(String)
        /// A URL to which that is posted; in the place of a secret stands `{env:NAME}` or `{file:PATH}`.
        case call(String)

        /// Whether it is called over TLS.
        package var callsSecurely: Bool {
            switch self {
            case .command: false
            case .call(let url): url.hasPrefix("https:")
            }
        }
    }

    package var hook: Hook? { if case .hook(let hook) = self { hook } else { nil } }
    package var isHook: Bool { hook != nil }
}
