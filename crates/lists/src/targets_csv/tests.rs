//! `targets.simple.csv` from bytes to statements.

use expect_test::expect;

use crate::testing::check;

#[test]
fn one_row_per_target() {
    let file = include_bytes!("testdata/targets.simple.csv");
    check(
        &[("targets.simple.csv", file)],
        &expect![[r#"
            targets_csv "Sample Sanctions List" "2026-01-06": 2 entities, 1 persons, 2 aliases, 0 weak, 1 skipped
            NK-sample1 Person @2
              name: Sample Exemplar
              alias: S. Exemplar
              alias: Образец Примеров
              phone: +999 000
              email: sample@example.test
              address: Sampleville
              birthDate: 1970-01-02
              birthDate: 1972
              idNumber: A0001
            NK-sample1/identification/1 Identification @2
              holder: NK-sample1
              number: A0001
            NK-sample1/sanction Sanction @2
              entity: NK-sample1
              program: 2022-02-25; Sample article 2
              programId: XX-SAMPLE
            NK-sample2 Vessel @3
              name: SAMPLE TANKER
              idNumber: IMO9999999
            NK-sample2/identification/1 Identification @3
              holder: NK-sample2
              number: IMO9999999
            ! no_name targets.simple.csv, record 4: the row has no id or no name
        "#]],
    );
}
