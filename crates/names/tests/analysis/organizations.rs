//! Names of organizations and vessels. All names are fictional.

use expect_test::expect;
use names::Kind;

use super::check_tags;

#[test]
fn legal_forms_of_other_scripts() {
    check_tags(
        Kind::Organization,
        &[
            "ООО «Кандил»",
            "ЗАО Кандил-Трейд",
            "ПАО Кандил",
            "ТОО Кандил",
            "شركة قنديل للتجارة ذ.م.م",
            "شركة قنديل والزرقوني ش م م",
            "قنديل ش.م.ل",
            "قنديل ش م ك",
            "カンディル株式会社",
            "قنديل 有限公司",
        ],
        expect![[r"
            ООО (llc): legal form | Кандил (кандил): unknown
            ЗАО (jsc): legal form | Кандил (кандил): unknown | Трейд (trading): class word
            ПАО (jsc): legal form | Кандил (кандил): unknown
            ТОО (llc): legal form | Кандил (кандил): unknown
            شركة (company): class word | قنديل: unknown | للتجارة (trading): class word | ذ م م (llc): legal form
            شركة (company): class word | قنديل: unknown | والزرقوني (زرقوني): unknown | ش م م (llc): legal form
            قنديل: unknown | ش م ل (jsc): legal form
            قنديل: unknown | ش م ك (jsc): legal form
            カンディル: unknown | 株式会社 (kk): legal form
            قنديل: unknown | 有限公司 (ltd): legal form
        "]],
    );
}

#[test]
fn legal_forms_with_stops_and_blanks() {
    check_tags(
        Kind::Organization,
        &[
            "Qandil L.L.C.",
            "Qandil Sp. z o.o.",
            "Zarquni S. de R.L. de C.V.",
            "Zarquni S.A. de C.V.",
            "Qandil A/S",
            "Qandil A.Ş.",
            "Qandil Ltd. Şti.",
            "Qandil Sanayi ve Ticaret A.S.",
            "Qandil Sdn. Bhd.",
            "Qandil Pte. Ltd.",
            "Qandil Co., Ltd.",
            "Qandil GmbH & Co. KG",
            "Qandil E.I.R.L.",
            "Qandil S.p.A.",
            "Qandil N.V.",
            "Qandil B.V.",
            "Qandil s.r.o.",
            "Qandil d.o.o.",
            "Qandil Kft.",
            "Qandil K.K.",
            "Qandil Inc.",
        ],
        expect![[r"
            Qandil (qandil): unknown | L L C (llc): legal form
            Qandil (qandil): unknown | Sp z o o (spzoo): legal form
            Zarquni (zarquni): unknown | S de R L de C V (srl): legal form
            Zarquni (zarquni): unknown | S A de C V (sa): legal form
            Qandil (qandil): unknown | A/S (as): legal form
            Qandil (qandil): unknown | A Ş (as): legal form
            Qandil (qandil): unknown | Ltd Şti (ltd): legal form
            Qandil (qandil): unknown | Sanayi (industry): class word | ve: particle | Ticaret (trading): class word | A S (as): legal form
            Qandil (qandil): unknown | Sdn Bhd (ltd): legal form
            Qandil (qandil): unknown | Pte Ltd (ltd): legal form
            Qandil (qandil): unknown | Co (company): class word | Ltd (ltd): legal form
            Qandil (qandil): unknown | GmbH (gmbh): legal form | &: particle | Co (company): class word | KG (kg): legal form
            Qandil (qandil): unknown | E I R L (eirl): legal form
            Qandil (qandil): unknown | S p A (spa): legal form
            Qandil (qandil): unknown | N V (nv): legal form
            Qandil (qandil): unknown | B V (bv): legal form
            Qandil (qandil): unknown | s r o (sro): legal form
            Qandil (qandil): unknown | d o o (doo): legal form
            Qandil (qandil): unknown | Kft (kft): legal form
            Qandil (qandil): unknown | K K (kk): legal form
            Qandil (qandil): unknown | Inc (inc): legal form
        "]],
    );
}

#[test]
fn legal_forms_in_one_word() {
    check_tags(
        Kind::Organization,
        &[
            "QANDIL LLC",
            "OOO Qandil",
            "PT Qandil Zarquni Tbk",
            "Qandil FZ-LLC",
            "Qandil FZCO",
            "Qandil FZE",
            "Qandil Oy",
            "Qandil AB",
            "Qandil Zrt",
            "Qandil EOOD",
            "Qandil Ltda",
            "Qandil PJSC",
            "Qandil Corp",
        ],
        expect![[r"
            QANDIL (qandil): unknown | LLC (llc): legal form
            OOO (llc): legal form | Qandil (qandil): unknown
            PT (pt): legal form | Qandil (qandil): unknown | Zarquni (zarquni): unknown | Tbk (tbk): legal form
            Qandil (qandil): unknown | FZ-LLC (llc): legal form
            Qandil (qandil): unknown | FZCO (fze): legal form
            Qandil (qandil): unknown | FZE (fze): legal form
            Qandil (qandil): unknown | Oy (oyj): legal form
            Qandil (qandil): unknown | AB (ab): legal form
            Qandil (qandil): unknown | Zrt (zrt): legal form
            Qandil (qandil): unknown | EOOD (eood): legal form
            Qandil (qandil): unknown | Ltda (ltd): legal form
            Qandil (qandil): unknown | PJSC (jsc): legal form
            Qandil (qandil): unknown | Corp (corp): legal form
        "]],
    );
}

#[test]
fn legal_forms_written_out() {
    check_tags(
        Kind::Organization,
        &[
            "Общество с ограниченной ответственностью «Кандил»",
            "Открытое акционерное общество Кандил",
            "Société Anonyme Qandil",
            "Qandil Aktiengesellschaft",
            "Qandil Limited Liability Company",
            "شركة قنديل ذات مسؤولية محدودة",
            "شركة قنديل المحدودة",
            "Qandil Dış Ticaret Limited Şirketi",
            "Qandil, Inc.",
            "The Qandil Group",
            "Qandil & Sons",
            "Al Qandil for Trade & Contracting Est.",
            "Groupe Qandil SARL",
        ],
        expect![[r"
            Общество с ограниченной ответственностью (llc): legal form | Кандил (кандил): unknown
            Открытое акционерное общество (jsc): legal form | Кандил (кандил): unknown
            Société Anonyme (sa): legal form | Qandil (qandil): unknown
            Qandil (qandil): unknown | Aktiengesellschaft (ag): legal form
            Qandil (qandil): unknown | Limited Liability Company (llc): legal form
            شركة (company): class word | قنديل: unknown | ذات مسؤولية محدودة (llc): legal form
            شركة (company): class word | قنديل: unknown | المحدودة (ltd): legal form
            Qandil (qandil): unknown | Dış (dis): unknown | Ticaret (trading): class word | Limited Şirketi (ltd): legal form
            Qandil (qandil): unknown | Inc (inc): legal form
            The (the): particle | Qandil (qandil): unknown | Group (group): class word
            Qandil (qandil): unknown | &: particle | Sons (brothers): class word
            Al (al): particle | Qandil (qandil): unknown | for: particle | Trade (trading): class word | &: particle | Contracting (construction): class word | Est (est): legal form
            Groupe (group): class word | Qandil (qandil): unknown | SARL (sarl): legal form
        "]],
    );
}

#[test]
fn short_forms_that_are_words() {
    check_tags(
        Kind::Organization,
        &[
            "Qandil Spa Resort",
            "AG Qandil",
            "Qandil AG Zarqun",
            "As Qandil Company",
            "Sa Qandil",
            "Ltd",
        ],
        expect![[r"
            Qandil (qandil): unknown | Spa (spa): unknown | Resort (resort): class word
            AG (ag): unknown | Qandil (qandil): unknown
            Qandil (qandil): unknown | AG (ag): legal form | Zarqun (zarqun): unknown
            As (as): unknown | Qandil (qandil): unknown | Company (company): class word
            Sa (sa): unknown | Qandil (qandil): unknown
            Ltd (ltd): unknown
        "]],
    );
}

#[test]
fn class_words_and_places() {
    check_tags(
        Kind::Organization,
        &[
            "Bank of Iran",
            "بنك سوريا قنديل",
            "Iranian Qandil Shipping Lines",
            "مؤسسة قنديل الخيرية",
            "الشركة السورية للقنديل والتجارة",
            "Банк Кандил",
            "Hizb Qandil",
            "Hizballah Qandil",
            "حزب الله قنديل",
            "Abd al-Karim Brigade",
            "Al-Qandil Exchange",
            "Bank",
        ],
        expect![[r"
            Bank (bank): class word | of: particle | Iran (iran): place
            بنك (bank): class word | سوريا (syria): place | قنديل: unknown
            Iranian (iran): place | Qandil (qandil): unknown | Shipping (shipping): class word | Lines (shipping): class word
            مؤسسة (foundation): class word | قنديل: unknown | الخيرية (charity): class word
            الشركة (company): class word | السورية (syria): place | للقنديل (قنديل): unknown | والتجارة (trading): class word
            Банк (bank): class word | Кандил (кандил): unknown
            Hizb (party): class word | Qandil (qandil): unknown
            Hizballah (hizblah): unknown | Qandil (qandil): unknown
            حزب الله (حزبله): unknown | قنديل: unknown
            Abd al-Karim (abdkarim): unknown | Brigade (brigade): class word
            Al (al): particle | Qandil (qandil): unknown | Exchange (exchange): class word
            Bank (bank): unknown
        "]],
    );
}

#[test]
fn numbers() {
    check_tags(
        Kind::Organization,
        &[
            "Qandil Trading No. 7",
            "Qandil №7",
            "Qandil No7",
            "14th Qandil Brigade",
            "7-я бригада Кандил",
            "لواء قنديل رقم ٧",
            "Qandil II Holding",
            "Qandil XIV",
            "Xi Qandil Trading",
        ],
        expect![[r"
            Qandil (qandil): unknown | Trading (trading): class word | No (no): particle | 7: number
            Qandil (qandil): unknown | № (no): particle | 7: number
            Qandil (qandil): unknown | No7 (7): number
            14th (14): number | Qandil (qandil): unknown | Brigade (brigade): class word
            7-я (7): number | бригада (brigade): class word | Кандил (кандил): unknown
            لواء (brigade): class word | قنديل: unknown | رقم: particle | ٧ (7): number
            Qandil (qandil): unknown | II (2): number | Holding (holding): class word
            Qandil (qandil): unknown | XIV (14): number
            Xi (xi): unknown | Qandil (qandil): unknown | Trading (trading): class word
        "]],
    );
}

#[test]
fn vessels() {
    check_tags(
        Kind::Vessel,
        &[
            "M/V ZARQUNI II",
            "MV ZARQUNI 2",
            "M.V. ZARQUNI",
            "MT Zarquni Star",
            "ZARQUNI V",
            "ZARQUNI IMO 1234567",
            "EX-QANDIL STAR",
            "ABDUL KARIM",
            "QANDIL BANK",
        ],
        expect![[r"
            M/V (mv): particle | ZARQUNI (zarquni): unknown | II (2): number
            MV (mv): particle | ZARQUNI (zarquni): unknown | 2: number
            M V (mv): particle | ZARQUNI (zarquni): unknown
            MT (mv): particle | Zarquni (zarquni): unknown | Star (star): unknown
            ZARQUNI (zarquni): unknown | V (5): number
            ZARQUNI (zarquni): unknown | IMO (imo): particle | 1234567: number
            EX (ex): particle | QANDIL (qandil): unknown | STAR (star): unknown
            ABDUL KARIM (abdkarim): unknown
            QANDIL (qandil): unknown | BANK (bank): unknown
        "]],
    );
}

#[test]
fn unknown_kind() {
    check_tags(
        Kind::Other,
        &[
            "Samir Qandil",
            "Qandil Bank",
            "Samir Qandil Sa",
            "Qandil Trading",
            "Samir Marine",
            "Spa Qandil",
            "Qandil S.A.",
            "شركة قنديل",
        ],
        expect![[r"
            Samir (samir): given | Qandil (qandil): family
            Qandil (qandil): unknown | Bank (bank): class word
            Samir (samir): given | Qandil (qandil): unknown | Sa (sa): family
            Qandil (qandil): unknown | Trading (trading): class word
            Samir (samir): given | Marine (marine): family
            Spa (spa): given | Qandil (qandil): family
            Qandil (qandil): unknown | S A (sa): legal form
            شركة (company): class word | قنديل: unknown
        "]],
    );
}

#[test]
fn class_words_inflected_compounded_and_misspelled() {
    check_tags(
        Kind::Organization,
        &[
            "Окуневская нефтяная компания",
            "НИИ Окунь",
            "Torgovaya Kompaniya Okunev",
            "Qandil Versicherungsgesellschaft",
            "Qandil Agroholding",
            "Qandil Logsitics",
            "Qandil Dairies",
            "云虹月国际贸易有限公司",
            "Qandil Machine Building Plant",
            "Muassasat Qandil lil-Tijara",
            "Messrs. Qandil Traders",
        ],
        expect![[r"
            Окуневская (окуневская): unknown | нефтяная (petroleum): class word | компания (company): class word
            НИИ (research institute): class word | Окунь (окунь): unknown
            Torgovaya (trading): class word | Kompaniya (company): class word | Okunev (okunev): unknown
            Qandil (qandil): unknown | Versicherungsgesellschaft (insurance company): class word
            Qandil (qandil): unknown | Agroholding (agriculture holding): class word
            Qandil (qandil): unknown | Logsitics (transport): class word
            Qandil (qandil): unknown | Dairies (dairy): class word
            云虹月: unknown | 国际 (international): class word | 贸易 (trading): class word | 有限公司 (ltd): legal form
            Qandil (qandil): unknown | Machine Building (machinery): class word | Plant (factory): class word
            Muassasat (est): legal form | Qandil (qandil): unknown | lil: particle | Tijara (trading): class word
            Messrs (messrs): particle | Qandil (qandil): unknown | Traders (trading): class word
        "]],
    );
}

#[test]
fn numbers_in_words_and_in_one_word_with_the_name() {
    check_tags(
        Kind::Vessel,
        &[
            "Qandil Three",
            "QANDIL4",
            "QANDIL 007",
            "Qandil Second",
            "КАНДИЛ ТРИ",
            "تنقيل الثاني",
            "B12 QANDIL",
        ],
        expect![[r"
            Qandil (qandil): unknown | Three (3): number
            QANDIL (qandil): unknown | 4: number
            QANDIL (qandil): unknown | 007 (7): number
            Qandil (qandil): unknown | Second (2): number
            КАНДИЛ (кандил): unknown | ТРИ (3): number
            تنقيل: unknown | الثاني (2): number
            B12 (b12): unknown | QANDIL (qandil): unknown
        "]],
    );
}
