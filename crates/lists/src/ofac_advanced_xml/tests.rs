use expect_test::expect;

use crate::testing::check;

#[test]
fn statements_of_the_sample_list() {
    check(&[("advanced.xml", include_bytes!("testdata/list.xml"))], &expect![[r#"
        ofac_advanced_xml "OFAC sanctions list" "2026-01-31": 3 entities, 1 persons, 1 aliases, 1 weak, 2 skipped
        ofac-990001 Person @1
          name: Fiction SAMPLE <- SAMPLE Fiction
          firstName: Fiction <- SAMPLE Fiction
          lastName: SAMPLE <- SAMPLE Fiction
          name: عينة خيال
          alias: Fiction SAMPEL <- SAMPEL Fiction
          weakAlias: ABU SAMPLE
          passportNumber: A0000001
          birthDate: 1970
          birthDate: circa 1961 to 1963
          notes: Birthdate: as in the passport
          birthDate: 1972-05-03
          birthDate: 1972-06
          birthPlace: 1 Fiction Street, Sampletown, Jordan
          birthCountry: Jordan
          nationality: Iraq
          address: 1 Fiction Street, Sampletown, Jordan
          addressEntity: ofac-990001/address/1
          country: Jordan
          address: Sample Area
          country: Sample Area
          position: Head of Samples
          gender: male <- Male
          topics: sanction
          notes: Mother's name is Samplia Mother.
          motherName: Samplia Mother <- Mother's name is Samplia Mother
        ofac-990001/passport/1 Passport @1
          holder: ofac-990001
          number: A0000001
          type: Passport
          country: Iraq
          endDate: 2011-02-03
        ofac-990001/address/1 Address @1
          full: 1 Fiction Street, Sampletown, Jordan
          street: 1 Fiction Street
          city: Sampletown
          country: Jordan
        ofac-990001/sanction Sanction @1
          entity: ofac-990001
          summary: Secondary sanctions risk: section 0
        ofac-990002 Organization @2
          name: SAMPLE TRADING
          taxNumber: 00000002
          topics: sanction
        ofac-990002/identification/1 Identification @2
          holder: ofac-990002
          number: 00000002
          type: Tax ID No.
        ! unknown_type advanced.xml, record 3: unknown type of party: 
        ! no_name advanced.xml, record 3: a party without a name
        ofac-990003 LegalEntity @3
          topics: sanction
        ! no_id advanced.xml, record 4: a party without FixedRef or profile
        ofac-990002/tie/1 UnknownLink @5
          subject: ofac-990002
          object: ofac-990001
          role: Owned or Controlled By
        ! loose_tie advanced.xml, record 6: a tie to a party that is not there
        ofac-990001/sanction/501 Sanction @7
          entity: ofac-990001
          authority: Office of Foreign Assets Control
          authorityId: 990001
          country: us
          summary: Sample List
          listingDate: 2014-10-10
          reason: Executive Order 00000 (Sample)
          program: SAMPLE-EO
          provisions: Block
    "#]]);
}
