use expect_test::expect;

use crate::testing::check;

#[test]
fn statements_of_the_sample_list() {
    check(&[("list.xml", include_bytes!("testdata/list.xml"))], &expect![[r#"
        un_xml "United Nations Security Council Consolidated List" "2026-01-31": 3 entities, 2 persons, 7 aliases, 2 weak, 2 skipped
        un-XXi.901 Person @1
          name: SAMPLE BIN FICTION AL-NAMUDHAJI
          name: عينة بن خيال النموذجي <- عينة بن خيال النموذجي ; عينة النموذجي
          name: عينة النموذجي <- عينة بن خيال النموذجي ; عينة النموذجي
          topics: sanction
          alias: Sampel Fiction <- Sampel Fiction; Sampil Fiction
          alias: Sampil Fiction <- Sampel Fiction; Sampil Fiction
          birthDate: 1969-02-05
          birthPlace: Tripoli, Libya
          birthCountry: Libya
          weakAlias: Abu Sample
          weakAlias: Абу Образец <- Abu Sample
          notes: Abu Sample: original script: Абу Образец
          alias: Fiction Ould Sample
          notes: Fiction Ould Sample: born in 1971 in Sampletown
          birthDate: 1971
          title: Dr.
          position: Head of the Sample Office (SO)
          position: Treasurer
          nationality: Iraq
          gender: male <- Male
          birthDate: 1970-02-05
          birthDate: Sep. 1972
          birthDate: Nov. 1973
          birthDate: circa 1975
          notes: Date of birth: 30-35 years old
          birthDate: 1966 to 1968
          birthDate: circa 1960 to 1962
          birthDate: 24/06/1382 (Hijri Calendar)
          birthPlace: Sampletown, Sample Province, Iraq
          birthCountry: Iraq
          passportNumber: D0000898 <- Sample diplomatic passport no. D0000898
          idNumber: عينة ٠٠٠٠١٢٣
          address: 1 Fiction Street, Sampletown, Sample Province, 00000, Iraq
          addressEntity: un-XXi.901/address/1
          country: Iraq
          notes: Address: in prison
          notes: Reportedly killed in Sampletown in June 2017. Father’s name is Fiction al-Namudhaji. Wife's name: Samplia Fiction. Brother of Second Sample (XXi.902). Photo available for inclusion in the Sample Notice.
          fatherName: Fiction al-Namudhaji <- Father’s name is Fiction al-Namudhaji
        un-XXi.901/passport/1 Passport @1
          holder: un-XXi.901
          number: D0000898 <- Sample diplomatic passport no. D0000898
          type: Numéro de passeport
          country: Iraq
          startDate: 2013-04-11
          endDate: 10 April 2018
          summary: Sampletown, expires on 10 April 2018
        un-XXi.901/identification/1 Identification @1
          holder: un-XXi.901
          number: عينة ٠٠٠٠١٢٣
          type: National Identification Number, Ration card no.
          country: Iraq
        un-XXi.901/address/1 Address @1
          full: 1 Fiction Street, Sampletown, Sample Province, 00000, Iraq
          street: 1 Fiction Street
          city: Sampletown
          state: Sample Province
          postalCode: 00000
          remarks: as of 2013
          country: Iraq
        un-XXi.901/mention/1 Mention @1
          name: Samplia Fiction
        un-XXi.901/link/1 UnknownLink @1
          subject: un-XXi.901
          object: un-XXi.901/mention/1
          role: wife <- Wife's name: Samplia Fiction
        un-XXi.901/link/2 UnknownLink @1
          subject: un-XXi.901
          object: un-XXi.902
          role: brother of <- Brother of Second Sample (XXi.902)
        un-XXi.901/sanction Sanction @1
          entity: un-XXi.901
          authority: United Nations Security Council
          unscId: XXi.901
          authorityId: 9990001
          program: Sample
          listingDate: 2014-05-15
          modifiedAt: 2015-02-03
          modifiedAt: 2019-11-04
        un-XXi.902 Person @2
          name: SECOND SAMPLE
          topics: sanction
          gender: female <- Female
          notes: Husband’s name is: Third Sample.
        un-XXi.902/mention/1 Mention @2
          name: Third Sample
        un-XXi.902/link/1 UnknownLink @2
          subject: un-XXi.902
          object: un-XXi.902/mention/1
          role: husband <- Husband’s name is: Third Sample
        un-XXi.902/sanction Sanction @2
          entity: un-XXi.902
          authority: United Nations Security Council
          unscId: XXi.902
          authorityId: 9990002
        ! no_id list.xml, record 3: no REFERENCE_NUMBER or DATAID of its own
        ! no_id list.xml, record 4: no REFERENCE_NUMBER or DATAID of its own
        un-XXe.901 Organization @5
          name: SAMPLE TRADING HOUSE <- SAMPLE TRADING HOUSE ; FICTION TRADING HOUSE
          alias: FICTION TRADING HOUSE <- SAMPLE TRADING HOUSE ; FICTION TRADING HOUSE
          topics: sanction
          alias: Sample House (SH)
          previousName: بيت العينة <- بيت العينة (Bayt Sample)
          previousName: Bayt Sample <- بيت العينة (Bayt Sample)
          address: Iraq
          country: Iraq
          notes: Brother of nobody.
        un-XXe.901/sanction Sanction @5
          entity: un-XXe.901
          authority: United Nations Security Council
          unscId: XXe.901
          authorityId: 9990003
          program: Sample
          listingDate: 2014-05-15
    "#]]);
}
