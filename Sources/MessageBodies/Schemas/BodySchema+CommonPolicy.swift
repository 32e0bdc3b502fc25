/// Written by scripts/embed-schemas from fixtures/schemas/common-policy.xsd.
extension BodySchema {
    static let commonPolicyText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Rules: RFC 4745 §13. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:ietf:params:xml:ns:common-policy"
            targetNamespace="urn:ietf:params:xml:ns:common-policy" elementFormDefault="qualified">
          <xs:element name="ruleset">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="rule" type="rule" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
            </xs:complexType>
          </xs:element>
          <xs:complexType name="rule">
            <xs:sequence>
              <xs:element name="conditions" type="conditions" minOccurs="0"/>
              <xs:element name="actions" type="extensible" minOccurs="0"/>
              <xs:element name="transformations" type="extensible" minOccurs="0"/>
            </xs:sequence>
            <xs:attribute name="id" type="xs:ID" use="required"/>
          </xs:complexType>
          <xs:complexType name="extensible">
            <xs:sequence>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
          </xs:complexType>
          <xs:complexType name="conditions">
            <xs:choice minOccurs="0" maxOccurs="unbounded">
              <xs:element name="identity" type="identity"/>
              <xs:element name="sphere" type="xs:anyType"/>
              <xs:element name="validity" type="xs:anyType"/>
              <xs:any namespace="##other" processContents="lax"/>
            </xs:choice>
          </xs:complexType>
          <xs:complexType name="identity">
            <xs:choice maxOccurs="unbounded">
              <xs:element name="one">
                <xs:complexType>
                  <xs:sequence>
                    <xs:any namespace="##other" processContents="lax" minOccurs="0"/>
                  </xs:sequence>
                  <xs:attribute name="id" type="xs:anyURI" use="required"/>
                </xs:complexType>
              </xs:element>
              <xs:element name="many">
                <xs:complexType>
                  <xs:choice minOccurs="0" maxOccurs="unbounded">
                    <xs:element name="except">
                      <xs:complexType>
                        <xs:attribute name="domain" type="xs:string"/>
                        <xs:attribute name="id" type="xs:anyURI"/>
                      </xs:complexType>
                    </xs:element>
                    <xs:any namespace="##other" processContents="lax"/>
                  </xs:choice>
                  <xs:attribute name="domain" type="xs:string"/>
                </xs:complexType>
              </xs:element>
              <xs:any namespace="##other" processContents="lax"/>
            </xs:choice>
          </xs:complexType>
        </xs:schema>

        """#
}
