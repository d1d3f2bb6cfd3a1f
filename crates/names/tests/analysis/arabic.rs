//! Names of Arabic form: chains, kunyas, nisbas, houses. All names are fictional.

use expect_test::expect;
use names::Kind;

use super::check_tags;

#[test]
fn chains_of_fathers() {
    check_tags(
        Kind::Person,
        &[
            "سمير بن قنديل بن زرقون البصروني",
            "Samir bin Qandil bin Zarqun al-Basruni",
            "Samir b. Qandil",
            "Samir ould Qandil",
            "Zarquna mint Samir",
            "زرقونة بنت سمير",
            "Zarquna bte Samir",
            "Samir Zarqun Qandil Mandur",
            "سمير زرقون قنديل مندور",
            "Samir ibn Abi Qandil",
            "Qandil, Samir bin",
            "Samir bin Haji Qandil",
            "Samir Ben",
        ],
        expect![[r"
            سمير: given | بن: particle | قنديل: patronymic | بن: particle | زرقون: patronymic | البصروني (بصروني): nisba
            Samir (samir): given | bin: particle | Qandil (qandil): patronymic | bin: particle | Zarqun (zarqun): patronymic | al-Basruni (basruni): nisba
            Samir (samir): given | b: particle | Qandil (qandil): patronymic
            Samir (samir): given | ould: particle | Qandil (qandil): patronymic
            Zarquna (zarquna): given | mint: particle | Samir (samir): patronymic
            زرقونة (زرقونه): given | بنت: particle | سمير: patronymic
            Zarquna (zarquna): given | bte: particle | Samir (samir): patronymic
            Samir (samir): given | Zarqun (zarqun): unknown | Qandil (qandil): unknown | Mandur (mandur): family
            سمير: given | زرقون: patronymic | قنديل: patronymic | مندور: family
            Samir (samir): given | ibn: particle | Abi Qandil (qandil): family
            Qandil (qandil): family | Samir (samir): given | bin: particle
            Samir (samir): given | bin: particle | Haji (haji): honorific | Qandil (qandil): patronymic
            Samir (samir): given | Ben (ben): family
        "]],
    );
}

#[test]
fn kunyas() {
    check_tags(
        Kind::Person,
        &[
            "أبو حامد الزرقوني",
            "ابوحامد الزرقوني",
            "Abou Hamid el Zarquni",
            "AbuHamid AlZarquni",
            "Abuhamid Zarquni",
            "Abu l-Hasan Zarquni",
            "Abulhasan Zarquni",
            "ابوالحسن زرقوني",
            "Umm Samir al-Zarquniya",
            "أم سمير الزرقونية",
            "Ebu Samir Zarkuni",
            "Bu Samir al-Zarquni",
            "بو سمير",
            "Абу Самир аз-Заркуни",
            "Abuladze Zurab",
            "Aburto Qandil",
        ],
        expect![[r"
            أبو حامد (حامد): kunya | الزرقوني (زرقوني): nisba
            ابوحامد (حامد): kunya | الزرقوني (زرقوني): nisba
            Abou Hamid (hamid): kunya | el Zarquni (zarquni): nisba
            Abu Hamid (hamid): kunya | Al Zarquni (zarquni): nisba
            Abuhamid (hamid): kunya | Zarquni (zarquni): nisba
            Abu l-Hasan (hasan): kunya | Zarquni (zarquni): nisba
            Abulhasan (hasan): kunya | Zarquni (zarquni): nisba
            ابوالحسن (حسن): kunya | زرقوني: nisba
            Umm Samir (samir): kunya | al-Zarquniya (zarquniya): nisba
            أم سمير (سمير): kunya | الزرقونية (زرقونيه): nisba
            Ebu Samir (samir): kunya | Zarkuni (zarkuni): nisba
            Bu Samir (samir): kunya | al-Zarquni (zarquni): nisba
            بو سمير (سمير): kunya
            Абу Самир (самир): kunya | аз-Заркуни (заркуни): nisba
            Abuladze (abuladze): family | Zurab (zurab): given
            Aburto (aburto): given | Qandil (qandil): family
        "]],
    );
}

#[test]
fn kunyas_behind_other_names() {
    check_tags(
        Kind::Person,
        &[
            "Samir Abu Zarqun",
            "سمير أبو زرقون",
            "Samir Qandil (Abu Hamid)",
            "سمير قنديل (أبو حامد)",
            "Samir Qandil, Abu Hamid",
            "Abu Zarqun, Samir",
            "Abualhasan Zarquni",
        ],
        expect![[r"
            Samir (samir): given | Abu Zarqun (zarqun): family
            سمير: given | أبو زرقون (زرقون): family
            Samir (samir): given | Qandil (qandil): family | Abu Hamid (hamid): kunya
            سمير: given | قنديل: family | أبو حامد (حامد): kunya
            Samir (samir): given | Qandil (qandil): family | Abu Hamid (hamid): kunya
            Abu Zarqun (zarqun): family | Samir (samir): given
            Abualhasan (hasan): kunya | Zarquni (zarquni): nisba
        "]],
    );
}

#[test]
fn houses_and_articles() {
    check_tags(
        Kind::Person,
        &[
            "سمير آل زرقون",
            "سمير الزرقون",
            "سمير ال زرقون",
            "Samir Al Zarqun",
            "Samir Al-Zarqun",
            "Samir al Zarqun",
            "Samir Al Zarquni",
            "Samir bin Qandil Al Zarqun",
            "Samir ash-Sharquni",
            "Samir as Sarquni",
            "سمير الفاروق",
            "الياس الفقاري",
            "Samir Ed-Dandili",
        ],
        expect![[r"
            سمير: given | آل زرقون (زرقون): family
            سمير: given | الزرقون (زرقون): family
            سمير: given | ال زرقون (زرقون): family
            Samir (samir): given | Al Zarqun (zarqun): family
            Samir (samir): given | Al-Zarqun (zarqun): family
            Samir (samir): given | al Zarqun (zarqun): family
            Samir (samir): given | Al Zarquni (zarquni): nisba
            Samir (samir): given | bin: particle | Qandil (qandil): patronymic | Al Zarqun (zarqun): family
            Samir (samir): given | ash-Sharquni (sharquni): nisba
            Samir (samir): given | as Sarquni (sarquni): nisba
            سمير: given | الفاروق (فاروق): family
            الياس: given | الفقاري (فقاري): nisba
            Samir (samir): given | Ed-Dandili (dandili): nisba
        "]],
    );
}

#[test]
fn bynames() {
    check_tags(
        Kind::Person,
        &[
            r#"Samir "al-Muhajir" Qandil"#,
            "سمير قنديل «المهاجر»",
            "Samir (Sam) Qandil",
            "Samir Qandil alias Zarqun",
            "Samir Qandil a.k.a. Abu Hamid",
            "سمير قنديل المعروف بأبي حامد",
            "سمير قنديل الملقب المهاجر",
        ],
        expect![[r"
            Samir (samir): given | al-Muhajir (muhajir): laqab | Qandil (qandil): family
            سمير: given | قنديل: family | المهاجر (مهاجر): laqab
            Samir (samir): given | Sam (sam): laqab | Qandil (qandil): family
            Samir (samir): given | Qandil (qandil): family | alias: particle | Zarqun (zarqun): laqab
            Samir (samir): given | Qandil (qandil): family | a k a (a): particle | Abu Hamid (hamid): kunya
            سمير: given | قنديل: family | المعروف: particle | بأبي حامد (حامد): kunya
            سمير: given | قنديل: family | الملقب: particle | المهاجر (مهاجر): laqab
        "]],
    );
}
