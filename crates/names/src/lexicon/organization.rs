//! Owns the signs in names of organizations and vessels: before numbers, before former names,
//! before names of ships; number words. Class words and legal forms lie beside.
//! Invariant: folded, see `lexicon`.

use super::Role;

/// Groups are parted by commas, spellings of one word by bars; the first spelling is canonical.
pub(super) const LISTS: [(Role, &str); 3] = [
    (
        Role::NumberSign,
        "no|nr|num|nbr|number|numero|nummer|numara|numer|رقم|شماره|номер|imo|mmsi|hull|号|호",
    ),
    (
        Role::Formerly,
        "ex|fka|formerly|f k a|previously|vormals|anciennement|سابقا|سابق|бывший|ранее|бывш|eski",
    ),
    (
        Role::VesselPrefix,
        "mv|m v|mt|m t|ms|ss|s s|fv|f v|my|m y|sy|s y|mts|mtv|lng c|lpg c|motor vessel|motor tanker|motor ship|motorship|motor yacht|steam ship|steamship|\
         fishing vessel|merchant vessel|vessel|ship|tanker|oil tanker|tug|tugboat|m tug|barge|yacht|schiff|navire|buque|motonave|nave|gemi|gemisi|\
         سفينه|سفينه بضايع|باخره|ناقله|ناقله نفط|مركب|كشتي|نفتكش|قارب|т х|теплоход|танкер|судно|пароход|сухогруз|буксир|рс|мрс|срт|тх|πλοιο|τ κ|φ γ",
    ),
];

/// Number words by language, as [`LISTS`]: cardinals and ordinals of one number are one group.
pub(super) const NUMBERS: [(Role, &str); 2] = [
    (
        // Words that are hardly anything else.
        Role::Number,
        "1|one|first|1st, 2|two|second|2nd, 3|three|third|3rd, 4|four|fourth, 5|five|fifth, 6|six|sixth, 7|seven|seventh, 8|eight|eighth, 9|nine|ninth, 10|ten|tenth, \
         11|eleven|eleventh, 12|twelve|twelfth, 13|thirteen|thirteenth, 14|fourteen|fourteenth, 15|fifteen|fifteenth, 16|sixteen, 17|seventeen, 18|eighteen, 19|nineteen, 20|twenty|twentieth, \
         1|первый|первая|первое|перший|перша|первого, 2|второй|вторая|второе|другий|друга|второго, 3|третий|третья|третье|третій|третя, 4|четвертый|четвертая|четвертое|четвертий, 5|пятый|пятая|пятое, 6|шестой|шестая, 7|седьмой|седьмая, 8|восьмой|восьмая, 9|девятый|девятая, 10|десятый|десятая",
    ),
    (
        // Words that are numbers where they close the name.
        Role::LastNumber,
        "1|один|одна|واحد|اول|اولي|يك|eins|erste|uno|primero|primera|primo|bir|birinci|odin|pervyy|pervaya, 2|два|две|اثنان|اثنين|دو|دوم|zwei|zweite|deux|deuxieme|dos|segundo|segunda|due|secondo|iki|ikinci|dva|vtoroy, \
         3|три|ثلاثه|ثلاث|سه|سوم|drei|dritte|trois|troisieme|tres|tercero|tercera|tre|terzo|uc|ucuncu|tri, 4|четыре|اربعه|اربع|چهار|چهارم|vier|vierte|quatre|quatrieme|cuatro|cuarto|quattro|quarto|dort|chetyre, \
         5|пять|خمسه|خمس|پنج|پنجم|funf|cinq|cinco|quinto|cinque|bes|pyat, 6|шесть|سته|ست|شش|sechs|seis|sexto|sei|alti|shest, 7|семь|سبعه|سبع|هفت|هفتم|sieben|sept|siete|septimo|sette|yedi, \
         8|восемь|ثمانيه|هشت|acht|huit|ocho|octavo|otto|sekiz, 9|девять|تسعه|نه|neun|neuf|nueve|nove|dokuz, 10|десять|عشره|ده|zehn|dix|diez|dieci, \
         2|ثاني|ثانيه, 3|ثالث|ثالثه, 4|رابع|رابعه, 5|خامس|خامسه, 6|سادس|سادسه, 7|سابع|سابعه, 8|ثامن|ثامنه, 9|تاسع|تاسعه, 10|عاشر|عاشره",
    ),
];
