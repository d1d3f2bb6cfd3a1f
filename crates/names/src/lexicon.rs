//! Owns the closed lists of words that are not themselves names: articles, kunya heads, nasab
//! links, particles, titles, suffixes, legal forms and class words, folded, in several scripts.
//! Does not decide: `analyze` does. Source: compiled by hand for this project; no list was copied.
//! Invariant: every entry is already folded (a test holds them against `fold`).

use rustc_hash::FxHashMap;
use std::sync::OnceLock;

/// What a word of the closed lists is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Article,
    KunyaHead,
    Nasab,
    Particle,
    Honorific,
    Suffix,
    LegalForm,
    ClassWord,
    VesselPrefix,
    Allah,
    Din,
    Abd,
}

/// Role and canonical form of `word` in names of persons.
pub(crate) fn lookup(word: &str) -> Option<(Role, &'static str)> {
    static TABLE: OnceLock<FxHashMap<&'static str, (Role, &'static str)>> = OnceLock::new();
    TABLE.get_or_init(|| table(|role| !is_organizational(role))).get(word).copied()
}

/// Role and canonical form of `word` as legal form or class word.
pub(crate) fn lookup_organizational(word: &str) -> Option<(Role, &'static str)> {
    static TABLE: OnceLock<FxHashMap<&'static str, (Role, &'static str)>> = OnceLock::new();
    TABLE.get_or_init(|| table(is_organizational)).get(word).copied()
}

fn table(wanted: fn(Role) -> bool) -> FxHashMap<&'static str, (Role, &'static str)> {
    let mut table = FxHashMap::default();
    for (role, lines) in LISTS.into_iter().filter(|(role, _)| wanted(*role)) {
        for line in lines.split(',') {
            let words: Vec<&'static str> = line.split('|').map(str::trim).collect();
            for word in words.iter().filter(|word| !word.is_empty()) {
                table.entry(*word).or_insert((role, words[0]));
            }
        }
    }
    table
}

fn is_organizational(role: Role) -> bool {
    matches!(role, Role::LegalForm | Role::ClassWord)
}

/// Groups are parted by commas, spellings of one word by bars; the first spelling is canonical.
const LISTS: [(Role, &str); 12] = [
    (Role::Article, "al|el|il|ul|ال"),
    (Role::KunyaHead, "abu|abou|abo|aboo|ebu|ebou|abi|aba|ابو|ابي|ابا|абу, umm|um|oum|om|ام|умм"),
    (
        Role::Nasab,
        "bin|ben|ibn|ibne|bn|بن|ابن|бин|ибн|бен, bint|binti|binte|bent|بنت|бинт, \
      ould|uld|wald|walad|oulad|ولد, oglu|oglou|ogly|ogli|oghlu|оглы|оглу|огли, \
      kyzy|kizi|gizi|qizi|кызы|гызы|кизи, בנ, בת",
    ),
    (
        Role::Particle,
        "van|fan|ван, von|фон, der|den|ter|ten|het, de|del|della|delle|dello|degli|di|da|das|do|dos|du|ди|де|да|дель, \
      la|le|las|los|les|ла|ле, y|e|i|i, zu|zum|zur, af|av, bar, wa|و, of|the|and, ال, al",
    ),
    (
        Role::Honorific,
        "mr|mister|mrs|ms|miss|madame|mme|monsieur|mlle|herr|frau|senor|senora|don|dona|г|господин|госпожа, \
      dr|doctor|doktor|دكتور|الدكتور|доктор|д, prof|professor|الاستاذ|استاذ|профессор, eng|engineer|ing|المهندس|مهندس, \
      haji|hajji|hadji|hajj|haj|hadj|hajjah|haja|alhaj|alhaji|elhadj|الحاج|حاج|حاجي|الحاجه, \
      sheikh|shaikh|shaykh|sheykh|cheikh|sheik|cheik|shaik|shekh|sheekh|شيخ|الشيخ|шейх, \
      mullah|mulla|molla|ملا|الملا|мулла, maulana|mawlana|maulana|mevlana|مولانا, \
      mawlawi|maulavi|maulawi|maulvi|molvi|moulvi|mowlawi|مولوي|المولوي, mufti|مفتي|المفتي, qari|kari|قاري|القاري, \
      sayyid|sayyed|sayed|syed|sayid|seyed|seyyed|sayedi|sidi|السيد|سيد|السيده|سيده|сайид, ustad|ustadh|ostad|ustaz, imam|الامام, \
      ayatollah|ayatullah|ايه الله, general|gen|اللوا|لوا|الفريق|генерал, brigadier|brig|العميد|عميد, colonel|col|العقيد|عقيد|полковник, \
      major|maj|الرايد, captain|capt|cpt|النقيب|نقيب, lieutenant|lt|الملازم|ملازم, commander|cdr|المقدم, sergeant|sgt, \
      sir|lord|lady|dame, baron|count, prince|princess|الامير, king|queen, hon|honorable, rev|reverend|father|fr|st",
    ),
    (Role::Suffix, "jr|junior|jnr|младший, sr|senior|snr, ii|2nd, iii|3rd, iv, phd, md, esq"),
    (
        Role::LegalForm,
        "ltd|limited|ltda|limitada|лтд|المحدوده|محدوده, llc|ooo|ооо|тоо|fzco|fze|fzc|fz, jsc|ojsc|cjsc|pjsc|oao|zao|pao|ao|оао|зао|пао|ао|ojs|пjsc, \
      inc|incorporated, corp|corporation|корпорация, gmbh|ges, ag, kg|kgaa, ug, sa|sas|sarl|eurl, srl|spa|snc, \
      bv|nv, oy|oyj, ab, as|asa|aps, plc, pte|pvt|private|pty|sdn, bhd|berhad, kft|zrt|rt, doo|dd|ad, sro|spol, spzoo|zoo, \
      sia|uab|ou, pt|tbk|cv, kk|kabushiki|yk, kabushikigaisha|株式会社|有限公司|公司|주식회사, anonim|as|sirketi|sti|ith|ihr, llp|lp|gp, cia, holding|holdings|hldg|холдинг|القابضه, \
      группа|group|grp|groupe|grupo|gruppe|gruppo|مجموعه",
    ),
    (
        Role::ClassWord,
        "company|co|cie|comp|companies|compania|شركه|الشركه|компания, bank|banque|banco|banca|بنك|البنك|مصرف|المصرف|банк, \
      trading|trade|traders|commerce|للتجاره|التجاريه|تجاره|التجاره|торговая|торговый, general|العامه, industry|industries|industrial|ind|صناعه|الصناعيه|للصناعه, \
      international|intl|internacional|internationale|inter|الدوليه|العالميه|международный|международная, import|imports|للاستيراد|импорт, export|exports|والتصدير|экспорт, \
      services|service|svc|svcs|للخدمات|خدمات|услуги, organization|organisation|org|organizacion|منظمه|организация, foundation|fondation|stiftung|fundacion|موسسه|фонд, \
      association|assn|assoc|asociacion|verein|جمعيه|ассоциация, society|societe|sociedad|соц, enterprise|enterprises|ent|entreprise|предприятие, \
      shipping|marine|maritime|lines|line|navigation, exchange|sarrafi|صرافه|للصرافه, office|bureau|مكتب, center|centre|центр|مركز, institute|institut|instituto|институт|معهد, \
      university|universite|universidad|универcитет|جامعه, ministry|ministere|министерство|وزاره, national|nacional|nationale|الوطنيه|وطني|национальный, \
      brothers|bros|اخوان, engineering|engr|eng|الهندسيه, construction|contracting|contractors|للمقاولات|المقاولات|строительство, development|developments|للتنميه, \
      investment|investments|invest|للاستثمار|инвест, technology|technologies|tech|technical, factory|plant|works|завод|مصنع, \
      front|movement|party|army|brigade|brigades|battalion|حركه|جبهه|حزب|جيش|كتيبه|كتايب|لوا",
    ),
    (Role::VesselPrefix, "mv|mt|ms|ss|mvt|vessel|ship|tanker|fv|motor|hms|uss, m, v, t"),
    (Role::Allah, "allah|ullah|ollah|allahi|illah|ellah|llah|oullah|elah|الله|للاه|لله|улла|аллах"),
    (
        Role::Din,
        "din|deen|dine|eddin|eddine|uddin|addin|aldin|aldeen|addine|iddin|الدين|دين|оддин|дин",
    ),
    (
        Role::Abd,
        "abd|abdul|abdel|abdal|abdol|abdoul|abdur|abdus|abdun|abdou|abdur|abdush|abdul|abdil|abdelal|عبد|абд|абдул|абдель|абдур",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold;

    #[test]
    fn canonical_forms_stand_for_their_spellings() {
        assert_eq!(lookup("cheikh"), Some((Role::Honorific, "sheikh")));
        assert_eq!(lookup_organizational("банк"), Some((Role::ClassWord, "bank")));
        assert_eq!(lookup("samir"), None);
    }

    #[test]
    fn entries_are_folded() {
        let unfolded: Vec<&str> = LISTS
            .iter()
            .flat_map(|(_, lines)| lines.split([',', '|']))
            .map(str::trim)
            .filter(|word| !word.is_empty() && fold(word) != *word)
            .collect();
        assert_eq!(unfolded, Vec::<&str>::new());
    }
}
