import Conformance
import Network

/// The language of the files that describe systems under test.
enum SystemLanguage {
    static let system = MappingDefinition(
        "system", "The file: a system under test, where it is and who its users are (IXIT).",
        keys: [
            .required("name", .text, "The product and its version, as the report is to name it."),
            .required(
                "server", .notation(place),
                "Where clients send SIP: an IP address, and a port if it is not 5060 (5061 for TLS); or a domain, whose "
                    + "server is found by its records (RFC 3263), or a host and a port."),
            .optional(
                "proxy", .notation(place),
                "The outbound proxy that the clients send to instead, and name as first Route (RFC 3261 §8.1.2)."),
            .optional(
                "transport", .word(transports),
                "How clients reach it (default: what the records of a domain say, or else udp)."),
            .optional("name-server", .notation(socket), "Whom to ask for names (default: whom this machine asks)."),
            .optional(
                "tls", .mapping(tls), "What secures the connections, with transport tls, or XCAP or hooks by https."),
            .required("domain", .text, "The domain of its users."),
            .optional("clients", .list(of: .mapping(client), atLeast: 1), "Who plays clients A to D there."),
            .optional(
                "functions", .mapping(functions), "The functions of the IM service, where they are named otherwise."),
            .optional("xcap", .notation(root), "The XCAP root; without one there is no XCAP."),
            .optional(
                "groups", .list(of: .mapping(group), atLeast: 1),
                "Groups that are set up there already; others are created by XCAP."),
            .optional("step-timeout", .notation(seconds), "How long a step may take, in seconds (default 10)."),
            .optional(
                "deviations", .list(of: .word(ScenarioLanguage.deviations), atLeast: 1),
                "What it is known to do otherwise, where the documents leave that open or contradict each other."),
            .optional(
                "preconditions", .mapping(preconditions), "Who sees to what the cases need (default: the clients)."),
        ])

    static let preconditions = MappingDefinition(
        "preconditions", "What the cases need, and who sees to it.",
        keys: [
            .optional(
                Prerequisite.groups.rawValue,
                .mapping(provisioning(by: "xcap", "the clients store their documents by XCAP")),
                "The groups, with their members and rules."),
            .optional(
                Prerequisite.settings.rawValue,
                .mapping(provisioning(by: "publish", "the clients publish them, and nobody else sets them")),
                "The settings of users: appearing offline, barring, offline delivery, recording."),
            .optional(
                Prerequisite.stores.rawValue,
                .mapping(provisioning(by: "deletion", "the clients delete what there is")),
                "That no messages and no conversations are stored for the users of a case."),
            .optional(
                Prerequisite.systemMessage.rawValue,
                .mapping(MappingDefinition("hook", "A command, or a call by HTTP.", keys: [], choice: hooks)),
                "A system message to a user (case 204)."),
        ])

    private static func provisioning(by way: String, _ summary: String) -> MappingDefinition {
        let words = [Word(way, summary), Word("preprovisioned", "it is so already")]
        return MappingDefinition(
            "provisioning by \(way)", "The protocol, what is there already, or a hook.", keys: [],
            choice: .init(
                noun: "way", keys: [.optional("by", .word(words), "Without a hook: by whom.")] + hooks.keys))
    }

    private static let hooks = MappingDefinition.Choice(
        noun: "hook",
        keys: [
            .optional("command", .text, "A command of the shell; its environment says what is asked."),
            .optional(
                "call", .notation(url),
                "A URL to which the same is posted, as a form; secrets in it are {env:VARIABLE} or {file:PATH}."),
        ])

    static let client = MappingDefinition(
        "client of a system", "A client that Parley plays.",
        keys: [
            .required("client", .notation(ScenarioLanguage.party), "Its name in the test cases."),
            .optional("address", .notation(address), "Its address on this machine (default: on loopback)."),
            .optional("user", .notation(uri), "Its IM Address (default: made up in the domain)."),
            .optional("account", .mapping(account), "What it proves who it is by, where it is asked."),
        ])

    static let account = MappingDefinition(
        "account", "A user name, and where the password is; it never stands in this file.",
        keys: [.required("name", .text, "The user name for digest authentication.")],
        choice: .init(
            noun: "place",
            keys: [
                .optional("password-variable", .text, "The environment variable that holds the password."),
                .optional("password-file", .text, "The file whose first line is the password."),
                .optional(
                    "sim-variable", .text,
                    "The environment variable that holds the keys of a SIM card for AKA, in hexadecimal: k=… opc=… (or "
                        + "op=…), and sqn=… for a card that is not new."),
                .optional("sim-file", .text, "The file whose first line holds them."),
            ]))

    static let functions = MappingDefinition(
        "functions", "URIs of the IM service (OMA-TS-SIMPLE_IM-V1_0 Appendix I).",
        keys: SystemProfile.Function.allCases.map {
            .optional($0.rawValue, .notation(uri), "The URI of this function.")
        })

    static let group = MappingDefinition(
        "provisioned group", "A group that is there already.",
        keys: [
            .required("name", .text, "Its name in the test cases."),
            .required("uri", .notation(uri), "Its IM Group Identity."),
        ])

    static let transports = [
        Word(TransportProtocol.udp.rawValue, "over UDP"), Word(TransportProtocol.tcp.rawValue, "over TCP"),
        Word(TransportProtocol.tls.rawValue, "over TLS, and MSRP likewise"),
    ]

    static let tls = MappingDefinition(
        "tls", "Certificates, all in files in PEM.",
        keys: [
            .optional("ca", .text, "The authorities that are trusted (default: those of this machine)."),
            .optional(
                "certificate", .text, "What the clients prove who they are by (default: each signs one itself)."),
            .optional("key", .text, "The private key of the certificate, without a passphrase."),
            .optional("name", .text, "Whom the server's certificate has to be for (default: the domain)."),
            .optional(
                "xcap-name", .text,
                "Whom the certificate of the XCAP server has to be for (default: the host of its URL)."),
            .optional("check", .word(checks), "What of the server's certificate counts (default full)."),
        ])

    static let checks = [
        Word(SystemProfile.TLS.Check.full.rawValue, "its authority, its dates and its name"),
        Word(SystemProfile.TLS.Check.authority.rawValue, "its authority and its dates"),
        Word(SystemProfile.TLS.Check.none.rawValue, "nothing: whoever is there is taken for the server"),
    ]

    static let place = Notation(
        "host and port", #"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?"#,
        expected: "a domain such as example.com, or an IP address such as 192.0.2.7, 192.0.2.7:5062 or "
            + "[2001:db8::7]:5060")
    static let socket = Notation(
        "address of a server", #"(\d{1,3}(\.\d{1,3}){3}|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?"#,
        expected: "an IP address such as 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]:53")
    static let address = Notation(
        "address", #"(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)"#,
        expected: "an IP address such as 192.0.2.11")
    static let uri = Notation(
        "SIP URI", #"sips?:[^@\s]+@[^@\s]+"#, expected: "a SIP URI such as sip:ann@example.com")
    static let root = Notation(
        "XCAP root", #"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?(/[^\s?#]*)?"#,
        expected: "a URL such as http://192.0.2.7:8080/xcap-root or https://xcap.example.com/root")
    static let url = Notation(
        "URL of a hook",
        #"https?://(([^\s/?#@:{}]+|\{(env|file):[^{}\s]+\})(:\{(env|file):[^{}\s]+\})?@)?"#
            + #"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?([/?]\S*)?"#,
        expected: "a URL such as http://192.0.2.7:8000/parley, where a password is {env:VARIABLE} or {file:PATH}")
    static let seconds = Notation(
        "seconds", "[1-9][0-9]{0,3}", expected: "a number of seconds such as 10", looksLikeNumber: true)
}
