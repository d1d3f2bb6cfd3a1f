//! Names written together and apart. All names are fictional.

use expect_test::expect;
use names::Kind;

use super::check_tags;

#[test]
fn abd_and_a_name() {
    check_tags(
        Kind::Person,
        &[
            "عبد الله قنديل",
            "عبدالله قنديل",
            "عبدﷲ قنديل",
            "Abd Allah Qandil",
            "Abdallah Qandil",
            "ABDULLAH QANDIL",
            "Abdoulaye Qandil",
            "Abdullo Qandil",
            "Abd al-Karim Qandil",
            "Abdelkrim Qandil",
            "Abdul-Karim Qandil",
            "Abd ar Rahman Qandil",
            "Abdur-Rahman Qandil",
            "Abdus Salam Qandil",
            "Abdussalam Qandil",
            "Абд аль-Карим Кандилов",
            "Абдулкарим Кандилов",
            "Абдулла Кандилов",
            "Abdul bin Qandil",
            "Abdikarim Qandil",
            "Abdi-Karim Qandil",
            "Abdi Qandil",
            "عبد المقدم قنديل",
        ],
        expect![[r"
            عبد الله (عبدله): given | قنديل: family
            عبدالله (عبدله): given | قنديل: family
            عبدﷲ (عبدله): given | قنديل: family
            Abd Allah (abdlah): given | Qandil (qandil): family
            Abdallah (abdlah): given | Qandil (qandil): family
            ABDULLAH (abdlah): given | QANDIL (qandil): family
            Abdoulaye (abdlah): given | Qandil (qandil): family
            Abdullo (abdlah): given | Qandil (qandil): family
            Abd al-Karim (abdkarim): given | Qandil (qandil): family
            Abdelkrim (abdkrim): given | Qandil (qandil): family
            Abdul-Karim (abdkarim): given | Qandil (qandil): family
            Abd ar Rahman (abdrahman): given | Qandil (qandil): family
            Abdur-Rahman (abdrahman): given | Qandil (qandil): family
            Abdus Salam (abdsalam): given | Qandil (qandil): family
            Abdussalam (abdsalam): given | Qandil (qandil): family
            Абд аль-Карим (абдкарим): given | Кандилов (кандилов): family
            Абдулкарим (абдкарим): given | Кандилов (кандилов): family
            Абдулла (абдлах): given | Кандилов (кандилов): family
            Abdul (abdul): given | bin: particle | Qandil (qandil): patronymic
            Abdikarim (abdkarim): given | Qandil (qandil): family
            Abdi-Karim (abdkarim): given | Qandil (qandil): family
            Abdi (abdi): given | Qandil (qandil): family
            عبد المقدم (عبدمقدم): given | قنديل: family
        "]],
    );
}

#[test]
fn a_name_and_allah() {
    check_tags(
        Kind::Person,
        &[
            "نصر الله زرقون",
            "نصرالله زرقون",
            "Nasr Allah Zarqun",
            "Nasrallah Zarqun",
            "Saif Ullah Zarqun",
            "Saifullah Zarqun",
            "Zabihullah Zarqun",
            "ذبيح الله زرقون",
            "Amanullah Zarqun",
            "عطا الله زرقون",
            "عطالله زرقون",
            "Ata Allah Zarqun",
            "Atallah Zarqun",
            "نعمة الله زرقون",
            "نعمت الله زرقون",
            "Насрулла Заркун",
        ],
        expect![[r"
            نصر الله (نصرله): given | زرقون: family
            نصرالله (نصرله): given | زرقون: family
            Nasr Allah (nasrlah): given | Zarqun (zarqun): family
            Nasrallah (nasrlah): given | Zarqun (zarqun): family
            Saif Ullah (saiflah): given | Zarqun (zarqun): family
            Saifullah (saiflah): given | Zarqun (zarqun): family
            Zabihullah (zabihlah): given | Zarqun (zarqun): family
            ذبيح الله (ذبيحله): given | زرقون: family
            Amanullah (amanlah): given | Zarqun (zarqun): family
            عطا الله (عطاله): given | زرقون: family
            عطالله (عطاله): given | زرقون: family
            Ata Allah (atalah): given | Zarqun (zarqun): family
            Atallah (atalah): given | Zarqun (zarqun): family
            نعمة الله (نعمتله): given | زرقون: family
            نعمت الله (نعمتله): given | زرقون: family
            Насрулла (насрлах): given | Заркун (заркун): family
        "]],
    );
}

#[test]
fn a_name_and_din() {
    check_tags(
        Kind::Person,
        &[
            "نور الدين السمروني",
            "نورالدين السمروني",
            "Nour Eddine Samruni",
            "Nur ud-Din Samruni",
            "Nur ud Din Samruni",
            "Nureddin Samruni",
            "Nurettin Samruni",
            "Nooruddin Samruni",
            "Seifeddine Samruni",
            "Saif al-Din Samruni",
            "Нур ад-Дин Самруни",
            "Нуруддин Самруни",
            "Нурутдин Самруни",
        ],
        expect![[r"
            نور الدين (نوردين): given | السمروني (سمروني): nisba
            نورالدين (نوردين): given | السمروني (سمروني): nisba
            Nour Eddine (nourdin): given | Samruni (samruni): family
            Nur ud-Din (nurdin): given | Samruni (samruni): family
            Nur ud Din (nurdin): given | Samruni (samruni): family
            Nureddin (nurdin): given | Samruni (samruni): family
            Nurettin (nurdin): given | Samruni (samruni): family
            Nooruddin (noordin): given | Samruni (samruni): family
            Seifeddine (seifdin): given | Samruni (samruni): family
            Saif al-Din (saifdin): given | Samruni (samruni): family
            Нур ад-Дин (нурдин): given | Самруни (самруни): family
            Нуруддин (нурдин): given | Самруни (самруни): family
            Нурутдин (нурдин): given | Самруни (самруни): family
        "]],
    );
}

#[test]
fn other_second_halves() {
    check_tags(
        Kind::Person,
        &[
            "Saif al-Islam Zarqun",
            "Saifulislam Zarqun",
            "سيف الإسلام زرقون",
            "Zia-ul-Haq Zarqun",
            "Ziaulhaq Zarqun",
            "ضياء الحق زرقون",
            "Habib ur-Rahman Zarqun",
            "Habib ur Rahman Zarqun",
            "Habiburrahman Zarqun",
            "حبيب الرحمن زرقون",
            "Zul Fiqar Zarqun",
            "Zulfiqar Zarqun",
            "ذو الفقار زرقون",
            "ذوالفقار زرقون",
        ],
        expect![[r"
            Saif al-Islam (saifislam): given | Zarqun (zarqun): family
            Saifulislam (saifislam): given | Zarqun (zarqun): family
            سيف الإسلام (سيفاسلام): given | زرقون: family
            Zia (zia): given | ul-Haq (haq): patronymic | Zarqun (zarqun): family
            Ziaulhaq (ziahaq): given | Zarqun (zarqun): family
            ضياء (ضيا): given | الحق: patronymic | زرقون: family
            Habib (habib): given | ur-Rahman (rahman): unknown | Zarqun (zarqun): family
            Habib (habib): given | ur Rahman (rahman): unknown | Zarqun (zarqun): family
            Habiburrahman (habibrahman): given | Zarqun (zarqun): family
            حبيب: given | الرحمن (رحمن): patronymic | زرقون: family
            Zul Fiqar (zulfiqar): given | Zarqun (zarqun): family
            Zulfiqar (zulfiqar): given | Zarqun (zarqun): family
            ذو الفقار (ذوفقار): given | زرقون: family
            ذوالفقار (ذوفقار): given | زرقون: family
        "]],
    );
}

/// `abd` governs a word; where it closes a name, a list has put that word in front.
#[test]
fn abd_at_the_end_joins_the_family_name_in_front() {
    check_tags(
        Kind::Person,
        &["RAHEEM Samir Abdul", "Raheem, Samir Abdul", "Samir Abdul", "RAHEEM ABDUL"],
        expect![[r"
            RAHEEM (abdraheem): family | Samir (samir): given | Abdul (abdul): particle
            Raheem (abdraheem): family | Samir (samir): given | Abdul (abdul): particle
            Samir (samir): given | Abdul (abdul): family
            RAHEEM (raheem): given | ABDUL (abdul): family
        "]],
    );
}
