/// The files by which the description of a system under test begins.
package enum SystemTemplate {
    package static func system(named name: String) -> String {
        """
        # A system under test: where it is, and who its users are. “parley doctor --sut \(name)” checks it.
        # What it supports is said in ics.yaml beside this file; “parley ics new \(name)” writes that.
        name: \(name) 1.0                     # product and version, as the report is to name it
        server: 192.0.2.7:5060                # where clients send SIP: IP address and port, or a domain (see below)
        transport: udp                        # or tcp, or tls for SIP and MSRP
        domain: example.com

        # Where “server” is a domain its NAPTR, SRV, A and AAAA records say where the server is, and by which transport
        # where “transport” is not there. A host with a port has A and AAAA records only.
        # server: example.com
        # name-server: 192.0.2.53             # instead of the one of this machine

        # An IPv6 address has brackets where a port may follow, and quotation marks: "[2001:db8::7]:5060". Clients of such
        # a server need an IPv6 address each; “ip -6 address add fd00::11/128 dev lo” makes one that only this machine has.

        # An outbound proxy gets all requests outside dialogs, with itself as first Route; “server” is not looked up then.
        # proxy: 192.0.2.5:5060

        # With transport tls: files in PEM. Without ca the authorities of this machine are trusted, without certificate
        # and key each client signs a certificate itself, and the server's has to be for the domain, and a proxy's for its
        # name or address, unless name says so.
        # tls: { ca: ca.pem, certificate: clients.pem, key: clients.key, name: im.example.com }
        # All paths here count from the folder in which parley is started.
        # The same goes for XCAP by https, whose server has to be whom its URL names, or xcap-name under tls.

        # Clients A to D: an address of this machine, the IM Address, and what they prove who they are by.
        # Passwords stand in an environment variable (password-variable) or a file (password-file), never here. For AKA
        # the keys of a SIM card stand in sim-variable or sim-file: k=… opc=… (or op=…), in hexadecimal.
        clients:
          - client: A
            address: 192.0.2.11
            user: sip:ann@example.com
            account: { name: ann, password-variable: PASSWORD_A }
          - { client: B, address: 192.0.2.12, user: "sip:ben@example.com" }
          - { client: C, address: 192.0.2.13, user: "sip:cid@example.com" }
          - { client: D, address: 192.0.2.14, user: "sip:dan@example.com" }

        # Functions of the IM service, where they are not conference-factory@, exploder@, Deferred@, History@ and
        # Delete@ of the domain.
        # functions:
        #   conference-factory: sip:factory@example.com

        # Where documents are, by an address or a name that has A or AAAA records, and https for TLS.
        # xcap: http://192.0.2.7:8080/xcap-root

        # Groups that somebody has set up; without this they are created by XCAP.
        # groups:
        #   - { name: IM Group 1, uri: "sip:im-group-1@example.com" }

        # What it is known to do otherwise, where the documents leave that open or contradict each other: clients do the
        # same then, and what asks for the other way decides nothing.
        # deviations:
        #   - one-to-one-by-factory      # sessions of two users have a focus (TS 7.2.1.2); case 107 is not applicable then
        #   - list-messages-by-exploder  # messages to lists go to the exploder (TS Appendix I), not there (TS 8.1.1 (5b))
        #   - taken-alias-refused        # it refuses who comes with a taken alias (ETS 104), not renames (TS 7.2.3.2)
        #   - changes-not-notified       # it tells nobody who joins or is expelled (notes of ETS 106 and 108)
        #   - room-outlives-originator   # its chat rooms go on when their originator leaves (auto-release, TS 7.2.2.8)
        #   - pushed-at-registration     # it pushes stored messages before settings are published (TS D.2, not 12.2.2.2)

        # step-timeout: 10

        # Who sees to what the cases need. Without a line the clients do, as users: groups by XCAP, settings by PUBLISH, and
        # empty stores by the deletion function; nobody sends system messages. “preprovisioned” means that it is so.
        # A hook is a command, or a URL (http or https) that the same names are posted to as a form; it has the time of a
        # step, and where it fails the case is inconclusive with its last words. Who answers by https needs a certificate
        # for the host of the URL, of an authority that is trusted (ca under tls, or one of this machine). A secret in a URL
        # is {env:VARIABLE} or {file:PATH}, as in http://ann:{env:HOOK_PASSWORD}@192.0.2.7/, and one in a command a variable
        # of the environment; where a hook fails, that is what is told. “parley doctor” looks at hooks without running them.
        # What it is told:
        #   always: PARLEY_WHAT (groups, settings, stores, system-message), PARLEY_CASE, PARLEY_USER (whose, or to whom),
        #     PARLEY_USER_A … and PARLEY_ADDRESS_A … (the IM Address and the IP address of each client)
        #   groups: PARLEY_GROUP (name), PARLEY_GROUP_URI, PARLEY_MEMBERS (URIs with blanks between), PARLEY_GROUP_SIZE
        #     (empty for any), and true or false: PARLEY_GROUP_OPEN, PARLEY_GROUP_INVITES (its members),
        #     PARLEY_GROUP_ANONYMITY, PARLEY_GROUP_PRIVATE (messages), PARLEY_GROUP_RELEASE (when its originator leaves)
        #   settings, true or false: PARLEY_VISIBLE (false: appears offline), PARLEY_OFFLINE_DELIVERY (false: missed
        #     messages are deferred until they are retrieved), PARLEY_BARS_SESSIONS, PARLEY_BARS_PAGERS,
        #     PARLEY_RECORDS_SESSIONS, PARLEY_RECORDS_PAGERS
        #   stores: PARLEY_STORE (deferred or history)
        #   system-message: PARLEY_TEXT
        # preconditions:
        #   groups: { by: preprovisioned }    # with their URIs under “groups”
        #   settings: { command: ./settings }
        #   stores: { call: "http://192.0.2.7:8000/empty" }
        #   system-message: { command: ./announce }   # case 204

        """
    }

    package static let knownFailures = """
        # What is known to fail, why, and until when; it decides nothing, and is told when it fails no more.
        # - { case: IM-2.0-int-201, finding: 201.*, reason: "PROJ-1", until: 2027-03-31 }
        known-failures: []

        """
}
