/// Written by scripts/embed-schemas from fixtures/schemas/poc-settings.xsd.
extension BodySchema {
    static let pocSettingsText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Service settings: RFC 4354 §6.1, with the attribute service-id of OMA-TS-SIMPLE_IM-V1_0 Appendix E.1. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:oma:params:xml:ns:poc:poc-settings"
            targetNamespace="urn:oma:params:xml:ns:poc:poc-settings" elementFormDefault="qualified">
          <xs:element name="poc-settings">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="entity" type="entity" minOccurs="0" maxOccurs="unbounded"/>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
          </xs:element>
          <xs:complexType name="entity">
            <xs:sequence>
              <xs:element name="isb-settings" minOccurs="0">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="incoming-session-barring" type="active"/>
                    <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
                  </xs:sequence>
                  <xs:attributeGroup ref="service"/>
                </xs:complexType>
              </xs:element>
              <xs:element name="am-settings" type="xs:anyType" minOccurs="0"/>
              <xs:element name="ipab-settings" minOccurs="0">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="incoming-personal-alert-barring" type="active"/>
                    <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
                  </xs:sequence>
                  <xs:attributeGroup ref="service"/>
                </xs:complexType>
              </xs:element>
              <xs:element name="sss-settings" type="xs:anyType" minOccurs="0"/>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
            <xs:attribute name="id" type="xs:string" use="required"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/>
          </xs:complexType>
          <xs:complexType name="active">
            <xs:sequence>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
            <xs:attribute name="active" type="xs:boolean" use="required"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/>
          </xs:complexType>
          <xs:attributeGroup name="service">
            <xs:attribute name="service-id" type="xs:string"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/>
          </xs:attributeGroup>
        </xs:schema>

        """#
}
