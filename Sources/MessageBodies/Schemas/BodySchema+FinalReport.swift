/// Written by scripts/embed-schemas from fixtures/schemas/final-report.xsd.
extension BodySchema {
    static let finalReportText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Final delivery reports: OMA-TS-SIMPLE_IM-V1_0 Appendix O.1. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:oma:xml:poc:final-report"
            targetNamespace="urn:oma:xml:poc:final-report" elementFormDefault="qualified">
          <xs:element name="final">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="leg" minOccurs="0" maxOccurs="unbounded">
                  <xs:complexType>
                    <xs:sequence>
                      <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
                    </xs:sequence>
                    <xs:attribute name="uri" type="xs:anyURI" use="required"/>
                    <xs:attribute name="status" type="status"/>
                    <xs:attribute name="max-size" type="xs:nonNegativeInteger"/>
                    <xs:anyAttribute namespace="##other" processContents="lax"/>
                  </xs:complexType>
                </xs:element>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:attribute name="last" type="xs:string"/>
              <xs:attribute name="Message-ID" type="xs:string" use="required"/>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
          </xs:element>
          <xs:simpleType name="status">
            <xs:restriction base="xs:string">
              <xs:pattern value="[0-9]{3}|9999"/>
            </xs:restriction>
          </xs:simpleType>
        </xs:schema>

        """#
}
