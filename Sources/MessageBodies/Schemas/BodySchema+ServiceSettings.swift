/// Written by scripts/embed-schemas from fixtures/schemas/service-settings.xsd.
extension BodySchema {
    static let serviceSettingsText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- The settings that the IM service adds: OMA-TS-SIMPLE_IM-V1_0 Appendix E.1. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:oma:xml:im:service-settings"
            targetNamespace="urn:oma:xml:im:service-settings" elementFormDefault="qualified">
          <xs:element name="deferred-settings">
            <xs:complexType>
              <xs:choice maxOccurs="unbounded">
                <xs:element name="offline-delivery" type="active"/>
                <xs:any namespace="##other" processContents="lax"/>
              </xs:choice>
              <xs:attributeGroup ref="service"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="vis-settings">
            <xs:complexType>
              <xs:choice maxOccurs="unbounded">
                <xs:element name="vis-status" type="active"/>
                <xs:any namespace="##other" processContents="lax"/>
              </xs:choice>
              <xs:attributeGroup ref="service"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="hist-settings">
            <xs:complexType>
              <xs:choice maxOccurs="unbounded">
                <xs:element name="hist-activation">
                  <xs:complexType>
                    <xs:choice maxOccurs="unbounded">
                      <xs:element name="session-mode" type="xs:anyType"/>
                      <xs:element name="pager-large-mode" type="xs:anyType"/>
                      <xs:any namespace="##other" processContents="lax"/>
                    </xs:choice>
                    <xs:attribute name="active" type="xs:boolean" default="false"/>
                    <xs:anyAttribute namespace="##other" processContents="lax"/>
                  </xs:complexType>
                </xs:element>
                <xs:any namespace="##other" processContents="lax"/>
              </xs:choice>
              <xs:attributeGroup ref="service"/>
            </xs:complexType>
          </xs:element>
          <xs:complexType name="active">
            <xs:sequence>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
            <xs:attribute name="active" type="xs:boolean"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/>
          </xs:complexType>
          <xs:attributeGroup name="service">
            <xs:attribute name="service-id" type="xs:string"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/>
          </xs:attributeGroup>
        </xs:schema>

        """#
}
