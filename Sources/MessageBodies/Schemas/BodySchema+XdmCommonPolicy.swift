/// Written by scripts/embed-schemas from fixtures/schemas/xdm-common-policy.xsd.
extension BodySchema {
    static let xdmCommonPolicyText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- The conditions that OMA XDM adds to rules: OMA-TS-SIMPLE_IM-V1_0 Appendix R. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:oma:xml:xdm:common-policy"
            targetNamespace="urn:oma:xml:xdm:common-policy" elementFormDefault="qualified">
          <xs:element name="other-identity" type="empty"/>
          <xs:element name="anonymous-request" type="empty"/>
          <xs:complexType name="empty"/>
          <xs:element name="external-list">
            <xs:complexType>
              <xs:choice minOccurs="0" maxOccurs="unbounded">
                <xs:element name="entry">
                  <xs:complexType>
                    <xs:attribute name="anchor" type="xs:anyURI"/>
                    <xs:attribute name="anc" type="xs:anyURI"/>
                    <xs:anyAttribute namespace="##other" processContents="lax"/>
                  </xs:complexType>
                </xs:element>
                <xs:any namespace="##other" processContents="lax"/>
              </xs:choice>
            </xs:complexType>
          </xs:element>
        </xs:schema>

        """#
}
