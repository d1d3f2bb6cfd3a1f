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

const BY_FANUS: [&str; 2] = ["أبو فانوس القطبي", "Abu Fanus al-Qutbi"];
const BY_RIH: [&str; 2] = ["أبو ريح الجبلي", "Abu Rih al-Jabali"];

/// Everybody.
pub(crate) const PEOPLE: [Person; 11] = [
    // On the list with another spelling and the full birth date; stands in two scripts.
    Person {
        id: "qandil",
        name: ["سمير كريم قنديل", "Sameer Karim Qandeel"],
        kunya: ["أبو فانوس القطبي", "Abu Fanus al-Qutbi"],
        mother: ["وردة الياسمين", "Warda al-Yasmin"],
        birth: (14, 3, 1985),
        country: 0,
        entry: (2, 2, 2014),
        phone: "+999555010101",
        recommender: BY_RIH,
        role: 0,
        death: None,
    },
    // On the list, whose remark reports him killed; also in the register.
    Person {
        id: "zanbaq",
        name: ["رائد هيثم زنبق", "Raed Haytham Zanbaq"],
        kunya: ["أبو نجم البحري", "Abu Najm al-Bahri"],
        mother: ["نرجس السحاب", "Narjis al-Sahab"],
        birth: (2, 11, 1979),
        country: 1,
        entry: (20, 9, 2013),
        phone: "+999555010102",
        recommender: BY_FANUS,
        role: 0,
        death: None,
    },
    // On no list; his form reports his death.
    Person {
        id: "sanawbar",
        name: ["نادر وليد صنوبر", "Nader Walid Sanawbar"],
        kunya: ["أبو غيم السهلي", "Abu Ghaym al-Sahli"],
        mother: ["ريحانة الندى", "Rayhana al-Nada"],
        birth: (9, 7, 1991),
        country: 2,
        entry: (5, 12, 2013),
        phone: "+999555010103",
        recommender: BY_FANUS,
        role: 0,
        death: Some((22, 2, 2014)),
    },
    // Two namesakes: the list has the elder, and the younger must not be taken for him.
    Person {
        id: "marjan-elder",
        name: ["ياسر فؤاد مرجان", "Yasser Fuad Murjan"],
        kunya: ["أبو موج الساحلي", "Abu Mawj al-Sahili"],
        mother: ["لؤلؤة المد", "Lulua al-Madd"],
        birth: (17, 5, 1968),
        country: 3,
        entry: (11, 1, 2014),
        phone: "+999555010104",
        recommender: BY_RIH,
        role: 3,
        death: None,
    },
    Person {
        id: "marjan-younger",
        name: ["ياسر فؤاد مرجان", "Yasser Fuad Murjan"],
        kunya: ["أبو صخر الرملي", "Abu Sakhr al-Ramli"],
        mother: ["زهرة الوادي", "Zahra al-Wadi"],
        birth: (23, 8, 1993),
        country: 0,
        entry: (3, 3, 2014),
        phone: "+999555010105",
        recommender: BY_FANUS,
        role: 1,
        death: None,
    },
    // The list knows only his war name, birth year and country.
    Person {
        id: "ghadir",
        name: ["هاني منير غدير", "Hani Munir Ghadir"],
        kunya: ["أبو شهاب الفلكي", "Abu Shihab al-Falaki"],
        mother: ["قمر الضحى", "Qamar al-Duha"],
        birth: (30, 1, 1987),
        country: 4,
        entry: (15, 10, 2013),
        phone: "+999555010106",
        recommender: BY_RIH,
        role: 0,
        death: None,
    },
    // On none of the lists.
    Person {
        id: "yaqut",
        name: ["باسم لؤي ياقوت", "Basem Luay Yaqut"],
        kunya: ["أبو برق الشفقي", "Abu Barq al-Shafaqi"],
        mother: ["فجر النسيم", "Fajr al-Nasim"],
        birth: (6, 6, 1990),
        country: 1,
        entry: (28, 2, 2014),
        phone: "+999555010107",
        recommender: BY_FANUS,
        role: 2,
        death: None,
    },
    Person {
        id: "ballut",
        name: ["جلال رامي بلوط", "Jalal Rami Ballut"],
        kunya: ["أبو ظل الغابي", "Abu Zill al-Ghabi"],
        mother: ["سوسن الروض", "Sawsan al-Rawd"],
        birth: (12, 12, 1982),
        country: 5,
        entry: (19, 11, 2013),
        phone: "+999555010108",
        recommender: BY_RIH,
        role: 0,
        death: None,
    },
    Person {
        id: "fanus",
        name: ["إلياس أدهم فانوس", "Ilyas Adham Fanus"],
        kunya: ["أبو ثلج الشمالي", "Abu Thalj al-Shamali"],
        mother: ["ماريا الثلج", "Maria al-Thalj"],
        birth: (25, 4, 1988),
        country: 6,
        entry: (7, 1, 2014),
        phone: "+999555010109",
        recommender: BY_FANUS,
        role: 0,
        death: None,
    },
    Person {
        id: "sahab",
        name: ["عماد فارس سحاب", "Imad Fares Sahab"],
        kunya: ["أبو مطر الغيثي", "Abu Matar al-Ghaythi"],
        mother: ["ديمة الغيث", "Dima al-Ghayth"],
        birth: (1, 10, 1995),
        country: 0,
        entry: (10, 3, 2014),
        phone: "+999555010110",
        recommender: BY_RIH,
        role: 1,
        death: None,
    },
    Person {
        id: "rimal",
        name: ["طلال نزار رمال", "Talal Nizar Rimal"],
        kunya: ["أبو قوس الأفقي", "Abu Qaws al-Ufuqi"],
        mother: ["هالة الأفق", "Hala al-Ufuq"],
        birth: (18, 9, 1984),
        country: 2,
        entry: (1, 2, 2014),
        phone: "+999555010111",
        recommender: BY_RIH,
        role: 0,
        death: None,
    },
];

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
