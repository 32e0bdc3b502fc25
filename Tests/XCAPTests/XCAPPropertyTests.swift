import Bytes
import Testing
import XCAP
import XMLTree

struct XCAPPropertyTests {
    @Test(arguments: [1, 7, 42, 1_000_003] as [UInt64])
    func `what is put can be got, putting it again changes nothing, and what is deleted is gone`(_ seed: UInt64) throws
    {
        var generator = SeededGenerator(seed: seed)
        var document = XCAPDocument(root: generator.element(depth: 3))
        var (puts, deletions) = (0, 0)
        for _ in 0..<400 {
            let selector = generator.selector(into: document.root)
            let before = document
            do throws(XCAPConflict) {
                switch selector.terminal {
                case .element where generator.next().isMultiple(of: 3),
                    .attribute where generator.next().isMultiple(of: 4):
                    guard try document.delete(selector) else { continue }
                    #expect(document.selected(by: selector) == nil)
                    deletions += 1
                case .element:
                    let element = generator.element(depth: 1)
                    let content = XMLDocument(root: element).serialized().drop { $0 != .lineFeed }
                    _ = try document.put(Array(content), at: selector)
                    #expect(document.selected(by: selector) == .element(element))
                    try checkRepetition(of: Array(content), at: selector, document)
                    puts += 1
                case .attribute:
                    let value = generator.token(length: 1)
                    _ = try document.put(Array(value.utf8), at: selector)
                    #expect(document.selected(by: selector) == .attribute(value))
                    try checkRepetition(of: Array(value.utf8), at: selector, document)
                    puts += 1
                case .namespaces:
                    continue
                }
                #expect(try XCAPDocument(parsing: document.serialized()) == document)
            } catch {
                #expect(document == before)
            }
        }
        #expect(puts > 20)
        #expect(deletions > 5)
    }

    private func checkRepetition(
        of content: [UInt8], at selector: NodeSelector, _ document: XCAPDocument
    ) throws(XCAPConflict) {
        var again = document
        #expect(try again.put(content, at: selector) == .replaced)
        #expect(again == document)
    }
}

extension SeededGenerator {
    private mutating func name() -> XMLName {
        XMLName(["a", "b"][Int(next() % 2)], namespace: next().isMultiple(of: 4) ? "urn:x" : nil)
    }

    private mutating func attribute() -> XMLAttribute {
        XMLAttribute(["p", "q"][Int(next() % 2)], ["1", "2", "<&\">"][Int(next() % 3)])
    }

    mutating func element(depth: Int) -> XMLElement {
        let children = depth == 0 ? [] : (0..<Int(next() % 4)).map { _ in XMLNode.element(element(depth: depth - 1)) }
        let name = name()
        // Every text then means the same wherever it is put.
        return XMLElement(
            name, prefix: name.namespace.map { _ in "x" }, attributes: next().isMultiple(of: 2) ? [attribute()] : [],
            children: children)
    }

    /// A selector that often selects something, or the place beside something.
    mutating func selector(into root: XMLElement) -> NodeSelector {
        var steps = [NodeSelector.Step(root.name)]
        var element = root
        for _ in 0..<Int(next() % 4) {
            let child = element.elements.randomElement(using: &self)
            var step = NodeSelector.Step(next().isMultiple(of: 5) ? nil : child?.name ?? name())
            if next().isMultiple(of: 2) { step.position = Int(next() % 3) + 1 }
            if next().isMultiple(of: 2) {
                let attribute = child?.attributes.first ?? attribute()
                step.attribute = NodeSelector.Attribute(attribute.name, attribute.value)
            }
            steps.append(step)
            if let child { element = child }
        }
        if next().isMultiple(of: 3) { return NodeSelector(steps, .attribute(attribute().name, prefix: nil)) }
        return NodeSelector(steps)
    }
}
