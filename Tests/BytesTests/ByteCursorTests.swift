import Bytes
import Testing

struct ByteCursorTests {
    @Test func `A cursor counts what it has consumed, also within a slice of something larger`() {
        let bytes = Array("skipped: 1234 rest".utf8)
        var cursor = ByteCursor(bytes[9...])
        let digits = cursor.take(while: \.isDigit)
        #expect(digits.text == "1234")
        #expect(cursor.offset == 4)
        #expect(cursor.remaining.text == " rest")
    }

    @Test func `A byte is consumed only when it is the expected one`() {
        var cursor = ByteCursor(Array("ab".utf8))
        let takesAnother = cursor.take(UInt8(ascii: "b"))
        #expect(!takesAnother)
        #expect(cursor.offset == 0)
        let takesExpected = cursor.take(UInt8(ascii: "a"))
        #expect(takesExpected)
        #expect(cursor.next == UInt8(ascii: "b"))
    }

    @Test func `The end gives nothing and stays the end`() {
        var cursor = ByteCursor([1])
        let (only, beyond) = (cursor.take(), cursor.take())
        #expect(only == 1)
        #expect(beyond == nil)
        #expect(cursor.isAtEnd)
        #expect(cursor.next == nil)
        let run = cursor.take { _ in true }
        #expect(run.isEmpty)
        #expect(cursor.remaining.isEmpty)
        #expect(cursor.offset == 1)
    }

    @Test(arguments: [-1, 4, Int.max]) func `A count that is not there consumes nothing`(count: Int) {
        var cursor = ByteCursor([1, 2, 3])
        let taken = cursor.take(count: count)
        #expect(taken == nil)
        #expect(cursor.offset == 0)
    }

    @Test func `A count that is there is consumed, none and all included`() {
        var cursor = ByteCursor([1, 2, 3])
        let (none, all) = (cursor.take(count: 0), cursor.take(count: 3))
        #expect(none == [])
        #expect(all == [1, 2, 3])
        #expect(cursor.isAtEnd)
    }
}
