//! Owns the countries that organizations and ships are named after, with their adjectives.
//! Is no gazetteer: a name of a place that is not here stays a word of the name.
//! Invariant: folded, see `lexicon`.

use super::Role;

/// Groups are parted by commas, spellings and adjectives of one country by bars.
pub(super) const LISTS: [(Role, &str); 1] = [(
    Role::Place,
    "afghanistan|afghan|افغانستان|افغاني|افغانيه|афганистан|афганский, algeria|algerie|algerian|algerienne|جزاير|جزايري|جزايريه|алжир, \
      armenia|armenian|ارمينيا|армения|армянский, azerbaijan|azerbaijani|azerbaycan|اذربيجان|азербайджан, austria|austrian|osterreich|австрия, \
      bahrain|bahraini|بحرين|بحريني|بحرينيه|бахрейн, bangladesh|bangladeshi|بنگلادش, belarus|belarusian|беларусь|белорусский|بيلاروسيا, \
      belgium|belgian|belgique|бельгия, bosnia|bosnian|bosna|босния|بوسنه, brazil|brasil|brazilian|бразилия, bulgaria|bulgarian|болгария, \
      canada|canadian|канада|كندا, china|chinese|китай|китайский|صين|صينيه|中国|中國, cuba|cuban|куба|كوبا, cyprus|cypriot|kibris|кипр|قبرص, \
      egypt|egyptian|misr|egypte|مصر|مصري|مصريه|египет, eritrea|eritrean|اريتريا, ethiopia|ethiopian|اثيوبيا|эфиопия, \
      france|french|francaise|فرنسا|франция, georgia|georgian|грузия|جورجيا, germany|german|deutschland|deutsche|allemagne|المانيا|германия, \
      greece|greek|hellenic|греция|يونان, hungary|hungarian|magyar|венгрия, india|indian|هند|هنديه|индия, indonesia|indonesian|اندونيسيا|индонезия, \
      iran|iranian|ايران|ايراني|ايرانيه|иран|иранский, iraq|iraqi|irak|عراق|عراقي|عراقيه|ирак|иракский, israel|israeli|израиль, italy|italian|italia|italiana|италия|ايطاليا, \
      japan|japanese|nippon|япония|يابان|日本, jordan|jordanian|اردن|اردني|اردنيه|иордания, \
      kazakhstan|kazakh|qazaqstan|казахстан|قازاقستان|كازاخستان, kenya|kenyan|كينيا, korea|korean|корея|كوريا|한국|朝鲜|조선, kosovo|kosova|косово, \
      kuwait|kuwaiti|كويت|كويتي|كويتيه|кувейт, kyrgyzstan|kyrgyz|киргизия|кыргызстан|قرغيزستان, lebanon|lebanese|liban|لبنان|لبناني|لبنانيه|ливан, \
      libya|libyan|libye|ليبيا|ليبي|ليبيه|ливия, malaysia|malaysian|ماليزيا|малайзия, mali|malian|مالي, mauritania|mauritanian|mauritanie|موريتانيا, \
      morocco|moroccan|maroc|مغرب|مغربي|مغربيه|марокко, myanmar|burma|burmese|ميانمار, nigeria|nigerian|نيجيريا, niger|niger, norway|norwegian|norsk|норвегия, \
      oman|omani|عمان|عماني|عمانيه|оман, pakistan|pakistani|پاكستان|باكستان|пакистан, palestine|palestinian|فلسطين|فلسطيني|فلسطينيه|палестина, \
      panama|panamanian|панама, poland|polish|polska|польша, qatar|qatari|قطر|قطري|قطريه|катар, romania|romanian|румыния, \
      russia|russian|россия|российский|российская|русский|روسيا, saudi|saudi arabia|سعودي|سعوديه, serbia|serbian|srbija|сербия|صربيا, \
      singapore|singaporean|сингапур, somalia|somali|somalie|صومال|صومالي|صوماليه|сомали, spain|spanish|espana|испания, sudan|sudanese|soudan|سودان|سوداني|سودانيه|судан, \
      sweden|swedish|svenska|швеция, switzerland|swiss|suisse|schweiz|schweizer|швейцария, syria|syrian|syrie|سوريا|سوريه|سوري|сирия|сирийский, \
      tajikistan|tajik|таджикистан|طاجيكستان|تاجيكستان, tunisia|tunisian|tunisie|تونس|تونسي|تونسيه|тунис, turkey|turkish|turkiye|turk|تركيا|تركي|تركيه|турция, \
      turkmenistan|turkmen|туркменистан|تركمانستان, ukraine|ukrainian|украина|украинский|اوكرانيا, emirates|emirati|uae|امارات|اماراتي|اماراتيه|эмираты, \
      uzbekistan|uzbek|узбекистан|اوزبكستان, venezuela|venezuelan|венесуэла, vietnam|vietnamese|вьетнам|越南, yemen|yemeni|يمن|يمني|يمنيه|йемен, \
      arab|arabian|arabic|عربي|عربيه|арабский, gulf|خليج|خليجي|خليجيه, africa|african|afrique|افريقيا|افريقي|افريقيه|африка, europe|european|اوروبا|европа, asia|asian|اسيا|азия",
)];
