//! OFSI's list from bytes to statements.

use expect_test::expect;

use crate::testing::check;

#[test]
fn a_group_is_the_union_of_its_rows() {
    check(
        &[("ConList.csv", include_bytes!("testdata/ConList.csv"))],
        &expect![[r#"
        ofsi_csv "OFSI Consolidated List of Financial Sanctions Targets" "2025-06-03": 2 entities, 1 persons, 1 aliases, 1 weak, 1 skipped
        ofsi-99001 Person @3
          topics: sanction
          name: Specimen EXEMPLAR
          firstName: Specimen
          lastName: EXEMPLAR
          position: Sample minister
          position: Sample judge
          birthDate: 1958 <- 00/00/1958
          nationality: fr <- France
          birthPlace: Sampleville, France
          birthPlace: Exampletown, Chad
          birthCountry: fr <- France
          birthCountry: td <- Chad
          passportNumber: A0001
          address: Sampleville, France
          addressEntity: ofsi-99001/address/1
          country: fr <- France
          notes: Further Identifiying Information: Mother's name: Sample Mother. Believed to be dead <- Mother's name: Sample Mother. Believed to be dead
          motherName: Sample Mother <- Mother's name: Sample Mother
          phone: +999 1
          phone: +999 2
          gender: male <- Male
          weakAlias: ABU EXEMPLAR
        ofsi-99001/passport/1 Passport @3
          holder: ofsi-99001
          number: A0001
          type: Passport
          summary: Issued in Sampleville
        ofsi-99001/address/1 Address @3
          full: Sampleville, France
          street: Sampleville
          country: fr <- France
        ofsi-99001/sanction Sanction @3
          entity: ofsi-99001
          authority: Office of Financial Sanctions Implementation
          country: gb
          recordId: 99001
          program: Sample regime
          listingDate: 2001-10-02 <- 02/10/2001
          startDate: 2020-12-31 <- 31/12/2020
          modifiedAt: 2021-02-01 <- 01/02/2021
          authorityId: SMP0001
          unscId: SMi.001
        ofsi-99002 Organization @5
          topics: sanction
          name: SAMPLE BANK
          previousName: OLD SAMPLE BANK
        ofsi-99002/sanction Sanction @5
          entity: ofsi-99002
          authority: Office of Financial Sanctions Implementation
          country: gb
          recordId: 99002
          program: Sample regime
          listingDate: 2001-10-02 <- 02/10/2001
          startDate: 2020-12-31 <- 31/12/2020
          modifiedAt: 2021-02-01 <- 01/02/2021
        ! field_count ConList.csv, record 7: 2 fields where the header has 36
    "#]],
    );
}
