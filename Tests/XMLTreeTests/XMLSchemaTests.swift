import Testing
import XMLTree

@Suite struct XMLSchemaTests {
    private static func schema(_ content: String, _ attributes: String = "") -> String {
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:a" targetNamespace="urn:a" \
        elementFormDefault="qualified" \(attributes)>
        \(content)
        </xs:schema>
        """
    }

    /// Elements `a` that hold numbers, with anything of other namespaces behind.
    private static let numbers = schema(
        """
        <xs:element name="a"><xs:complexType><xs:sequence>
          <xs:element name="n" type="xs:int" maxOccurs="unbounded"/>
          <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
        </xs:sequence></xs:complexType></xs:element>
        <xs:element name="flag" type="xs:boolean"/>
        """)
    private static let others = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:b">
          <xs:element name="b"><xs:complexType><xs:sequence>
            <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
          </xs:sequence><xs:attribute name="x" type="xs:int"/></xs:complexType></xs:element>
        </xs:schema>
        """

    private func violations(_ text: String) throws -> [XMLSchemaViolation] {
        try XMLSchema([Self.numbers, Self.others]).violations(in: Array(text.utf8))
    }

    @Test(arguments: [
        "<a xmlns='urn:a'><n>1</n><n>\n 2 <![CDATA[ ]]></n></a>",
        "<p:a xmlns:p='urn:a'><p:n>1</p:n><z xmlns='urn:z' y='?'/></p:a>",
        "<b xmlns='urn:b' x='1'/>",
        "<a xmlns='urn:a'><n>1</n><b xmlns='urn:b' x='1'><flag xmlns='urn:a'>0</flag></b></a>",
        "<a xmlns='urn:a'><n>1</n><unknown xmlns='urn:b'/></a>",
    ])
    func `A document that is as the schemas demand has no violations`(text: String) throws {
        #expect(try violations(text) == [])
    }

    @Test(arguments: [
        ("<a xmlns='urn:a'/>", 1), ("<a xmlns='urn:a'>\n<n>1</n>\n<n>x</n></a>", 3),
        ("<a xmlns='urn:a'>\n<n>1</n>\n<b xmlns='urn:b'\nx='one'/></a>", 4),
        ("<a xmlns='urn:a'><n>1</n><b xmlns='urn:b'>\n<flag xmlns='urn:a'>maybe</flag></b></a>", 2),
        ("<n xmlns='urn:a'/>", 1), ("<a/>", 1), ("<a xmlns='urn:z'/>", 1), ("\n\n<c xmlns='urn:b'/>", 3),
    ])
    func `A violation is told with its line`(text: String, line: Int) throws {
        let violations = try violations(text)
        #expect(violations.count == 1)
        #expect(violations.first?.line == line)
        #expect(violations.first?.message.isEmpty == false)
    }

    @Test(arguments: [
        ("sip:ann@[2001:db8::7]:5060", true), ("http://[::1]:8080/x", true), ("sip:ann@192.0.2.7", true),
        ("sip:ann@[::1", true), ("%zz", false), ("[::1]%zz", false),
    ])
    func `The brackets around an IPv6 address may stand in any URI`(uri: String, isValid: Bool) throws {
        let schema = try XMLSchema([
            Self.schema(
                """
                <xs:element name="u"><xs:complexType><xs:sequence><xs:element name="v" type="xs:anyURI"/></xs:sequence>
                <xs:attribute name="w" type="xs:anyURI"/></xs:complexType></xs:element>
                """)
        ])
        let text = "<u xmlns='urn:a' w='\(uri)'><v>\(uri)</v></u>"
        #expect(try schema.violations(in: Array(text.utf8)).count == (isValid ? 0 : 2))
    }

    @Test func `No more than twenty violations are told`() throws {
        let text = "<a xmlns='urn:a'>" + String(repeating: "<n/>", count: 1000) + "</a>"
        #expect(try violations(text).count == XMLSchema.maximumViolations)
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY e 'x'>]><a xmlns='urn:a'><n>&e;</n></a>", "<a xmlns='urn:a'>", "", "<a>\u{0}</a>",
        String(repeating: "<a>", count: 100) + String(repeating: "</a>", count: 100),
    ])
    func `What cannot be read is not judged`(text: String) {
        #expect(throws: XMLSyntaxError.self) { try violations(text) }
    }

    @Test func `Where a document says its schema lies is nobody's business`() throws {
        let text = """
            <a xmlns='urn:a' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'
            xsi:schemaLocation='urn:a file:///etc/passwd urn:z http://127.0.0.1:9/z.xsd'><n>1</n></a>
            """
        #expect(try violations(text) == [])
    }

    @Test func `A document may not say that an element has another type than it has`() throws {
        let text = """
            <a xmlns='urn:a' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'
            xmlns:xs='http://www.w3.org/2001/XMLSchema'><n xsi:type='xs:string'>one</n></a>
            """
        #expect(try !violations(text).isEmpty)
    }

    @Test(arguments: [
        schema("<xs:element name='a' type='none'/>"), schema("<xs:element/>"), "<a/>", "", "<xs:schema/>",
        schema("<xs:include schemaLocation='other.xsd'/>"), schema("<xs:import namespace='urn:b' schemaLocation='b'/>"),
        schema("<xs:redefine schemaLocation='file:///etc/passwd'/>"), "<!DOCTYPE s SYSTEM 's'>" + schema(""),
    ])
    func `A text that is no schema, or needs another one, is refused`(text: String) {
        #expect(throws: XMLSyntaxError.self) {
            let schema = try XMLSchema([text])
            _ = try schema.violations(in: [])
        }
    }

    @Test func `Two schemas for one namespace are refused`() {
        #expect(throws: XMLSyntaxError.self) {
            let schema = try XMLSchema([Self.numbers, Self.numbers])
            _ = try schema.violations(in: [])
        }
    }

    @Test func `An error in a schema is told with its line`() {
        #expect {
            _ = try XMLSchema([Self.schema("\n<xs:element name='a' type='none'/>")]).violations(in: [])
        } throws: {
            ($0 as? XMLSyntaxError)?.line == 3
        }
    }

    @Test func `Many threads may judge by one schema`() async throws {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let text = "<a xmlns='urn:a'><n>\(number % 2 == 0 ? "1" : "x")</n></a>"
                    let violations = try? Shared.schema?.violations(in: Array(text.utf8))
                    return violations?.count == number % 2
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    private enum Shared {
        static let schema: XMLSchema? = try? XMLSchema([numbers])
    }
}
