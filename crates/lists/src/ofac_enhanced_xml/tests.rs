use expect_test::expect;

use crate::testing::check;

#[test]
fn statements_of_the_sample_list() {
    check(&[("enhanced.xml", include_bytes!("testdata/list.xml"))], &expect![[r#"
        ofac_enhanced_xml "OFAC Sample List" "2026-01-31": 4 entities, 1 persons, 2 aliases, 1 weak, 1 skipped
        ofac-990001 Person @1
          name: Fiction Middle SAMPLE <- SAMPLE, Fiction Middle
          firstName: Fiction <- SAMPLE, Fiction Middle
          middleName: Middle <- SAMPLE, Fiction Middle
          lastName: SAMPLE <- SAMPLE, Fiction Middle
          name: خيال عينة
          alias: Fiction SAMPEL <- SAMPEL, Fiction
          weakAlias: ABU SAMPLE
          previousName: Fiction FORMER <- FORMER, Fiction
          topics: sanction
          birthDate: circa 1970
          birthDate: 1961 to 1963
          birthDate: 1972-05-03
          birthPlace: Sampletown, Iraq
          gender: male <- Male
          nationality: Iraq
          citizenship: Jordan
          notes: Shoe Size: 42
          notes: Shoe Size 42: reported once
          passportNumber: A0000001
          idNumber: 000-111
          address: 1 Fiction Street, Sampletown, Iraq
          addressEntity: ofac-990001/address/1
          country: Iraq
          address: Образцово
          notes: Son of Second Sample. Seen in Sampletown.
        ofac-990001/wallet/1 CryptoWallet @1
          holder: ofac-990001
          publicKey: sample0wallet
          currency: XBT
        ofac-990001/passport/1 Passport @1
          holder: ofac-990001
          number: A0000001
          type: Passport
          country: Iraq
          startDate: 2001-02-03
          endDate: 2011-02-03
        ofac-990001/identification/1 Identification @1
          holder: ofac-990001
          number: 000-111
          type: National ID No.
          summary: not valid
        ofac-990001/address/1 Address @1
          full: 1 Fiction Street, Sampletown, Iraq
          street: 1 Fiction Street
          city: Sampletown
          country: Iraq
        ofac-990001/mention/1 Mention @1
          name: Second Sample
        ofac-990001/link/1 UnknownLink @1
          subject: ofac-990001
          object: ofac-990001/mention/1
          role: son of <- Son of Second Sample
        ofac-990001/link/2 UnknownLink @1
          subject: ofac-990001
          object: ofac-990002
          role: Acting for or on behalf of
        ofac-990001/sanction Sanction @1
          entity: ofac-990001
          summary: Secondary sanctions risk: section 0 of Executive Order 00000
          authority: Office of Foreign Assets Control
          authorityId: 990001
          country: us
          program: SAMPLE-EO
          provisions: Block
          reason: Executive Order 00000 (Sample)
          summary: Sample List
          listingDate: 2014-10-10
        ofac-990002 Organization @2
          name: SAMPLE TRADING, LLC
          topics: sanction
          website: sample.invalid
          taxNumber: 00000002
          registrationNumber: 00000003
        ofac-990002/identification/1 Identification @2
          holder: ofac-990002
          number: 00000002
          type: Tax ID No.
        ofac-990002/identification/2 Identification @2
          holder: ofac-990002
          number: 00000003
          type: Registration ID
        ofac-990002/sanction Sanction @2
          entity: ofac-990002
          authority: Office of Foreign Assets Control
          authorityId: 990002
          country: us
        ofac-990003 Vessel @3
          name: SAMPLE STAR
          topics: sanction
          flag: Panama
          imoNumber: IMO 0000001
        ofac-990003/sanction Sanction @3
          entity: ofac-990003
          authority: Office of Foreign Assets Control
          authorityId: 990003
          country: us
        ! unknown_type enhanced.xml, record 4: unknown type of entity: Ghost
        ! no_name enhanced.xml, record 4: an entity without a name
        ofac-990004 LegalEntity @4
          topics: sanction
        ofac-990004/sanction Sanction @4
          entity: ofac-990004
          authority: Office of Foreign Assets Control
          authorityId: 990004
          country: us
        ! no_id enhanced.xml, record 5: an entity without id
    "#]]);
}
