//! Owns the legal forms of organizations, and which of them are one kind of body in law.
//! Does not decide where a short form counts: `analyze` does. Invariant: folded, see `lexicon`.

use super::Role;

/// Groups are parted by commas, spellings of one form by bars; the first spelling is canonical.
/// A group holds what law and custom translate into each other; forms of several words have blanks.
pub(super) const LEGAL_FORMS: [(Role, &str); 1] = [(
    Role::LegalForm,
    "ltd|limited|лтд|private company limited by shares|company limited by guarantee|pte|pte ltd|private limited|pvt|pvt ltd|private ltd|p ltd|pty|pty ltd|proprietary limited|ltda|limitada|ltee|limitee|\
      sdn bhd|sdn|sendirian berhad|ltd sti|limited sirketi|limited sti|المحدوده|محدوده|ليمتد|ليميتد|有限公司|有限責任公司|有限责任公司|유한회사, \
      llc|limited liability company|limited liability co|limited liability|общество с ограниченной ответственностью|товарищество с ограниченной ответственностью|товариство з обмеженою відповідальністю|\
      obshchestvo s ogranichennoy otvetstvennostyu|obshchestvo s ogranichennoi otvetstvennostyu|ooo|ооо|тоо|тов|осоо|мчж|ммс|mmc|mchj|fzllc|fz llc|fze llc|fz l l c|dmcc|llp llc|wll|w l l|with limited liability|spc|\
      ذمم|ذات مسووليه محدوده|ذات المسووليه المحدوده|شذمم|شمم|شركه ذات مسووليه محدوده|با مسووليت محدود|مسووليت محدود, \
      gmbh|gesellschaft mit beschrankter haftung|gmbh co kg|gmbh co|ggmbh|mbh|m b h|gesmbh|ges mbh|ges m b h|ug haftungsbeschrankt|ug, sarl|societe a responsabilite limitee|sarlau|eurl|sprl|srl bv, \
      srl|sociedad de responsabilidad limitada|sociedad limitada|sociedad de responsabilidad limitada de capital variable|societa a responsabilita limitata|s de rl|s de r l|s de rl de cv|s de r l de c v|srlcv|rl|srls|slu|sl, \
      spzoo|spolka z ograniczona odpowiedzialnoscia|sp z o o|sp z oo|sp zoo|zoo|z o o, doo|d o o e l|dooel|drustvo s ogranicenom odgovornoscu|drustvo s ogranicenom odgovornosti, sro|spol|spol s r o|spolecnost s rucenim omezenym, kft|korlatolt felelossegu tarsasag, eood|еоод|ood|оод|дружество с ограничена отговорност, \
      bv|besloten vennootschap, sia|uab|ou|osauhing|uzdaroji akcine bendrove, eirl|eireli|ei, epe|επε|ike|ικε|εταιρεια περιορισμενησ ευθυνησ, \
      jsc|public joint stock company|private joint stock company|public joint stock co|open joint stock company|closed joint stock company|joint stock|joint stock co|открытое акционерное общество|закрытое акционерное общество|публичное акционерное общество|непубличное акционерное общество|публічне акціонерне товариство|приватне акціонерне товариство|акціонерне товариство|\
      aktsionernoe obshchestvo|aktsionernoye obshchestvo|otkrytoe aktsionernoe obshchestvo|zakrytoe aktsionernoe obshchestvo|publichnoe aktsionernoe obshchestvo|publichnoye aktsionernoye obshchestvo|\
      شركه مساهمه عامه|شركه مساهمه مقفله|مساهمه عامه|مساهمه مقفله|مساهمه خاصه|ojsc|cjsc|pjsc|oao|zao|pao|ao|nao|prat|pat|оао|зао|пао|ао|нпао|нао|ат|пат|прат|тат|joint stock company|акционерное общество|ooc|psc|شمع|شمعع|شمك|شمل|شمق|شمخ|مساهمه|شركه مساهمه|سهامي عام|سهامي خاص|سهامي, \
      oyj|oy|osakeyhtio, ab|ab publ|aktiebolag, as|asa|aksjeselskap|aktieselskab|anonim sirketi|anonim sirket|anonim sti|anonim|aps|asi|akciova spolecnost, ag|aktiengesellschaft, \
      sa|societe anonyme|sociedad anonima|sociedade anonima|spolka akcyjna|societate pe actiuni|sab|sab de cv|sa de cv|s a de c v|sociedad anonima de capital variable|sapi de cv|saic|saoc|saog|sal|ανωνυμη εταιρεια|ανωνυμοσ εταιρεια, αε|ανωνυμη, spa|societa per azioni|s p a|sas|snc|societe par actions simplifiee, nv|naamloze vennootschap, \
      bhd|berhad, tbk|persero tbk|pt persero, pt|perseroan terbatas, zrt|nyrt|rt|reszvenytarsasag, ad|ад|dd|д д|dionicko drustvo|акционерно дружество, plc|public limited company|public limited co, \
      kk|kabushiki kaisha|kabushikikaisha|kabushiki|kabushikigaisha|株式会社|株式會社|股份有限公司|주식회사|g k|yk|yugen kaisha|有限会社|jusik hoesa, \
      inc|incorporated|инк, corp|corporation|корпорация, lp|llp|lllp|gp|limited partnership|limited liability partnership, kg|kommanditgesellschaft|kgaa|ohg|offene handelsgesellschaft|gbr|scs|sca|cv|vof|bt|товарищество на вере|تضامن|تضامني|شركه تضامن|توصيه بسيطه, \
      fze|fzco|fzc|fz|free zone establishment|free zone company|free zone co|free zone|freezone|منطقه حره|المنطقه الحره|شمح, sti|san ve tic|san ve tic ltd sti|san tic ltd sti|ve tic ltd sti|tic ltd sti, \
      ip|ип|чп|фоп|индивидуальный предприниматель|chp|sole proprietorship|sole proprietor|einzelunternehmen|eingetragener kaufmann, \
      gup|гуп|фгуп|муп|fgup|мкп|гп|дп|казенное предприятие|государственное унитарное предприятие|федеральное государственное унитарное предприятие|муниципальное унитарное предприятие|державне підприємство|unitary enterprise|state unitary enterprise|federal state unitary enterprise|federalnoe gosudarstvennoe unitarnoe predpriyatie|чуп|руп|rup|унитарное предприятие, \
      est|establishment|etablissement|etablissements|ets|موسسه فرديه, ev|eingetragener verein|ngo|нпо некоммерческая|ano|ано|автономная некоммерческая организация|некоммерческая организация|asbl|vzw|onlus, cia|y cia|e cia|sociedad en comandita, se|sce|societas europaea",
)];

/// Bodies whose members are liable for no more than they paid in and whose shares are not traded.
const LIMITED: u8 = 1;
/// Bodies whose capital is in shares.
const STOCK: u8 = 2;
const PARTNERSHIP: u8 = 4;
/// One owner, or a body of a free zone.
const SOLE: u8 = 8;
const STATE: u8 = 16;
const NON_PROFIT: u8 = 32;

/// The kinds of body that a form, given in its canonical spelling, can be; forms without a kind in
/// common are two. Lists translate forms of one kind into each other.
pub(crate) fn legal_kinds(canonical: &str) -> u8 {
    match canonical {
        "llc" | "gmbh" | "sarl" | "srl" | "spzoo" | "doo" | "sro" | "kft" | "eood" | "bv"
        | "sia" | "epe" => LIMITED,
        // Limited companies have shares, and lists write "Co., Ltd." for many a body.
        "ltd" | "kk" | "sti" => LIMITED | STOCK,
        "eirl" | "est" | "ip" => SOLE | LIMITED,
        "fze" => SOLE | LIMITED | STOCK,
        "lp" | "kg" | "cia" => PARTNERSHIP,
        "gup" => STATE,
        "ev" => NON_PROFIT,
        "inc" | "corp" => LIMITED | STOCK | STATE,
        _ => STOCK,
    }
}
