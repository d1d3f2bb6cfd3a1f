use expect_test::expect;

use crate::testing::check;

#[test]
fn statements_of_the_sample_list() {
    check(&[("list.xml", include_bytes!("testdata/list.xml"))], &expect![[r#"
        seco_xml "SECO sanctions list" "2026-01-31": 3 entities, 1 persons, 3 aliases, 1 weak, 1 skipped
        ch-9001 Person @1
          name: Sample Fiction Senior
          name: عينة خيال Senior (ara)
          name: عينا خيال Senior (ara)
          alias: Sampel Fiction Senior (fra)
          firstName: Fiction
          lastName: Sample
          fatherName: Senior
          title: Colonel
          weakAlias: Abu Sample
          previousName: Former Sample
          birthDate: 23/3/1970
          birthDate: 1971
          nationality: IQ
          birthPlace: Sampletown, Sample Province, Iraq
          birthCountry: Iraq
          address: Sample Club, 1 Fiction Street, 00000, Fictionville, Iraq
          addressEntity: ch-9001/address/1
          country: Iraq
          passportNumber: A0000001
          idNumber: 000-111
          alias: Second Identity
          birthDate: 1965
          topics: sanction
          gender: male
          notes: Made samples. Brother's name: Samuel Fiction.
          notes: Reportedly died in 2017.
        ch-9001/address/1 Address @1
          full: Sample Club, 1 Fiction Street, 00000, Fictionville, Iraq
          street: 1 Fiction Street
          city: Fictionville
          postalCode: 00000
          country: Iraq
        ch-9001/passport/1 Passport @1
          holder: ch-9001
          number: A0000001
          type: diplomatic passport
          country: IQ
          startDate: 2001-02-03
          endDate: 3/2/2011
          summary: seen once
        ch-9001/identification/1 Identification @1
          holder: ch-9001
          number: 000-111
          type: id card
        ch-9001/mention/1 Mention @1
          name: Samuel Fiction
        ch-9001/link/1 UnknownLink @1
          subject: ch-9001
          object: ch-9001/mention/1
          role: brother <- Brother's name: Samuel Fiction
        ch-9001/link/2 UnknownLink @1
          subject: ch-9001
          object: ch-9010
          role: related to
        ch-9001/sanction Sanction @1
          entity: ch-9001
          authority: State Secretariat for Economic Affairs
          country: ch
          authorityId: 9001
          unscId: XXi.901
          program: Ordinance on samples
          reason: Made samples. Brother's name: Samuel Fiction.
          modifiedAt: 2016-05-19
          listingDate: 2014-01-02
          startDate: 2014-01-03
        ch-9010 Organization @2
          name: Sample Trading
          topics: sanction
          website: sample.invalid
        ch-9010/sanction Sanction @2
          entity: ch-9010
          authority: State Secretariat for Economic Affairs
          country: ch
          authorityId: 9010
          program: Ordinance on samples
          startDate: 2014-01-03
        ch-9020 Vessel @3
          name: Sample Star
          topics: sanction
          imoNumber: 0000001
        ch-9020/sanction Sanction @3
          entity: ch-9020
          authority: State Secretariat for Economic Affairs
          country: ch
          authorityId: 9020
        ! no_id list.xml, record 5: a target without ssid
        ! delisted list.xml: 1 targets that were taken off the list are left out
    "#]]);
}
