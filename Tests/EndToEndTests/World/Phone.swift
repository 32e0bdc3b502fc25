/// A command `phone`, as the example of the guide for drivers works one: it registers and can do nothing else.
enum Phone {
    /// The program, at the address that `PHONE_ADDRESS` has.
    static let script = #"""
        #!/usr/bin/env python3
        import os, socket, sys

        if sys.argv[1] != "configure":
            sys.exit(1)
        user, (host, port), address = sys.argv[2], sys.argv[3].split(":"), os.environ["PHONE_ADDRESS"]
        domain = user.split("@")[1]
        phone = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        phone.bind((address, 5060))
        phone.settimeout(10)

        def ask(method, uri, fields, body=""):
            lines = [
                f"{method} {uri} SIP/2.0", f"Via: SIP/2.0/UDP {address};branch=z9hG4bK{method};rport",
                "Max-Forwards: 70", f"From: <{user}>;tag={method}", f"To: <{user}>",
                f"Call-ID: {method}@{address}", f"CSeq: 1 {method}", "User-Agent: IM-client/OMA1.0 phone",
                *fields, f"Content-Length: {len(body)}", "", body]
            phone.sendto("\r\n".join(lines).encode(), (host, int(port)))
            return phone.recv(65535).startswith(b"SIP/2.0 200")

        contact = user.replace(domain, address)
        settings = (
            '<poc-settings xmlns="urn:oma:params:xml:ns:poc:poc-settings"><entity id="phone">'
            '<isb-settings service-id="IM"><incoming-session-barring active="false"/></isb-settings></entity>'
            "</poc-settings>")
        has_registered = ask(
            "REGISTER", f"sip:{domain}", [f"Contact: <{contact}>;+g.oma.sip-im", "Require: pref", "Expires: 3600"])
        has_published = ask(
            "PUBLISH", user,
            ["Event: poc-settings", "Expires: 3600", "Accept-Contact: *;+g.oma.sip-im",
             "Content-Type: application/poc-settings+xml"], settings)
        sys.exit(0 if has_registered and has_published else 1)

        """#
}
