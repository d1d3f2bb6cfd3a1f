//! What the writing shows or hides: machine readable zones, missing blanks, two scripts. All names
//! are fictional.

use expect_test::expect;
use names::Kind;

use super::check_tags;

#[test]
fn machine_readable_zones() {
    check_tags(
        Kind::Person,
        &[
            "QANDIL<<SAMIR<ABD<AL<KARIM<<<<<<<<",
            "ZRQWNY<<MXHMD<BN<SMYR<<<<",
            "XAEXHMD<<XSHMS<ALDYN<<<",
            "P<UTOQANDIL<<SAMIR<ABD<AL<KARIM<<<<<<<<<<<<<",
            "P<UTOZRQWNY<<MXHMD<BN<SMYR<<<<<<<<<<<<<<<<<<",
            "OKUNEV<<SERGEI<ANATOLEVICH<<<<",
            "SHCHUKINA<<IULIIA<<<<",
            "XHEMAL<<MAXIM<<<",
        ],
        expect![[r"
            QANDIL (qandil): family | SAMIR (samir): given | ABD AL KARIM (abdkarim): patronymic
            ZRQWNY (زرقوني): family | MXHMD (محمد): given | BN (بن): particle | SMYR (سمير): patronymic
            XAEXHMD (احمد): family | XSHMS ALDYN (شمسدين): given
            P<UTO (puto): particle | QANDIL (qandil): family | SAMIR (samir): given | ABD AL KARIM (abdkarim): patronymic
            P<UTO (puto): particle | ZRQWNY (زرقوني): family | MXHMD (محمد): given | BN (بن): particle | SMYR (سمير): patronymic
            OKUNEV (okunev): family | SERGEI (sergei): given | ANATOLEVICH (anatolevich): patronymic
            SHCHUKINA (shchukina): family | IULIIA (iuliia): given
            XHEMAL (xhemal): family | MAXIM (maxim): given
        "]],
    );
}

#[test]
fn missing_blanks() {
    check_tags(
        Kind::Person,
        &[
            "AbuHamid",
            "SamirQandil",
            "BinQandil Samir",
            "AbdAlKarim Qandil",
            "SamirQANDIL",
            "McQandil",
            "DeQandil",
            "Samir\u{200E}سميرQandil",
            "سمير\u{202B}Samir\u{202C} قنديل",
        ],
        expect![[r"
            Abu Hamid (hamid): kunya
            Samir (samir): given | Qandil (qandil): family
            Bin (bin): particle | Qandil (qandil): patronymic | Samir (samir): given
            Abd Al Karim (abdkarim): given | Qandil (qandil): family
            Samir (samir): given | QANDIL (qandil): family
            McQandil (mcqandil): given
            DeQandil (deqandil): given
            Samir (samir): given | سمير: patronymic | Qandil (qandil): family
            سمير: given | Samir (samir): patronymic | قنديل: family
        "]],
    );
}

#[test]
fn letters_of_many_orthographies() {
    check_tags(
        Kind::Person,
        &[
            "إِحْسَــان آلــزرقونى",
            "ﺳﻤﻴﺮ ﻗﻨﺪﻳﻞ",
            "سميــر قنديل ٢",
            "پرویز گلدستهٔ قندیل",
            "کەریم قەندیل",
            "ڈاکٹر سمیر ٹنڈیل",
            "ﻻﻣﻊ ﻗﻨﺪﻳﻞ",
        ],
        expect![[r"
            إِحْسَــان (احسان): given | آلــزرقونى (الزرقوني): family
            ﺳﻤﻴﺮ (سمير): given | ﻗﻨﺪﻳﻞ (قنديل): family
            سميــر (سمير): given | قنديل: patronymic | ٢ (2): number
            پرویز (پرويز): given | گلدستهٔ (گلدسته): patronymic | قندیل (قنديل): family
            کەریم (كهريم): given | قەندیل (قهنديل): family
            ڈاکٹر (داكتر): given | سمیر (سمير): patronymic | ٹنڈیل (تنديل): family
            ﻻﻣﻊ (لامع): given | ﻗﻨﺪﻳﻞ (قنديل): family
        "]],
    );
}
