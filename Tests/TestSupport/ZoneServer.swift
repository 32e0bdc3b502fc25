import Foundation
package import NameResolution
package import Network

/// A name server for one zone, on a free port of loopback, by RFC 1035.
package final class ZoneServer: @unchecked Sendable {
    package enum Conduct: Sendable {
        case answers
        case fails
        case isNoisy
    }

    package let records: [DNSQuery: [DNSRecord]]
    package let address: SocketAddress
    private let conduct: Conduct
    private let socket: Int32

    package init(_ records: [DNSQuery: [DNSRecord]], conduct: Conduct = .answers) throws {
        self.records = records
        self.conduct = conduct
        socket = Foundation.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        var own = sockaddr_in()
        own.sin_family = sa_family_t(AF_INET)
        own.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let fd = socket
        let status = withUnsafeMutablePointer(to: &own) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(fd, address, size) + getsockname(fd, address, &size)
            }
        }
        guard status == 0 else { throw POSIXError(.EADDRINUSE) }
        address = SocketAddress(IPAddress(127, 0, 0, 1), port: UInt16(bigEndian: own.sin_port))
        // It serves until the tests end.
        Thread.detachNewThread { [self] in serve() }
    }

    private func serve() {
        var buffer = [UInt8](repeating: 0, count: 2048)
        while true {
            var peer = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let reply: [UInt8]? = withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    let count = recvfrom(socket, &buffer, buffer.count, 0, address, &size)
                    guard count > 0 else { return nil }
                    let reply = self.reply(to: Array(buffer[..<count]))
                    sendto(socket, reply, reply.count, 0, address, size)
                    return reply
                }
            }
            guard reply != nil else { return }
        }
    }

    private func reply(to question: [UInt8]) -> [UInt8] {
        guard conduct != .isNoisy, question.count > 12 else { return Array(question.prefix(2)) + [1, 2, 3] }
        var labels: [String] = []
        var place = 12
        while question[place] > 0 {
            let end = place + 1 + Int(question[place])
            labels.append(String(decoding: question[(place + 1)..<end], as: UTF8.self))
            place = end
        }
        let type = Int(question[place + 1]) << 8 | Int(question[place + 2])
        let types: [Int: DNSQuery.RecordType] = [1: .a, 28: .aaaa, 33: .srv, 35: .naptr]
        let found = types[type].flatMap { records[DNSQuery($0, labels.joined(separator: "."))] } ?? []
        let code: UInt8 = conduct == .fails ? 2 : found.isEmpty ? 3 : 0
        var reply = question[..<2] + [0x84, code] + [0, 1, 0, UInt8(found.count), 0, 0, 0, 0]
        reply += question[12..<(place + 5)]
        for record in found {
            let data = Self.data(of: record)
            reply += [0xC0, 12, UInt8(type >> 8), UInt8(type & 0xFF), 0, 1, 0, 0, 0, 60]
            reply += [UInt8(data.count >> 8), UInt8(data.count & 0xFF)] + data
        }
        return Array(reply)
    }

    private static func data(of record: DNSRecord) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
        func text(_ value: String) -> [UInt8] { [UInt8(value.utf8.count)] + Array(value.utf8) }
        func name(_ value: String) -> [UInt8] { value.split(separator: ".").flatMap { text(String($0)) } + [0] }
        return switch record {
        case .address(let address): address.bytes
        case .server(let priority, let weight, let port, let target):
            number(priority) + number(weight) + number(Int(port)) + name(target)
        case .rule(let order, let preference, let flags, let service, let replacement):
            number(order) + number(preference) + text(flags) + text(service) + text("") + name(replacement)
        }
    }
}
