//! The fictional people of the demo, and the fictional watchlist that some of them stand on.
//!
//! What each is there to show stands beside them. Names are words for plants, stones and weather.

/// Somebody who does not exist.
pub(crate) struct Person {
    pub(crate) id: &'static str,
    pub(crate) name: [&'static str; 2],
    pub(crate) kunya: [&'static str; 2],
    pub(crate) mother: [&'static str; 2],
    /// Day, month, year.
    pub(crate) birth: (u8, u8, u16),
    /// Index into [`super::form::COUNTRIES`].
    pub(crate) country: usize,
    pub(crate) entry: (u8, u8, u16),
    pub(crate) phone: &'static str,
    pub(crate) recommender: [&'static str; 2],
    /// Index into [`super::form::ROLES`].
    pub(crate) role: usize,
    pub(crate) death: Option<(u8, u8, u16)>,
}

/// What stands beside the files for whoever opens the folder.
pub(crate) const README: &str = "SYNTHETIC SAMPLE\n\nEverything in this folder was made by a program. \
No person, form, list or phone number in it is real.\n";

/// Everybody.
pub(crate) fn people() -> Vec<Person> {
    let person =
        |id, name, kunya, mother, birth, country, entry, phone, recommender, role| Person {
            id,
            name,
            kunya,
            mother,
            birth,
            country,
            entry,
            phone,
            recommender,
            role,
            death: None,
        };
    let by_fanus = ["أبو فانوس القطبي", "Abu Fanus al-Qutbi"];
    let by_rih = ["أبو ريح الجبلي", "Abu Rih al-Jabali"];
    let mut people = vec![
        // On the list with another spelling and the full birth date; stands in two scripts.
        person(
            "qandil",
            ["سمير كريم قنديل", "Sameer Karim Qandeel"],
            ["أبو فانوس القطبي", "Abu Fanus al-Qutbi"],
            ["وردة الياسمين", "Warda al-Yasmin"],
            (14, 3, 1985),
            0,
            (2, 2, 2014),
            "+999 555 010 101",
            by_rih,
            0,
        ),
        // On the list, whose remark reports him killed; also in the register.
        person(
            "zanbaq",
            ["رائد هيثم زنبق", "Raed Haytham Zanbaq"],
            ["أبو نجم البحري", "Abu Najm al-Bahri"],
            ["نرجس السحاب", "Narjis al-Sahab"],
            (2, 11, 1979),
            1,
            (20, 9, 2013),
            "+999 555 010 102",
            by_fanus,
            0,
        ),
        // On no list; his form reports his death.
        person(
            "sanawbar",
            ["نادر وليد صنوبر", "Nader Walid Sanawbar"],
            ["أبو غيم السهلي", "Abu Ghaym al-Sahli"],
            ["ريحانة الندى", "Rayhana al-Nada"],
            (9, 7, 1991),
            2,
            (5, 12, 2013),
            "+999 555 010 103",
            by_fanus,
            0,
        ),
        // Two namesakes: the list has the elder, and the younger must not be taken for him.
        person(
            "marjan-elder",
            ["ياسر فؤاد مرجان", "Yasser Fuad Murjan"],
            ["أبو موج الساحلي", "Abu Mawj al-Sahili"],
            ["لؤلؤة المد", "Lulua al-Madd"],
            (17, 5, 1968),
            3,
            (11, 1, 2014),
            "+999 555 010 104",
            by_rih,
            3,
        ),
        person(
            "marjan-younger",
            ["ياسر فؤاد مرجان", "Yasser Fuad Murjan"],
            ["أبو صخر الرملي", "Abu Sakhr al-Ramli"],
            ["زهرة الوادي", "Zahra al-Wadi"],
            (23, 8, 1993),
            0,
            (3, 3, 2014),
            "+999 555 010 105",
            by_fanus,
            1,
        ),
        // The list knows only his war name, birth year and country.
        person(
            "ghadir",
            ["هاني منير غدير", "Hani Munir Ghadir"],
            ["أبو شهاب الفلكي", "Abu Shihab al-Falaki"],
            ["قمر الضحى", "Qamar al-Duha"],
            (30, 1, 1987),
            4,
            (15, 10, 2013),
            "+999 555 010 106",
            by_rih,
            0,
        ),
        // On none of the lists.
        person(
            "yaqut",
            ["باسم لؤي ياقوت", "Basem Luay Yaqut"],
            ["أبو برق الشفقي", "Abu Barq al-Shafaqi"],
            ["فجر النسيم", "Fajr al-Nasim"],
            (6, 6, 1990),
            1,
            (28, 2, 2014),
            "+999 555 010 107",
            by_fanus,
            2,
        ),
        person(
            "ballut",
            ["جلال رامي بلوط", "Jalal Rami Ballut"],
            ["أبو ظل الغابي", "Abu Zill al-Ghabi"],
            ["سوسن الروض", "Sawsan al-Rawd"],
            (12, 12, 1982),
            5,
            (19, 11, 2013),
            "+999 555 010 108",
            by_rih,
            0,
        ),
        person(
            "fanus",
            ["إلياس أدهم فانوس", "Ilyas Adham Fanus"],
            ["أبو ثلج الشمالي", "Abu Thalj al-Shamali"],
            ["ماريا الثلج", "Maria al-Thalj"],
            (25, 4, 1988),
            6,
            (7, 1, 2014),
            "+999 555 010 109",
            by_fanus,
            0,
        ),
        person(
            "sahab",
            ["عماد فارس سحاب", "Imad Fares Sahab"],
            ["أبو مطر الغيثي", "Abu Matar al-Ghaythi"],
            ["ديمة الغيث", "Dima al-Ghayth"],
            (1, 10, 1995),
            0,
            (10, 3, 2014),
            "+999 555 010 110",
            by_rih,
            1,
        ),
        person(
            "rimal",
            ["طلال نزار رمال", "Talal Nizar Rimal"],
            ["أبو قوس الأفقي", "Abu Qaws al-Ufuqi"],
            ["هالة الأفق", "Hala al-Ufuq"],
            (18, 9, 1984),
            2,
            (1, 2, 2014),
            "+999 555 010 111",
            by_rih,
            0,
        ),
    ];
    for person in &mut people {
        if person.id == "sanawbar" {
            person.death = Some((22, 2, 2014));
        }
    }
    people
}

/// The fictional list. Spellings differ from the forms on purpose; half of it is on no form.
pub(crate) fn watchlist() -> String {
    let rows = [
        "id,name,aliases,name_ar,dob,nationality,list,status,note",
        "DEMO-01,Samir Kareem Kandil,Abu Fanous; Sameer Qandil,سمير كريم قنديل,1985-03-14,TN,DEMO,active,SYNTHETIC SAMPLE",
        "DEMO-02,Raid Haitham Zanbak,Abu Najm el-Bahri,,1979,MA,DEMO,deceased,SYNTHETIC SAMPLE. Reportedly killed in January 2014.",
        "DEMO-03,Yasir Fouad Marjan,Abu Mawj al-Sahili,ياسر فؤاد مرجان,1968-05-17,SY,DEMO,active,SYNTHETIC SAMPLE",
        "DEMO-04,Abu Shihab al-Falaki,,أبو شهاب الفلكي,1987,JO,DEMO,active,SYNTHETIC SAMPLE. War name only.",
        "DEMO-05,Wael Anwar Shallal,Abu Nahr,,1971-02-03,EG,DEMO,active,SYNTHETIC SAMPLE",
        "DEMO-06,Fadi Majed Burkan,,فادي ماجد بركان,1980,LY,DEMO,active,SYNTHETIC SAMPLE",
        "DEMO-07,Bilal Nasser Zawba'a,Abu Ra'd al-Jawwi,,1992-09-09,TN,DEMO,active,SYNTHETIC SAMPLE",
        "DEMO-08,Karam Sami Thalj,,,1975,RU,DEMO,active,SYNTHETIC SAMPLE. His brother was killed in 2012.",
    ];
    rows.join("\n") + "\n"
}
