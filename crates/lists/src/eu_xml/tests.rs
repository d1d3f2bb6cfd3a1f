use expect_test::expect;

use crate::testing::check;

#[test]
fn statements_of_the_sample_list() {
    check(&[("list.xml", include_bytes!("testdata/list.xml"))], &expect![[r#"
        eu_xml "EU consolidated list of financial sanctions" "2026-01-31": 3 entities, 1 persons, 2 aliases, 2 weak, 1 skipped
        eu-990001 Person @1
          name: Sample bin Fiction
          firstName: Sample
          middleName: bin
          lastName: Fiction
          title: Mullah
          title: Maulavi
          position: Head of Samples
          position: Treasurer of Samples
          gender: male <- M
          alias: عينة بن خيال (ara)
          alias: Образец Вымысел (bul)
          weakAlias: Abu Sample
          weakAlias: The Sample
          topics: sanction
          birthDate: 21/2/1964
          birthPlace: Sampletown, IRAQ
          birthCountry: IQ
          birthDate: circa 1965
          birthDate: 5/1966
          birthDate: circa 1953 to 1958
          birthDate: 1924 <- 1343 (Hijri)
          birthDate: 1925 <- 1343 (Hijri)
          birthDate: 1962-11-22 <- 24/6/1382 (Hijri)
          citizenship: IQ
          citizenship: SERBIA AND MONTENEGRO
          passportNumber: أ٠٠٠٠٠٠١
          passportNumber: A0000001
          idNumber: 000-111
          address: 1 Fiction Street, 00000, Sampletown, IRAQ
          addressEntity: eu-990001/address/1
          country: IQ
          email: a@sample.invalid
          email: b@sample.invalid
          notes: Reported dead in Sampletown in 2017. Father's name is Fiction Senior.
          fatherName: Fiction Senior <- Father's name is Fiction Senior
        eu-990001/passport/1 Passport @1
          holder: eu-990001
          number: أ٠٠٠٠٠٠١
          type: National passport
          country: IQ
          startDate: 2001-02-03
          summary: diplomatic, known to be expired, Sample Office, (passport)
        eu-990001/passport/2 Passport @1
          holder: eu-990001
          number: A0000001
          type: National passport
          country: IQ
          startDate: 2001-02-03
          summary: diplomatic, known to be expired, Sample Office, (passport)
        eu-990001/identification/1 Identification @1
          holder: eu-990001
          number: 000-111
          type: National identification card
        eu-990001/address/1 Address @1
          full: 1 Fiction Street, 00000, Sampletown, IRAQ
          street: 1 Fiction Street
          city: Sampletown
          postalCode: 00000
          remarks: as of 2013
          country: IQ
        eu-990001/sanction Sanction @1
          entity: eu-990001
          authority: European Union
          country: eu
          authorityId: EU.9901.11
          unscId: XXi.901
          startDate: 2014-01-02
          program: TAQA
          reason: 0000/000 (OJ L00)
          startDate: 2018-02-17
          listingDate: 2018-02-16
          sourceUrl: https://sample.invalid/oj
        eu-990002 Organization @2
          name: Sample Trading & Co
          notes: bank
          topics: sanction
          registrationNumber: 0000003
        eu-990002/identification/1 Identification @2
          holder: eu-990002
          number: 0000003
          type: regnumber
          country: RU
        eu-990002/sanction Sanction @2
          entity: eu-990002
          authority: European Union
          country: eu
          authorityId: EU.9902.22
        ! unknown_type list.xml, record 3: unknown type of subject: ghost
        ! no_name list.xml, record 3: an entity without a name
        eu-EU.9903.33 LegalEntity @3
          topics: sanction
        eu-EU.9903.33/sanction Sanction @3
          entity: eu-EU.9903.33
          authority: European Union
          country: eu
          authorityId: EU.9903.33
        ! no_id list.xml, record 4: an entity without logicalId
    "#]]);
}
