use expect_test::expect;

use crate::testing::check;

#[test]
fn statements_of_the_sample_list() {
    check(&[("list.xml", include_bytes!("testdata/list.xml"))], &expect![[r#"
        uk_xml "UK Sanctions List" "2026-01-31": 3 entities, 1 persons, 4 aliases, 1 weak, 1 skipped
        uk-XXX0001 Person @1
          alias: SAMPEL
          name: FICTION BIN SAMPLE
          firstName: FICTION
          lastName: SAMPLE
          alias: FICTIUN SAMPLE
          weakAlias: ABU SAMPLE
          name: عينة خيال (ara) <- عينة خيال; عينة
          name: عينة (ara) <- عينة خيال; عينة
          alias: Les Échantillons
          topics: sanction
          birthDate: dd/mm/1969
          birthDate: 00/00/1970
          birthDate: dd/05/1971
          birthDate: 24/10/1972
          title: Dr
          position: Head of Samples
          nationality: Iraq
          gender: male <- Male
          birthPlace: Sampletown, Iraq
          birthCountry: Iraq
          passportNumber: A0000001
          idNumber: 000-111
          phone: 000 000
          email: a@sample.invalid
          email: b@sample.invalid
          address: 1 Fiction Street, Sampletown, 00000, Iraq
          addressEntity: uk-XXX0001/address/1
          country: Iraq
          notes: Reportedly deceased. Wife's name: Samplia Fiction
          notes: Said to have made samples.
        uk-XXX0001/passport/1 Passport @1
          holder: uk-XXX0001
          number: A0000001
          type: Passport
          summary: issued 2001
        uk-XXX0001/identification/1 Identification @1
          holder: uk-XXX0001
          number: 000-111
          type: National Identifier
        uk-XXX0001/address/1 Address @1
          full: 1 Fiction Street, Sampletown, 00000, Iraq
          street: 1 Fiction Street
          city: Sampletown
          postalCode: 00000
          country: Iraq
        uk-XXX0001/mention/1 Mention @1
          name: Samplia Fiction
        uk-XXX0001/link/1 UnknownLink @1
          subject: uk-XXX0001
          object: uk-XXX0001/mention/1
          role: wife <- Wife's name: Samplia Fiction
        uk-XXX0001/sanction Sanction @1
          entity: uk-XXX0001
          authority: Foreign, Commonwealth & Development Office
          country: gb
          authorityId: XXX0001
          recordId: 9901
          unscId: XXi.901
          program: The Sample (Sanctions) Regulations 0000
          publisher: UN
          reason: Said to have made samples.
          provisions: Asset freeze
          provisions: Travel Ban
          listingDate: 25/01/2001
          modifiedAt: 03/02/2021
        uk-XXX0002 Organization @2
          alias: SAMPLE TRADING
          topics: sanction
          legalForm: Bank
          registrationNumber: 0000003
        uk-XXX0002/mention/1 Mention @2
          name: Sample Holding
        uk-XXX0002/link/1 UnknownLink @2
          subject: uk-XXX0002
          object: uk-XXX0002/mention/1
          role: parent company <- Sample Holding
        uk-XXX0002/sanction Sanction @2
          entity: uk-XXX0002
          authority: Foreign, Commonwealth & Development Office
          country: gb
          authorityId: XXX0002
        uk-XXX0003 Vessel @3
          name: SAMPLE STAR
          topics: sanction
          imoNumber: 0000001
          flag: Panama
        uk-XXX0003/mention/1 Mention @3
          name: Sample Shipping
        uk-XXX0003/link/1 UnknownLink @3
          subject: uk-XXX0003
          object: uk-XXX0003/mention/1
          role: owner or operator <- Sample Shipping
        uk-XXX0003/sanction Sanction @3
          entity: uk-XXX0003
          authority: Foreign, Commonwealth & Development Office
          country: gb
          authorityId: XXX0003
        ! no_id list.xml, record 4: a designation without UniqueID
    "#]]);
}
