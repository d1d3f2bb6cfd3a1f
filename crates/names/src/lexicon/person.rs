//! Owns the words in names of persons that are not names by themselves, in several scripts.
//! Does not decide: a word may be here and still be a name. Invariant: folded, see `lexicon`.

use super::Role;

/// Groups are parted by commas, spellings of one word by bars; the first spelling is canonical.
pub(super) const LISTS: [(Role, &str); 19] = [
    (Role::Article, "al|el|il|ul|ال|аль|эль|ель|уль"),
    (
        Role::KunyaHead,
        "abu|abou|abo|aboo|ebu|ebou|abi|aba|abul|aboul|abol|abool|abuel|ابو|ابي|ابا|بابي|بابو|بو|абу|абуль, \
      umm|um|oum|om|ummu|ummi|ام|умм|умму",
    ),
    (
        Role::Nasab,
        "bin|ben|ibn|ibne|ebn|ebne|ibni|bn|بن|ابن|бин|ибн|бен, bint|binti|binte|binteh|bent|bte|بنت|бинт, mint|منت, \
      ould|uld|wald|walad|oulad|wuld|weld|ولد, בנ, בת",
    ),
    (
        Role::AfterFather,
        "oglu|oglou|ogly|ogli|oghlu|ogluy|uly|uulu|оглы|оглу|огли|улы|уулу, \
      kyzy|kizi|gizi|qizi|кызы|гызы|кизи",
    ),
    (
        Role::FamilyParticle,
        "van|fan|ван, von|фон, der|den|ter|ten|het|vande|vander|vanden, \
      de|del|della|delle|dello|degli|di|da|das|do|dos|du|des|ди|де|да|дель, zu|zum|zur, af|av",
    ),
    (Role::Particle, "la|le|las|los|les|ла|ле, y|e|i, bar, wa|و, of|the|and, al"),
    (
        Role::TitleOrName,
        "sheikh|shaikh|shaykh|sheykh|cheikh|sheik|cheik|shaik|shekh|sheekh|شيخ|шейх, \
      sayyid|sayyed|sayed|syed|sayid|seyed|seyyed|sayedi|sidi|seyit|سيد|سيده|сайид, \
      imam|امام|имам, prince, king, queen, baron, major, don, dona, gen, ing, st, fr, dame, lady, count, father, \
      haja, shri",
    ),
    (
        Role::Honorific,
        "mr|mister|mrs|ms|miss|madame|mme|monsieur|mlle|herr|frau|senor|senora|господин|госпожа|bay|bayan, \
      dr|doctor|doktor|docteur|دكتور|доктор|др, prof|professor|استاذ|профессор, eng|engineer|engr|مهندس|инженер, \
      haji|hajji|hadji|hajj|haj|hadj|hajjah|alhaj|alhaji|elhadj|elhaj|hajja|حاج|حاجي|حاجه|حاجيه|хаджи|хаджы, \
      mullah|mulla|molla|mollah|ملا|мулла, maulana|mawlana|mowlana|mevlana|moulana|molana|مولانا|маулана, \
      mawlawi|maulavi|maulawi|maulvi|molvi|moulvi|mowlawi|mawlavi|mevlevi|مولوي|маулави, mufti|مفتي|муфтий, qari|kari|قاري, \
      ustad|ustadh|ostad|ustaz|oustaz|устад, ayatollah|ayatullah|ayetollah, hojatoleslam|hojjatoleslam|hujjatulislam|حجتالاسلام, \
      general|genl|اللوا|الفريق|генерал, brigadier|brig|العميد, colonel|col|العقيد|полковник, \
      maj|الرايد|майор, captain|capt|cpt|النقيب|капитан, lieutenant|lt|الملازم|лейтенант, commander|cdr|cmdr|المقدم, \
      sergeant|sgt|الرقيب, admiral|adm|адмирал, marshal|المشير|маршал, \
      sir|lord, princess|الامير|الاميره, hon|honorable|honourable, rev|reverend|bishop|archbishop, \
      excellency|highness|his|her, president|الرييس|президент, minister|الوزير, deputy, \
      ato|weizero|weyzero, sri|smt, tuan|datuk|dato|datin, marhum|marhoum|merhum|المرحوم, comrade|товарищ",
    ),
    (
        Role::PostTitle,
        "efendi|effendi|afandi|افندي|эфенди, pasha|pacha|باشا|паша, hanim|hanum|khanum|khanim|khanom|خانم|ханум, \
      sahib|saheb|sahab|صاحب, bey|beg|بيك|بك|бей",
    ),
    (
        Role::Suffix,
        "jr|junior|jnr|младший|мл, sr|senior|snr|старший, ii|2nd, iii|3rd, iv, v, phd, esq|esquire, mba, bsc, msc",
    ),
    (
        Role::Alias,
        "alias|aka|nee|dit|dite|الملقب|ملقب|المعروف|الشهير|المكني|المدعو|المشهور|известный",
    ),
    (Role::Short, "muhammad|md|mohd|mhd|muhd"),
    (Role::Mac, "mc|mac"),
    (Role::Dhu, "dhu|dhul|zul|zol|thul|ذو|ذي|зуль"),
    (Role::VesselPrefix, "mv|mt|ms|ss|mvt|vessel|ship|tanker|fv|motor|hms|uss"),
    (
        Role::Allah,
        "allah|ullah|ollah|allahi|illah|ellah|llah|oullah|elah|الله|اللاه|للاه|لله|улла|уллах|алла|аллах",
    ),
    (
        Role::Din,
        "din|deen|dine|dien|eddin|eddine|eddeen|uddin|addin|aldin|aldeen|addine|iddin|الدين|دين|оддин|уддин|эддин|аддин|дин",
    ),
    (Role::Second, "islam|eslam|الاسلام|اسلام|ислам"),
    (
        Role::Abd,
        "abd|abdul|abdel|abdal|abdol|abdoul|abdur|abdus|abdun|abdush|abdil|abdud|abduz|abdut|abdelal|abdool|عبد|\
      абд|абдул|абдуль|абдель|абдур|абдус|абдал|абдол|абдел",
    ),
];
