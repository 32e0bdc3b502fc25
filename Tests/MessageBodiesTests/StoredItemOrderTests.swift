import MessageBodies
import Testing

@Suite struct StoredItemOrderTests {
    private func order(_ times: [String?]) -> [String] {
        let items = times.enumerated().map { place, time in
            StoredItem(reference: "sip:\(place)@h", content: .pager(.init(timeStamp: time, from: nil, to: nil)))
        }
        return StoredItemList(items).inOrderOfTime.items.map { String($0.reference.dropFirst(4).prefix { $0 != "@" }) }
    }

    @Test(arguments: [
        (["2026-03-02T00:00:00Z", "2026-03-01T00:00:00Z"], ["1", "0"]),
        (["2026-03-01T10:00:00.5Z", "2026-03-01T10:00:00Z", "2026-03-01T10:00:00.25Z"], ["1", "2", "0"]),
        (["2026-03-01T12:00:00+02:00", "2026-03-01T09:30:00Z", "2026-03-01T08:00:00-01:00"], ["2", "1", "0"]),
        (["2026-03-01", "2026-02-28T23:59:59Z", "2024-02-29T12:00:00"], ["2", "1", "0"]),
        (["2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"], ["0", "1"]),
    ])
    func `Items are in order of their times, those of one time as in the document`(times: [String], order: [String]) {
        #expect(self.order(times) == order)
    }

    @Test(arguments: [
        nil, "", "yesterday", "2026-13-01", "2026-03-01T", "2026-03-01T10:00", "2026-03-01T10:00:00X",
        "99999999999999999999-01-01",
    ])
    func `Items that tell no time come last`(text: String?) {
        #expect(order([text, "2026-03-01T10:00:00Z"]) == ["1", "0"])
    }

    @Test func `A recording counts from its start, and an item without one from its day`() {
        let list = StoredItemList([
            StoredItem(
                reference: "sip:b@h", content: .conference(.init(timeStart: "2026-03-01T11:00:00Z", timeEnd: nil))),
            StoredItem(reference: "sip:a@h", date: "2026-03-01", content: nil),
        ])
        #expect(list.inOrderOfTime.items.map(\.reference) == ["sip:a@h", "sip:b@h"])
    }
}
