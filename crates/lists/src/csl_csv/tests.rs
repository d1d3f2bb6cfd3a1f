//! The Consolidated Screening List from bytes to statements.

use expect_test::expect;

use crate::testing::check;

#[test]
fn rows_of_several_lists() {
    let file = include_bytes!("testdata/consolidated.csv");
    check(
        &[("consolidated.csv", file)],
        &expect![[r#"
            csl_csv "US Consolidated Screening List" "-": 2 entities, 1 persons, 2 aliases, 0 weak, 1 skipped
            csl-sdn-101 Person @2
              name: Specimen EXEMPLAR <- EXEMPLAR, Specimen
              firstName: Specimen <- EXEMPLAR, Specimen
              lastName: EXEMPLAR <- EXEMPLAR, Specimen
              alias: Sampel EXEMPLAR <- EXEMPLAR, Sampel
              alias: ABU EXEMPLAR
              topics: sanction
              position: Director, Sample Bank
              citizenship: td <- TD
              nationality: fr <- FR
              birthDate: 1963-04-17
              birthDate: 1970 <- circa 1970
              birthDate: 1961 <- 1961 to 1963
              birthDate: 1962 <- 1961 to 1963
              birthDate: 1963 <- 1961 to 1963
              birthPlace: Sampleville, France
              birthCountry: fr <- Sampleville, France
              birthPlace: Exampletown, Chad
              birthCountry: td <- Exampletown, Chad
              address: 1 Sample Street, Sampleville, FR
              country: fr <- FR
              country: ml <- ML
              passportNumber: A0001 <- FR, 2009-01-01, 1999-01-02, A0001, Passport
              idNumber: 00123 <- FR, 00123, National ID No.
              gender: male <- Male
              notes: sample words without a type
            csl-sdn-101/mention/1 Mention @2
              name: SAMPLE TRADING S.A.
            csl-sdn-101/link/1 UnknownLink @2
              subject: csl-sdn-101
              object: csl-sdn-101/mention/1
              role: Linked To
            csl-sdn-101/passport/1 Passport @2
              holder: csl-sdn-101
              number: A0001 <- FR, 2009-01-01, 1999-01-02, A0001, Passport
              type: Passport
              country: fr <- FR
              startDate: 1999-01-02
              endDate: 2009-01-01
            csl-sdn-101/identification/1 Identification @2
              holder: csl-sdn-101
              number: 00123 <- FR, 00123, National ID No.
              type: National ID No.
              country: fr <- FR
            csl-sdn-101/sanction Sanction @2
              entity: csl-sdn-101
              authority: Treasury Department
              country: us
              program: SDGT
              program: IFSR
              program: Specially Designated Nationals (SDN)
              sourceUrl: https://sample.example/info
            csl-dpl-5f5f LegalEntity @3
              name: PLACEHOLDER TRADING
              topics: export.control
              address: P.O. Box 1, Sampleville, FR
              country: fr <- FR
              notes: FEDERAL REGISTER NOTICE; ADDED
            csl-dpl-5f5f/sanction Sanction @3
              entity: csl-dpl-5f5f
              authority: Bureau of Industry and Security
              country: us
              program: Denied Persons List (DPL)
              startDate: 2003-06-19
              endDate: 2056-06-29
              summary: standard order: Y
              summary: 1 F.R. 1 1/1/00
              sourceUrl: https://sample.example/dpl
            ! field_count consolidated.csv, record 4: 2 fields where the header has 29
        "#]],
    );
}
