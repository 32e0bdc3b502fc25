import CCAres
package import Network

/// The name servers of this machine, or others that are named, asked by c-ares.
package final class NameServer {
    /// The answer to one question, or the status that c-ares gives instead.
    private final class Reply {
        var status: Int32?
        var bytes: [UInt8] = []
    }

    private let channel: ares_channel
    /// Whom it asks, in words.
    private let name: String

    /// - Parameters:
    ///   - servers: Whom to ask; nobody means whom the configuration of this machine names.
    ///   - patience: How long one server may take, and twice that for the second try.
    /// - Throws: ``ResolutionError`` where the configuration cannot be used.
    package init(_ servers: [SocketAddress] = [], patience: Duration = .seconds(2)) throws(ResolutionError) {
        let started = ares_library_init(ARES_LIB_INIT_ALL)
        guard started == ARES_SUCCESS else { throw ResolutionError(Self.words(started), .nameServer) }
        var options = ares_options()
        let (seconds, attoseconds) = patience.components
        options.timeout = Int32(clamping: max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000))
        options.tries = 2
        var opened: ares_channel?
        let mask = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES
        let status = ares_init_options(&opened, &options, mask)
        guard status == ARES_SUCCESS, let opened else {
            throw ResolutionError(
                "The configuration of the name servers cannot be used: \(Self.words(status))", .nameServer)
        }
        channel = opened
        name = servers.isEmpty ? "the name servers of this machine" : servers.map(\.description).joined(separator: ", ")
        guard !servers.isEmpty else { return }
        let list = servers.map(\.description).joined(separator: ",")
        let refusal = ares_set_servers_ports_csv(opened, list)
        guard refusal == ARES_SUCCESS else {
            throw ResolutionError(
                "\(list) are no name servers that can be asked: \(Self.words(refusal))", .nameServer)
        }
    }

    deinit {
        ares_destroy(channel)
        ares_library_cleanup()
    }

    /// Asks, and waits for the answer.
    ///
    /// - Returns: No records where the name, or records of this type, do not exist.
    /// - Throws: ``ResolutionError`` where nobody answers, or with a failure.
    package func records(_ query: DNSQuery) throws(ResolutionError) -> [DNSRecord] {
        let reply = Reply()
        let context = Unmanaged.passRetained(reply)
        defer { context.release() }
        ares_query(
            channel, query.name, 1, query.type.number,
            { context, status, _, bytes, count in
                guard let context else { return }
                let reply = Unmanaged<Reply>.fromOpaque(context).takeUnretainedValue()
                reply.status = status
                if let bytes { reply.bytes = Array(UnsafeBufferPointer(start: bytes, count: Int(count))) }
            }, context.toOpaque())
        while reply.status == nil { wait() }
        switch reply.status {
        case ARES_SUCCESS:
            if let records = Self.records(query.type, in: reply.bytes) { return records }
            throw ResolutionError(
                "\(name) answered for \(query) with what is no answer; see whose port that is", .nameServer)
        case ARES_ENOTFOUND, ARES_ENODATA: return []
        default:
            throw ResolutionError(
                "\(name) did not answer for \(query): \(Self.words(reply.status ?? 0)); see whether they can be reached",
                .nameServer)
        }
    }

    /// Waits for one of the sockets of c-ares, or for the time at which it tries again.
    private func wait() {
        var sockets = [ares_socket_t](repeating: -1, count: Int(ARES_GETSOCK_MAXNUM))
        let mask = ares_getsock(channel, &sockets, Int32(sockets.count))
        var polled: [pollfd] = []
        for (index, socket) in sockets.enumerated() {
            let readable = mask & (1 << Int32(index)) != 0
            let writable = mask & (1 << Int32(index + Int(ARES_GETSOCK_MAXNUM))) != 0
            guard readable || writable else { continue }
            polled.append(
                pollfd(fd: socket, events: Int16((readable ? POLLIN : 0) | (writable ? POLLOUT : 0)), revents: 0))
        }
        var time = timeval(tv_sec: 1, tv_usec: 0)
        var limit = time
        let due = ares_timeout(channel, &limit, &time)
        let milliseconds = due.map { Int32($0.pointee.tv_sec * 1000 + $0.pointee.tv_usec / 1000) + 1 } ?? 1000
        guard poll(&polled, nfds_t(polled.count), milliseconds) > 0 else {
            return ares_process_fd(channel, -1, -1)
        }
        for entry in polled where entry.revents != 0 {
            let writes = Int32(entry.revents) & POLLOUT != 0
            let reads = Int32(entry.revents) & (POLLIN | POLLERR | POLLHUP) != 0
            ares_process_fd(channel, reads ? entry.fd : -1, writes ? entry.fd : -1)
        }
    }

    private static func words(_ status: Int32) -> String { String(cString: ares_strerror(status)) }

    private static func records(_ type: DNSQuery.RecordType, in bytes: [UInt8]) -> [DNSRecord]? {
        switch type {
        case .a: addresses(in: bytes)
        case .aaaa: sixAddresses(in: bytes)
        case .srv: servers(in: bytes)
        case .naptr: rules(in: bytes)
        }
    }

    private static func addresses(in bytes: [UInt8]) -> [DNSRecord]? {
        var found = [ares_addrttl](repeating: ares_addrttl(), count: 32)
        var count = Int32(found.count)
        let status = ares_parse_a_reply(bytes, Int32(bytes.count), nil, &found, &count)
        guard status == ARES_SUCCESS else { return status == ARES_ENODATA ? [] : nil }
        return found.prefix(Int(count)).compactMap { entry in
            withUnsafeBytes(of: entry.ipaddr) { IPAddress(bytes: Array($0)) }.map(DNSRecord.address)
        }
    }

    private static func sixAddresses(in bytes: [UInt8]) -> [DNSRecord]? {
        var found = [ares_addr6ttl](repeating: ares_addr6ttl(), count: 32)
        var count = Int32(found.count)
        let status = ares_parse_aaaa_reply(bytes, Int32(bytes.count), nil, &found, &count)
        guard status == ARES_SUCCESS else { return status == ARES_ENODATA ? [] : nil }
        return found.prefix(Int(count)).compactMap { entry in
            withUnsafeBytes(of: entry.ip6addr) { IPAddress(bytes: Array($0)) }.map(DNSRecord.address)
        }
    }

    private static func servers(in bytes: [UInt8]) -> [DNSRecord]? {
        var first: UnsafeMutablePointer<ares_srv_reply>?
        let status = ares_parse_srv_reply(bytes, Int32(bytes.count), &first)
        guard status == ARES_SUCCESS, let first else { return status == ARES_ENODATA ? [] : nil }
        defer { ares_free_data(first) }
        return sequence(first: first) { $0.pointee.next }.map { entry in
            .server(
                priority: Int(entry.pointee.priority), weight: Int(entry.pointee.weight), port: entry.pointee.port,
                target: String(cString: entry.pointee.host))
        }
    }

    private static func rules(in bytes: [UInt8]) -> [DNSRecord]? {
        var first: UnsafeMutablePointer<ares_naptr_reply>?
        let status = ares_parse_naptr_reply(bytes, Int32(bytes.count), &first)
        guard status == ARES_SUCCESS, let first else { return status == ARES_ENODATA ? [] : nil }
        defer { ares_free_data(first) }
        return sequence(first: first) { $0.pointee.next }.map { entry in
            .rule(
                order: Int(entry.pointee.order), preference: Int(entry.pointee.preference),
                flags: String(cString: entry.pointee.flags), service: String(cString: entry.pointee.service),
                replacement: String(cString: entry.pointee.replacement))
        }
    }
}

extension DNSQuery.RecordType {
    /// The number of the type.
    ///
    /// RFC 1035 §3.2.2, RFC 3596 §2.1, RFC 2782, RFC 3403
    fileprivate var number: Int32 {
        switch self {
        case .a: 1
        case .aaaa: 28
        case .srv: 33
        case .naptr: 35
        }
    }
}
