/// Written by scripts/embed-schemas from fixtures/schemas/im-iscomposing.xsd.
extension BodySchema {
    static let imIscomposingText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Indications that somebody is writing: RFC 3994 §6. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:ietf:params:xml:ns:im-iscomposing"
            targetNamespace="urn:ietf:params:xml:ns:im-iscomposing" elementFormDefault="qualified">
          <xs:element name="isComposing">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="state" type="xs:string"/>
                <xs:element name="lastactive" type="xs:dateTime" minOccurs="0"/>
                <xs:element name="contenttype" type="xs:string" minOccurs="0"/>
                <xs:element name="refresh" type="xs:positiveInteger" minOccurs="0"/>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
          </xs:element>
        </xs:schema>

        """#
}
