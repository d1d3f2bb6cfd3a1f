//! OFAC's four files from bytes to statements.

use expect_test::expect;

use crate::testing::{check, load_bytes};

const SDN: &[u8] = include_bytes!("testdata/sdn.csv");
const ALT: &[u8] = include_bytes!("testdata/alt.csv");
const ADD: &[u8] = include_bytes!("testdata/add.csv");
const COMMENTS: &[u8] = include_bytes!("testdata/sdn_comments.csv");

#[test]
fn the_four_files_are_one_list_whatever_they_are_called() {
    check(
        &[("1", COMMENTS), ("2", ADD), ("3", ALT), ("4", SDN)],
        &expect![[r#"
            ofac_csv "OFAC sanctions list (legacy CSV)" "-": 4 entities, 2 persons, 3 aliases, 3 weak, 4 skipped
            ofac-101 Person @4:1
              topics: sanction
              name: Specimen Second EXEMPLAR <- EXEMPLAR, Specimen Second
              firstName: Specimen Second <- EXEMPLAR, Specimen Second
              lastName: EXEMPLAR <- EXEMPLAR, Specimen Second
              position: Director, Sample Bank
              birthDate: 1963-04-17 <- 17 Apr 1963
              birthDate: 1961 <- 1961 to 1963
              birthDate: 1962 <- 1961 to 1963
              birthDate: 1963 <- 1961 to 1963
              birthDate: 1970 <- circa 1970
              birthPlace: Sampleville, France
              birthCountry: fr <- Sampleville, France
              nationality: fr <- France
              citizenship: td <- Chad
              gender: male <- Male
              passportNumber: A0001 <- Passport A0001 (France) issued 02 Jan 1999 expires 01 Jan 2009
              passportNumber: B0002 <- alt. Passport B0002 (Chad)
              idNumber: 00123 <- National ID No. 00123 (France)
              taxNumber: 55-1 <- Tax ID No. 55-1
              weakAlias: EXEMPLAR THE GREAT
              weakAlias: ABU EXEMPLAR
              weakAlias: Former PLACEHOLDER <- PLACEHOLDER, Former
              phone: 999000111 <- Phone Number 999000111
              email: sample@example.org <- Email Address sample@example.org
              notes: reported to be Sample's "chief"
              alias: Sampel EXEMPLAR <- EXEMPLAR, Sampel
              alias: Sampel EXEMPLAR <- EXEMPLAR, Sampel
              address: 1 Sample Street, Sampleville 01000, France
              addressEntity: ofac-101/address/1
              country: fr <- France
            ofac-101/passport/1 Passport @4:1
              holder: ofac-101
              number: A0001 <- Passport A0001 (France) issued 02 Jan 1999 expires 01 Jan 2009
              type: Passport
              country: fr <- France
              startDate: 1999-01-02 <- 02 Jan 1999
              endDate: 2009-01-01 <- 01 Jan 2009
            ofac-101/passport/2 Passport @4:1
              holder: ofac-101
              number: B0002 <- alt. Passport B0002 (Chad)
              type: Passport
              country: td <- Chad
            ofac-101/identification/1 Identification @4:1
              holder: ofac-101
              number: 00123 <- National ID No. 00123 (France)
              type: National ID No.
              country: fr <- France
            ofac-101/identification/2 Identification @4:1
              holder: ofac-101
              number: 55-1 <- Tax ID No. 55-1
              type: Tax ID No.
            ofac-101/mention/1 Mention @4:1
              name: Placeholder Person
            ofac-101/link/1 UnknownLink @4:1
              subject: ofac-101
              object: ofac-101/mention/1
              role: wife of <- wife of Placeholder Person
            ofac-101/wallet/1 CryptoWallet @4:1
              holder: ofac-101
              currency: XBT
              publicKey: 1SampleSample
            ofac-101/mention/2 Mention @4:1
              name: SAMPLE TRADING S.A.
            ofac-101/link/2 UnknownLink @4:1
              subject: ofac-101
              object: ofac-101/mention/2
              role: Linked To
            ofac-101/mention/3 Mention @4:1
              name: SAMPLE OTHER
            ofac-101/link/3 UnknownLink @4:1
              subject: ofac-101
              object: ofac-101/mention/3
              role: Linked To
            ofac-101/address/1 Address @2:1
              full: 1 Sample Street, Sampleville 01000, France
              street: 1 Sample Street
              city: Sampleville 01000
              country: fr <- France
            ofac-101/sanction Sanction @4:1
              entity: ofac-101
              authority: Office of Foreign Assets Control
              country: us
              program: SDGT
              program: IFSR
              provisions: Secondary sanctions risk: section 1 of a sample act
            ofac-102 Organization @4:2
              topics: sanction
              name: SAMPLE TRADING S.A.
              incorporationDate: 2003-02-01 <- 01 Feb 2003
              registrationNumber: CH-1.2 <- Registration Number CH-1.2 (France)
              previousName: OLD SAMPLE CO.
            ofac-102/identification/1 Identification @4:2
              holder: ofac-102
              number: CH-1.2 <- Registration Number CH-1.2 (France)
              type: Registration Number
              country: fr <- France
            ofac-102/sanction Sanction @4:2
              entity: ofac-102
              authority: Office of Foreign Assets Control
              country: us
              program: SDGT
            ofac-103 Vessel @4:3
              topics: sanction
              name: SAMPLE STAR
              callSign: SMPL1
              type: Crude Oil Tanker
              tonnage: 299,000
              grossRegisteredTonnage: 156,000
              flag: pa <- Panama
              imoNumber: IMO9999999 <- Vessel Registration Identification IMO 9999999
              mmsi: 999999999 <- MMSI 999999999
            ofac-103/mention/1 Mention @4:3
              name: Sample Shipping Ltd.
            ofac-103/link/1 UnknownLink @4:3
              subject: ofac-103
              object: ofac-103/mention/1
              role: owner
            ofac-103/sanction Sanction @4:3
              entity: ofac-103
              authority: Office of Foreign Assets Control
              country: us
              program: SAMPLE
            ! field_count 4, record 4: 4 fields instead of 12
            ! no_number 4, record 5: the row does not begin with an entity number
            ! field_count 4, record 6: 11 fields instead of 12
            ofac-106 Person @4:7
              topics: sanction
              name: MONONYM
              address: Mali
              country: ml <- Mali
            ofac-106/sanction Sanction @4:7
              entity: ofac-106
              authority: Office of Foreign Assets Control
              country: us
              program: SDGT
            ! orphan_row 3, record 4: no entity of the list has this number
        "#]],
    );
}

#[test]
fn the_entities_alone_are_a_list() {
    let (info, _) = load_bytes(&[("sdn.csv", SDN)]);
    assert_eq!((info.counts.entities, info.counts.aliases, info.counts.weak_aliases), (4, 0, 3));
}

#[test]
fn rows_that_end_in_the_head_of_nothing_are_no_list() {
    let files = [crate::SourceFile::from_bytes("alt.csv", ALT.to_vec())];
    struct Nothing;
    impl crate::Sink for Nothing {
        fn entity(&mut self, _: Vec<model::Statement>) {
            panic!("aliases alone are no entities");
        }
        fn problem(&mut self, _: model::Problem) {}
    }
    let result = crate::load(&files, &"test".into(), &crate::Options::default(), &mut Nothing);
    expect!["alt.csv is damaged: these rows belong to a list of entities (sdn.csv) that is not among the files"]
        .assert_eq(&result.unwrap_err().to_string());
}
