//! Titles, forms of address and suffixes, and the same words as names. All names are fictional.

use expect_test::expect;
use names::Kind;

use super::check_tags;

#[test]
fn titles_before_names() {
    check_tags(
        Kind::Person,
        &[
            "Sheikh Samir Qandil",
            "الشيخ سمير قنديل",
            "السيد سمير قنديل",
            "Sayyid Samir Qandil",
            "Haji Samir Qandil",
            "الحاج سمير قنديل",
            "Al-Haj Samir Qandil",
            "Mullah Qandil",
            "Maulvi Samir Qandil",
            "مولوی سمیر قندیل",
            "Qari Samir Qandil",
            "Hafiz Samir Qandil",
            "Ustad Samir Qandil",
            "Dr. Eng. Samir Qandil",
            "د. سمير قنديل",
            "م/ سمير قنديل",
            "Шейх Самир Кандил",
            "Д. Окунев",
            "Brig. Gen. Samir Qandil",
            "Qandil, Haji Samir",
            "QANDIL Haji Samir",
            "آية الله سمير قنديل",
            "Ayatollah Samir Qandil",
            "حجة الإسلام سمير قنديل",
        ],
        expect![[r"
            Sheikh (sheikh): honorific | Samir (samir): given | Qandil (qandil): family
            الشيخ: honorific | سمير: given | قنديل: family
            السيد: honorific | سمير: given | قنديل: family
            Sayyid (sayyid): honorific | Samir (samir): given | Qandil (qandil): family
            Haji (haji): honorific | Samir (samir): given | Qandil (qandil): family
            الحاج: honorific | سمير: given | قنديل: family
            Al-Haj (haj): honorific | Samir (samir): given | Qandil (qandil): family
            Mullah (mullah): honorific | Qandil (qandil): given
            Maulvi (maulvi): honorific | Samir (samir): given | Qandil (qandil): family
            مولوی (مولوي): honorific | سمیر (سمير): given | قندیل (قنديل): family
            Qari (qari): honorific | Samir (samir): given | Qandil (qandil): family
            Hafiz (hafiz): given | Samir (samir): unknown | Qandil (qandil): family
            Ustad (ustad): honorific | Samir (samir): given | Qandil (qandil): family
            Dr (dr): honorific | Eng (eng): honorific | Samir (samir): given | Qandil (qandil): family
            د: honorific | سمير: given | قنديل: family
            م: honorific | سمير: given | قنديل: family
            Шейх (шейх): honorific | Самир (самир): given | Кандил (кандил): family
            Д (д): initial | Окунев (окунев): family
            Brig (brig): honorific | Gen (gen): honorific | Samir (samir): given | Qandil (qandil): family
            Qandil (qandil): family | Haji (haji): honorific | Samir (samir): given
            QANDIL (qandil): family | Haji (haji): honorific | Samir (samir): given
            آية الله (الله): honorific | سمير: given | قنديل: family
            Ayatollah (ayatollah): honorific | Samir (samir): given | Qandil (qandil): family
            حجة الإسلام (الاسلام): honorific | سمير: given | قنديل: family
        "]],
    );
}

#[test]
fn titles_that_are_names() {
    check_tags(
        Kind::Person,
        &[
            "Sayyid Qandil",
            "سيد قنديل",
            "Sami al-Sayyid",
            "سامي السيد",
            "Hafiz Qandil",
            "Imam Qandil",
            "Samir Sayyid Qandil",
            "Prince Qandil",
            "Haji",
            "Sheikh",
            "Samir bin Sayyid",
            "Abu Sayyid Qandil",
        ],
        expect![[r"
            Sayyid (sayyid): given | Qandil (qandil): family
            سيد: given | قنديل: family
            Sami (sami): given | al-Sayyid (sayyid): family
            سامي: given | السيد (سيد): family
            Hafiz (hafiz): given | Qandil (qandil): family
            Imam (imam): given | Qandil (qandil): family
            Samir (samir): given | Sayyid (sayyid): unknown | Qandil (qandil): family
            Prince (prince): given | Qandil (qandil): family
            Haji (haji): given
            Sheikh (sheikh): given
            Samir (samir): given | bin: particle | Sayyid (sayyid): patronymic
            Abu Sayyid (sayyid): kunya | Qandil (qandil): given
        "]],
    );
}

#[test]
fn titles_and_suffixes_behind_names() {
    check_tags(
        Kind::Person,
        &[
            "Samir Qandil Efendi",
            "Haji Sahib",
            "Haj Qandil",
            "Samir Qandil Pasha",
            "Samir Qandil PhD",
            "Ruslan Qandilov, Jr.",
            "Qandilov, Ruslan Jr.",
            "Ruslan Qandilov III",
            "Samir V. Qandil",
        ],
        expect![[r"
            Samir (samir): given | Qandil (qandil): family | Efendi (efendi): honorific
            Haji (haji): honorific | Sahib (sahib): given
            Haj (haj): honorific | Qandil (qandil): given
            Samir (samir): given | Qandil (qandil): family | Pasha (pasha): honorific
            Samir (samir): given | Qandil (qandil): family | PhD (phd): suffix
            Ruslan (ruslan): given | Qandilov (qandilov): family | Jr (jr): suffix
            Qandilov (qandilov): family | Ruslan (ruslan): given | Jr (jr): suffix
            Ruslan (ruslan): given | Qandilov (qandilov): family | III (iii): suffix
            Samir (samir): given | V (v): initial | Qandil (qandil): family
        "]],
    );
}
