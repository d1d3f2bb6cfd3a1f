//! The UK Sanctions List from bytes to statements.

use expect_test::expect;

use crate::testing::check;

#[test]
fn an_entry_is_the_union_of_its_rows() {
    let file = include_bytes!("testdata/UK-Sanctions-List.csv");
    check(
        &[("UK-Sanctions-List.csv", file)],
        &expect![[r#"
        uk_csv "UK Sanctions List" "2026-02-13": 2 entities, 1 persons, 1 aliases, 1 weak, 2 skipped
        uk-SMP0002 Vessel @6
          topics: sanction
          name: SAMPLE STAR
          imoNumber: IMO9999999 <- 9999999
          flag: pa <- Panama
          type: Tanker
          buildDate: 2010
        uk-SMP0002/mention/1 Mention @6
          name: Sample Shipping
        uk-SMP0002/link/1 UnknownLink @6
          subject: uk-SMP0002
          object: uk-SMP0002/mention/1
          role: owner or operator
        uk-SMP0002/sanction Sanction @6
          entity: uk-SMP0002
          authority: Foreign, Commonwealth and Development Office
          country: gb
          authorityId: SMP0002
          recordId: 99001
          program: The Sample (Sanctions) Regulations
          summary: designation source: UN
          provisions: Asset freeze
          provisions: Travel Ban
          listingDate: 2001-01-25 <- 25/01/2001
          modifiedAt: 2022-01-12 <- 12/01/2022
        uk-SMP0001 Person @4
          topics: sanction
          name: Specimen Second EXEMPLAR
          firstName: Specimen
          middleName: Second
          lastName: EXEMPLAR
          name: عينة نموذج (ara)
          name: نموذج عينة (ara)
          title: Mullah
          title: Haji
          position: Sample Minister
          birthDate: 1958-01-01 <- 01/01/1958
          gender: male <- Male
          birthPlace: Sampleville, France
          birthCountry: fr <- France
          passportNumber: A0001
          passportNumber: A0002
          notes: Father's name: Placeholder Exemplar. Reported deceased
        in 2015.
          fatherName: Placeholder Exemplar <- Father's name: Placeholder Exemplar
          alias: Sampel EXEMPLAR
          birthDate: 1958 <- dd/mm/1958
          nationality: fr <- France
          nationality: td <- Chad
          weakAlias: ABU EXEMPLAR
          address: 1 Sample Street, 01000, France
          addressEntity: uk-SMP0001/address/1
          country: fr <- France
        uk-SMP0001/passport/1 Passport @4
          holder: uk-SMP0001
          number: A0001
          type: Passport
          summary: Sample passports
        uk-SMP0001/passport/2 Passport @4
          holder: uk-SMP0001
          number: A0002
          type: Passport
          summary: Sample passports
        uk-SMP0001/address/1 Address @7
          full: 1 Sample Street, 01000, France
          street: 1 Sample Street
          postalCode: 01000
          country: fr <- France
        uk-SMP0001/sanction Sanction @4
          entity: uk-SMP0001
          authority: Foreign, Commonwealth and Development Office
          country: gb
          authorityId: SMP0001
          recordId: 99001
          unscId: SMi.001
          program: The Sample (Sanctions) Regulations
          summary: designation source: UN
          provisions: Asset freeze
          provisions: Travel Ban
          reason: A sample reason, "quoted".
          listingDate: 2001-01-25 <- 25/01/2001
          modifiedAt: 2022-01-12 <- 12/01/2022
        ! no_id UK-Sanctions-List.csv, record 8: the row does not say whose it is
        ! field_count UK-Sanctions-List.csv, record 9: 3 fields where the header has 58
    "#]],
    );
}
