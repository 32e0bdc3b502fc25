/// Written by scripts/embed-schemas from fixtures/schemas/xcap-error.xsd.
extension BodySchema {
    static let xcapErrorText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Why an XCAP server answers 409: RFC 4825 §11.2. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:ietf:params:xml:ns:xcap-error"
            targetNamespace="urn:ietf:params:xml:ns:xcap-error" elementFormDefault="qualified">
          <xs:element name="error-element" abstract="true"/>
          <xs:element name="xcap-error">
            <xs:complexType>
              <xs:sequence>
                <xs:element ref="error-element"/>
              </xs:sequence>
            </xs:complexType>
          </xs:element>
          <xs:complexType name="explained">
            <xs:attribute name="phrase" type="xs:string"/>
          </xs:complexType>
          <xs:element name="not-well-formed" type="explained" substitutionGroup="error-element"/>
          <xs:element name="not-xml-frag" type="explained" substitutionGroup="error-element"/>
          <xs:element name="schema-validation-error" type="explained" substitutionGroup="error-element"/>
          <xs:element name="not-xml-att-value" type="explained" substitutionGroup="error-element"/>
          <xs:element name="cannot-insert" type="explained" substitutionGroup="error-element"/>
          <xs:element name="cannot-delete" type="explained" substitutionGroup="error-element"/>
          <xs:element name="constraint-failure" type="explained" substitutionGroup="error-element"/>
          <xs:element name="not-utf-8" type="explained" substitutionGroup="error-element"/>
          <xs:element name="no-parent" substitutionGroup="error-element">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="ancestor" type="xs:anyURI" minOccurs="0"/>
              </xs:sequence>
              <xs:attribute name="phrase" type="xs:string"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="uniqueness-failure" substitutionGroup="error-element">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="exists" maxOccurs="unbounded">
                  <xs:complexType>
                    <xs:sequence minOccurs="0">
                      <xs:element name="alt-value" type="xs:string" maxOccurs="unbounded"/>
                    </xs:sequence>
                    <xs:attribute name="field" type="xs:string" use="required"/>
                  </xs:complexType>
                </xs:element>
              </xs:sequence>
              <xs:attribute name="phrase" type="xs:string"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="extension" substitutionGroup="error-element">
            <xs:complexType>
              <xs:sequence>
                <xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:attribute name="phrase" type="xs:string"/>
            </xs:complexType>
          </xs:element>
        </xs:schema>

        """#
}
