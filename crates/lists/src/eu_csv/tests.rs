//! The EU's list from bytes to statements.

use expect_test::expect;

use crate::testing::check;

#[test]
fn version_1_1() {
    check(
        &[("fsf.csv", include_bytes!("testdata/fsf_1_1.csv"))],
        &expect![[r#"
        eu_csv "EU consolidated list of financial sanctions" "2026-08-05": 2 entities, 1 persons, 2 aliases, 1 weak, 1 skipped
        eu-14 Organization @3
          topics: sanction
          name: Sample Company
          notes: (UNSC RESOLUTION 0000)
        eu-14/sanction Sanction @3
          entity: eu-14
          authority: Council of the European Union
          country: eu
          authorityId: EU.99.02
          program: SMP
          summary: 1/2003 (OJ L1)
          sourceUrl: http://sample.example/eu
          listingDate: 2003-07-07
          startDate: 2003-07-08
        eu-13 Person @2
          topics: sanction
          name: Specimen EXEMPLAR
          firstName: Specimen
          lastName: EXEMPLAR
          gender: male <- M
          title: Mullah
          title: Maulavi
          position: Sample minister
          notes: (UNSC RESOLUTION 0000)
          alias: عينة نموذج (ara)
          weakAlias: Abu Exemplar
          alias: Sampel EXEMPLAR
          birthDate: 1963 <- 1383 AH
          birthDate: 1964 <- 1383 AH
          birthPlace: Sampleville, FRANCE
          birthCountry: fr <- FRANCE
          birthDate: 1961 <- circa 1961 to 1963
          birthDate: 1962 <- circa 1961 to 1963
          passportNumber: A0001
          citizenship: fr <- FR
          address: 1 Sample Street, Sampleville, FRANCE
          addressEntity: eu-13/address/1
          country: fr <- FRANCE
        eu-13/passport/1 Passport @9
          holder: eu-13
          number: A0001
          type: National passport
          country: fr <- FR
          startDate: 1999-01-02
          summary: known to have expired
        eu-13/address/1 Address @12
          full: 1 Sample Street, Sampleville, FRANCE
          street: 1 Sample Street
          city: Sampleville
          country: fr <- FRANCE
        eu-13/sanction Sanction @2
          entity: eu-13
          authority: Council of the European Union
          country: eu
          authorityId: EU.99.01
          unscId: SMi.001
          program: SMP
          summary: 1/2003 (OJ L1)
          sourceUrl: http://sample.example/eu
          listingDate: 2003-07-07
          startDate: 2003-07-08
        ! field_count fsf.csv, record 13: 3 fields where the header has 118
    "#]],
    );
}

#[test]
fn version_1_0_in_quotes_as_a_spreadsheet_leaves_it() {
    check(
        &[("fsf.csv", include_bytes!("testdata/fsf_1_0_wrapped.csv"))],
        &expect![[r#"
        eu_csv "EU consolidated list of financial sanctions" "2018-07-04": 1 entities, 1 persons, 0 aliases, 0 weak, 0 skipped
        eu-1 Person @2
          topics: sanction
          name: René Exemplar
          firstName: René
          lastName: Exemplar
          gender: male <- M
          position: Former sample
          birthDate: 1924-02-21
          birthPlace: Sampleville, FRA
          birthCountry: fr <- FRA
          passportNumber: A0001 <- A0001 (passport-Sample passport)
        eu-1/passport/1 Passport @4
          holder: eu-1
          number: A0001 <- A0001 (passport-Sample passport)
          type: Sample passport
          country: fr <- FRA
        eu-1/sanction Sanction @2
          entity: eu-1
          authority: Council of the European Union
          country: eu
          authorityId: EU.99.01
          program: SMP
    "#]],
    );
}
