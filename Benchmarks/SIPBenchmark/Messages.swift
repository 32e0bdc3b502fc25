/// Twenty messages as IM clients and servers send them: registration, settings, pager mode, a session, a conference.
enum Messages {
    static let all: [[UInt8]] = [
        register, registerChallenged, unauthorized, registered, publish, published, invite, trying, ringing, answer,
        acknowledgement, bye, ended, pager, pagerAnswer, subscribe, notify, refer, forbidden, options,
    ]

    private static func message(_ head: String, body: String = "") -> [UInt8] {
        let body = body.replacing("\n", with: "\r\n")
        let head = head.replacing("\n", with: "\r\n")
        return Array("\(head)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    private static let register = message(
        """
        REGISTER sip:ims.example SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKnashds7f7sdg8;rport
        Max-Forwards: 70
        From: <sip:alice@ims.example>;tag=a73kszlfl
        To: <sip:alice@ims.example>
        Call-ID: 1j9FpLxk3uxtm8tn@192.0.2.101
        CSeq: 1 REGISTER
        Contact: <sip:alice@192.0.2.101:5060;transport=tcp>;expires=3600;+g.oma.sip-im;methods="MESSAGE, INVITE"
        Require: pref
        Supported: path, gruu
        Allow: INVITE, ACK, CANCEL, BYE, MESSAGE, NOTIFY, REFER, OPTIONS
        User-Agent: IM-client/OMA1.0 Acme-Messenger/3.2.1
        Expires: 3600
        """)

    private static let registerChallenged = message(
        """
        REGISTER sip:ims.example SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKnashds7f7sdg9;rport
        Max-Forwards: 70
        From: <sip:alice@ims.example>;tag=a73kszlfl
        To: <sip:alice@ims.example>
        Call-ID: 1j9FpLxk3uxtm8tn@192.0.2.101
        CSeq: 2 REGISTER
        Contact: <sip:alice@192.0.2.101:5060;transport=tcp>;expires=3600;+g.oma.sip-im
        Authorization: Digest username="alice@ims.example", realm="ims.example", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="sip:ims.example", response="6629fae49393a05397450978507c4ef1", algorithm=MD5, cnonce="0a4f113b", qop=auth, nc=00000001
        Require: pref
        Supported: path, gruu
        User-Agent: IM-client/OMA1.0 Acme-Messenger/3.2.1
        """)

    private static let unauthorized = message(
        """
        SIP/2.0 401 Unauthorized
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKnashds7f7sdg8;rport=5060;received=192.0.2.101
        From: <sip:alice@ims.example>;tag=a73kszlfl
        To: <sip:alice@ims.example>;tag=2342kjhsd
        Call-ID: 1j9FpLxk3uxtm8tn@192.0.2.101
        CSeq: 1 REGISTER
        WWW-Authenticate: Digest realm="ims.example", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", algorithm=MD5, qop="auth"
        Server: IM-serv/OMA1.0
        """)

    private static let registered = message(
        """
        SIP/2.0 200 OK
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKnashds7f7sdg9;rport=5060;received=192.0.2.101
        From: <sip:alice@ims.example>;tag=a73kszlfl
        To: <sip:alice@ims.example>;tag=37GkEhwl6
        Call-ID: 1j9FpLxk3uxtm8tn@192.0.2.101
        CSeq: 2 REGISTER
        Contact: <sip:alice@192.0.2.101:5060;transport=tcp>;expires=3600;+g.oma.sip-im
        Path: <sip:pcscf.ims.example;lr>
        Service-Route: <sip:scscf.ims.example;lr>
        P-Associated-URI: <sip:alice@ims.example>, <tel:+15551234567>
        Server: IM-serv/OMA1.0
        """)

    private static let publish = message(
        """
        PUBLISH sip:alice@ims.example SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK652hsge;rport
        Max-Forwards: 70
        Route: <sip:scscf.ims.example;lr>
        From: "Alice" <sip:alice@ims.example>;tag=1234wxyz
        To: <sip:alice@ims.example>
        Call-ID: 81818181@192.0.2.101
        CSeq: 1 PUBLISH
        Contact: <sip:alice@192.0.2.101:5060;transport=tcp>
        Accept-Contact: *;+g.oma.sip-im
        Expires: 3600
        Event: poc-settings
        User-Agent: IM-client/OMA1.0 Acme-Messenger/3.2.1
        Content-Type: application/poc-settings+xml
        """,
        body: """
            <?xml version="1.0" encoding="UTF-8"?>
            <poc-settings xmlns="urn:oma:params:xml:ns:poc:poc-settings">
              <entity id="do39s8zksn2d98x">
                <isb-settings service-id="IM">
                  <incoming-session-barring active="false"/>
                </isb-settings>
              </entity>
            </poc-settings>
            """)

    private static let published = message(
        """
        SIP/2.0 200 OK
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK652hsge;rport=5060;received=192.0.2.101
        From: "Alice" <sip:alice@ims.example>;tag=1234wxyz
        To: <sip:alice@ims.example>;tag=1a2b3c4d
        Call-ID: 81818181@192.0.2.101
        CSeq: 1 PUBLISH
        SIP-ETag: dx200xyz
        Expires: 1800
        Server: IM-serv/OMA1.0
        """)

    private static let offer = """
        v=0
        o=alice 2890844526 2890844526 IN IP4 192.0.2.101
        s=-
        c=IN IP4 192.0.2.101
        t=0 0
        m=message 2855 TCP/MSRP *
        a=accept-types:message/cpim text/plain application/im-iscomposing+xml
        a=path:msrp://192.0.2.101:2855/jshA7weztas;tcp

        """

    private static let invite = message(
        """
        INVITE sip:bob@ims.example SIP/2.0
        Via: SIP/2.0/UDP pcscf.ims.example:5060;branch=z9hG4bK240f34.1
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK74bf9;rport=5060;received=192.0.2.101
        Record-Route: <sip:pcscf.ims.example;lr>
        Route: <sip:scscf.ims.example;lr>
        Max-Forwards: 69
        From: "Alice Example" <sip:alice@ims.example>;tag=9fxced76sl
        To: <sip:bob@ims.example>
        Call-ID: 3848276298220188511@192.0.2.101
        CSeq: 1 INVITE
        Contact: <sip:alice@192.0.2.101:5060;transport=tcp>;+g.oma.sip-im
        Accept-Contact: *;+g.oma.sip-im
        P-Asserted-Identity: "Alice Example" <sip:alice@ims.example>
        Supported: timer, replaces
        Session-Expires: 1800;refresher=uac
        Allow: INVITE, ACK, CANCEL, BYE, MESSAGE, NOTIFY, REFER
        User-Agent: IM-client/OMA1.0 Acme-Messenger/3.2.1
        Content-Type: application/sdp
        """, body: offer)

    private static let trying = message(
        """
        SIP/2.0 100 Trying
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK74bf9;rport=5060;received=192.0.2.101
        From: "Alice Example" <sip:alice@ims.example>;tag=9fxced76sl
        To: <sip:bob@ims.example>
        Call-ID: 3848276298220188511@192.0.2.101
        CSeq: 1 INVITE
        """)

    private static let ringing = message(
        """
        SIP/2.0 180 Ringing
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK74bf9;rport=5060;received=192.0.2.101
        Record-Route: <sip:pcscf.ims.example;lr>
        From: "Alice Example" <sip:alice@ims.example>;tag=9fxced76sl
        To: <sip:bob@ims.example>;tag=8321234356
        Call-ID: 3848276298220188511@192.0.2.101
        CSeq: 1 INVITE
        Contact: <sip:bob@192.0.2.201:5060;transport=tcp>;+g.oma.sip-im
        Server: IM-client/OMA1.0
        """)

    private static let answer = message(
        """
        SIP/2.0 200 OK
        Via: SIP/2.0/UDP pcscf.ims.example:5060;branch=z9hG4bK240f34.1
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK74bf9;rport=5060;received=192.0.2.101
        Record-Route: <sip:pcscf.ims.example;lr>
        From: "Alice Example" <sip:alice@ims.example>;tag=9fxced76sl
        To: <sip:bob@ims.example>;tag=8321234356
        Call-ID: 3848276298220188511@192.0.2.101
        CSeq: 1 INVITE
        Contact: <sip:bob@192.0.2.201:5060;transport=tcp>;+g.oma.sip-im
        Require: timer
        Session-Expires: 1800;refresher=uac
        Server: IM-client/OMA1.0
        Content-Type: application/sdp
        """, body: offer)

    private static let acknowledgement = message(
        """
        ACK sip:bob@192.0.2.201:5060;transport=tcp SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK74bd5;rport
        Max-Forwards: 70
        Route: <sip:pcscf.ims.example;lr>
        From: "Alice Example" <sip:alice@ims.example>;tag=9fxced76sl
        To: <sip:bob@ims.example>;tag=8321234356
        Call-ID: 3848276298220188511@192.0.2.101
        CSeq: 1 ACK
        """)

    private static let bye = message(
        """
        BYE sip:bob@192.0.2.201:5060;transport=tcp SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKnashds7;rport
        Max-Forwards: 70
        Route: <sip:pcscf.ims.example;lr>
        From: "Alice Example" <sip:alice@ims.example>;tag=9fxced76sl
        To: <sip:bob@ims.example>;tag=8321234356
        Call-ID: 3848276298220188511@192.0.2.101
        CSeq: 2 BYE
        Reason: SIP;cause=200;text="User left"
        User-Agent: IM-client/OMA1.0 Acme-Messenger/3.2.1
        """)

    private static let ended = message(
        """
        SIP/2.0 200 OK
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKnashds7;rport=5060;received=192.0.2.101
        From: "Alice Example" <sip:alice@ims.example>;tag=9fxced76sl
        To: <sip:bob@ims.example>;tag=8321234356
        Call-ID: 3848276298220188511@192.0.2.101
        CSeq: 2 BYE
        Server: IM-client/OMA1.0
        """)

    private static let pager = message(
        """
        MESSAGE sip:bob@ims.example SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK776sgdkse;rport
        Max-Forwards: 70
        Route: <sip:scscf.ims.example;lr>
        From: "Alice Example" <sip:alice@ims.example>;tag=49583
        To: <sip:bob@ims.example>
        Call-ID: asd88asd77a@192.0.2.101
        CSeq: 1 MESSAGE
        Accept-Contact: *;+g.oma.sip-im
        P-Preferred-Identity: "Alice Example" <sip:alice@ims.example>
        Date: Sat, 13 Nov 2010 23:29:00 GMT
        User-Agent: IM-client/OMA1.0 Acme-Messenger/3.2.1
        Content-Type: text/plain;charset=UTF-8
        """,
        body: """
            Watson, come here: the train leaves at eight.
            """)

    private static let pagerAnswer = message(
        """
        SIP/2.0 202 Accepted
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK776sgdkse;rport=5060;received=192.0.2.101
        From: "Alice Example" <sip:alice@ims.example>;tag=49583
        To: <sip:bob@ims.example>;tag=ab8asdasd9
        Call-ID: asd88asd77a@192.0.2.101
        CSeq: 1 MESSAGE
        Server: IM-serv/OMA1.0
        """)

    private static let subscribe = message(
        """
        SUBSCRIBE sip:room-7@conference.ims.example SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bKnashds9;rport
        Max-Forwards: 70
        Route: <sip:scscf.ims.example;lr>
        From: <sip:alice@ims.example>;tag=xfg9
        To: <sip:room-7@conference.ims.example>
        Call-ID: 2010@192.0.2.101
        CSeq: 17766 SUBSCRIBE
        Contact: <sip:alice@192.0.2.101:5060;transport=tcp>;+g.oma.sip-im
        Accept-Contact: *;+g.oma.sip-im
        Event: conference
        Expires: 3600
        Accept: application/conference-info+xml
        User-Agent: IM-client/OMA1.0 Acme-Messenger/3.2.1
        """)

    private static let notify = message(
        """
        NOTIFY sip:alice@192.0.2.101:5060;transport=tcp SIP/2.0
        Via: SIP/2.0/UDP pcscf.ims.example:5060;branch=z9hG4bK4cd42a
        Via: SIP/2.0/UDP focus.ims.example:5060;branch=z9hG4bK4cd42b
        Max-Forwards: 69
        From: <sip:room-7@conference.ims.example>;tag=ffd2
        To: <sip:alice@ims.example>;tag=xfg9
        Call-ID: 2010@192.0.2.101
        CSeq: 8775 NOTIFY
        Contact: <sip:room-7@focus.ims.example:5060>;isfocus
        Event: conference
        Subscription-State: active;expires=3599
        Content-Type: application/conference-info+xml
        """,
        body: """
            <?xml version="1.0" encoding="UTF-8"?>
            <conference-info xmlns="urn:ietf:params:xml:ns:conference-info"
              entity="sip:room-7@conference.ims.example" state="full" version="1">
             <users>
              <user entity="sip:bob@ims.example"><endpoint entity="sip:bob@192.0.2.201">
              <status>connected</status></endpoint></user>
             </users>
            </conference-info>
            """)

    private static let refer = message(
        """
        REFER sip:room-7@conference.ims.example SIP/2.0
        Via: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK2293940223;rport
        Max-Forwards: 70
        Route: <sip:scscf.ims.example;lr>
        From: <sip:alice@ims.example>;tag=193402342
        To: <sip:room-7@conference.ims.example>
        Call-ID: 898234234@192.0.2.101
        CSeq: 93809823 REFER
        Contact: <sip:alice@192.0.2.101:5060;transport=tcp>;+g.oma.sip-im
        Accept-Contact: *;+g.oma.sip-im
        Refer-To: <sip:carol@ims.example;method=INVITE>
        Refer-Sub: false
        Require: norefersub
        User-Agent: IM-client/OMA1.0 Acme-Messenger/3.2.1
        """)

    private static let forbidden = message(
        """
        SIP/2.0 403 Forbidden
        v: SIP/2.0/TCP 192.0.2.101:5060;branch=z9hG4bK2293940223;rport=5060;received=192.0.2.101
        f: <sip:alice@ims.example>;tag=193402342
        t: <sip:room-7@conference.ims.example>;tag=4992881234
        i: 898234234@192.0.2.101
        CSeq: 93809823 REFER
        Warning: 399 im.ims.example "122 Function not allowed"
        Server: IM-serv/OMA1.0
        """)

    private static let options = message(
        """
        OPTIONS sip:im.ims.example SIP/2.0
        Via: SIP/2.0/UDP 192.0.2.101:5060;branch=z9hG4bKhjhs8ass877;rport
        Max-Forwards: 70
        From: <sip:alice@ims.example>;tag=1928301774
        To: <sip:im.ims.example>
        Call-ID: a84b4c76e66710@192.0.2.101
        CSeq: 63104 OPTIONS
        Contact: <sip:alice@192.0.2.101:5060>
        Accept: application/sdp, message/cpim
        User-Agent: IM-client/OMA1.0 Acme-Messenger/3.2.1
        """)
}
