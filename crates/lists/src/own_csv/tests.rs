//! Own tables from bytes to statements.

use expect_test::expect;

use crate::Options;
use crate::testing::{check, load_bytes, load_with};

#[test]
fn a_table_becomes_people_with_everything_said_of_them() {
    check(
        &[("watchlist.csv", include_bytes!("testdata/watchlist.csv"))],
        &expect![[r#"
            own_csv "watchlist.csv" "-": 4 entities, 4 persons, 1 aliases, 2 weak, 2 skipped
            SAMPLE-1 Person @2
              name: Sample Exemplar al-Fictional
              alias: Sampel Exemplar
              weakAlias: Abu Specimen al-Fictional
              name: عينة نموذج الخيالي (ara)
              name: Образец Примеров (rus)
              birthDate: 1964-04-03
              nationality: ma <- MA
              notes: FICTIONAL
            SAMPLE-1/sanction Sanction @2
              entity: SAMPLE-1
              program: SAMPLE-LIST
              status: active
            SAMPLE-2 Person @3
              weakAlias: Abu Placeholder al-Fictional
              nationality: tn <- TN
              notes: status: deceased <- deceased
              notes: FICTIONAL
            SAMPLE-2/sanction Sanction @3
              entity: SAMPLE-2
              program: SAMPLE-LIST
              status: deceased
            SAMPLE-3 Person @4
              name: Specimen Second EXEMPLAR <- EXEMPLAR, Specimen Second
              firstName: Specimen Second <- EXEMPLAR, Specimen Second
              lastName: EXEMPLAR <- EXEMPLAR, Specimen Second
              birthDate: 1970 <- circa 1970
            SAMPLE-3/sanction Sanction @4
              entity: SAMPLE-3
              program: SAMPLE-LIST
              status: active
            ! open_quote watchlist.csv, record 6: a quote is never closed
            ! no_name watchlist.csv, record 5: the row names nobody
            ! field_count watchlist.csv, record 7: 2 fields where the header has 10
            SAMPLE-6 Person @7
              name: Short Exemplar
        "#]],
    );
}

#[test]
fn headings_in_arabic_in_a_windows_code_page() {
    let table = "الرقم;الاسم الكامل;الكنية;تاريخ الميلاد;الجنسية\n7;عينة نموذج;أبو عينة;1980;تونس\n";
    let bytes = encoding_rs::WINDOWS_1256.encode(table).0;
    check(
        &[("قائمة.csv", &bytes)],
        &expect![[r#"
            own_csv "قائمة.csv" "-": 1 entities, 1 persons, 0 aliases, 1 weak, 0 skipped
            7 Person @2
              name: عينة نموذج
              weakAlias: أبو عينة
              birthDate: 1980
              nationality: tn <- تونس
        "#]],
    );
}

#[test]
fn parts_of_names_make_a_name_in_utf_16() {
    let table = "Nom\tPrénom\tDate de naissance\nEXEMPLE\tRené\t1980\n";
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(table.encode_utf16().flat_map(u16::to_le_bytes));
    check(
        &[("liste.csv", &bytes)],
        &expect![[r#"
            own_csv "liste.csv" "-": 1 entities, 1 persons, 0 aliases, 0 weak, 0 skipped
            row-bbaa441b31e7510c Person @2
              name: René EXEMPLE
              lastName: EXEMPLE
              firstName: René
              birthDate: 1980
        "#]],
    );
}

#[test]
fn a_map_overrides_the_guess() {
    let map = [("who", "name"), ("when", "birthDate"), ("also", "alias:ara"), ("note", "ignore")];
    let options = Options { map: map.map(|(c, p)| (c.to_owned(), p.to_owned())).to_vec() };
    let (_, loaded) = load_with(
        &[("x.csv", "who,when,also,note\nSample Person,1980,عينة,x\n".as_bytes())],
        &options,
    );
    expect![[r"
        row-bcbd8c585d526f0d Person @2
          name: Sample Person
          birthDate: 1980
          alias: عينة (ara)
    "]]
    .assert_eq(&loaded);
}

#[test]
fn ids_made_of_content_survive_inserted_rows() {
    let id = |text: &str| {
        let (_, loaded) = load_bytes(&[("x.csv", text.as_bytes())]);
        let lines: Vec<&str> = loaded.lines().collect();
        let at = lines.iter().position(|l| l.contains("name: Sample Two")).unwrap();
        lines[at - 1].split(' ').next().unwrap().to_owned()
    };
    assert_eq!(
        id("name,dob\nSample Two,1980\n"),
        id("name,dob\nSample One,1970\nSample Two,1980\n")
    );
}
