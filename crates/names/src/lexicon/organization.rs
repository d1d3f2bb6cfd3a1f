//! Owns legal forms, class words and signs in names of organizations and vessels.
//! Does not decide where a short form counts: `analyze` does. Invariant: folded, see `lexicon`.

use super::Role;

/// Groups are parted by commas, spellings of one word by bars; the first spelling is canonical.
/// A group holds what law and custom translate into each other; forms of several words have blanks.
pub(super) const LEGAL_FORMS: [(Role, &str); 1] = [(
    Role::LegalForm,
    "ltd|limited|лтд|private company limited by shares|pte|pte ltd|private limited|pvt|pvt ltd|private ltd|pty|pty ltd|ltda|limitada|ltee|\
      sdn bhd|sdn|sendirian berhad|ltd sti|limited sirketi|limited sti|المحدوده|محدوده|有限公司|有限責任公司|有限责任公司, \
      llc|limited liability company|общество с ограниченной ответственностью|товарищество с ограниченной ответственностью|ooo|ооо|тоо|тов|осоо|мчж|ммс|mmc|mchj|fzllc|fz llc|fze llc|wll|w l l|spc|ذمم|ذات مسووليه محدوده|ذات المسووليه المحدوده|شذمم|شمم|شركه ذات مسووليه محدوده, \
      gmbh|gesellschaft mit beschrankter haftung|gmbh co kg|mbh|gesmbh|ug, sarl|societe a responsabilite limitee|sarlau|eurl|sprl, srl|sociedad de responsabilidad limitada|societa a responsabilita limitata|s de rl|s de r l|s de rl de cv|s de r l de c v|srlcv|rl, \
      spzoo|spolka z ograniczona odpowiedzialnoscia|sp z o o|sp z oo|sp zoo|zoo|z o o, doo|d o o e l, sro|spol|spol s r o, kft|korlatolt felelossegu tarsasag, eood|еоод|ood|оод, \
      bv|besloten vennootschap, sia|uab|ou|osauhing, eirl|eireli|ei, \
      jsc|public joint stock company|private joint stock company|открытое акционерное общество|закрытое акционерное общество|публичное акционерное общество|شركه مساهمه عامه|شركه مساهمه مقفله|ojsc|cjsc|pjsc|oao|zao|pao|ao|оао|зао|пао|ао|нпао|ат|тат|joint stock company|акционерное общество|ooc|psc|شمع|شمعع|شمك|شمل|شمق|مساهمه|شركه مساهمه|سهامي عام|سهامي خاص|سهامي, \
      oyj|oy, ab|ab publ, as|asa|anonim sirketi|anonim sti|anonim|aps|asi, ag|aktiengesellschaft, sa|societe anonyme|sociedad anonima|sociedade anonima|sab|sab de cv|sa de cv|s a de c v|sapi de cv|saic|saoc|saog, spa|societa per azioni|s p a|sas|snc, nv|naamloze vennootschap, \
      bhd|berhad, tbk|persero tbk|pt persero, pt|perseroan terbatas, zrt|nyrt|rt, ad|ад|dd|д д, plc|public limited company, \
      kk|kabushiki kaisha|kabushikikaisha|kabushiki|kabushikigaisha|株式会社|株式會社|股份有限公司|주식회사|g k|yk|yugen kaisha|有限会社, \
      inc|incorporated, corp|corporation|корпорация, lp|llp|lllp|gp|limited partnership, kg|kgaa|ohg|scs|sca|cv|vof|bt, \
      fze|fzco|fzc|fz|free zone establishment|منطقه حره|شمح, sti|sirketi|san ve tic|san ve tic ltd sti|san tic ltd sti, ip|ип|чп|фоп, gup|гуп|фгуп|муп, \
      est|establishment|موسسه فرديه, ev|ngo|نقابه, cia|y cia, se|sce|coop|cooperative|кооператив, \
      holding|holdings|hldg|hldgs|холдинг|قابضه|القابضه, group|группа|grp|groupe|grupo|gruppe|gruppo|grubu|مجموعه|المجموعه|группа компаний",
)];

/// Class words and signs, as in [`LEGAL_FORMS`]. Arabic ones stand without the article.
pub(super) const LISTS: [(Role, &str); 3] = [
    (
        Role::ClassWord,
        "company|co|cie|comp|companies|compania|compagnie|companhia|شركه|شركت|شركات|компания|sirket|компани|公司, \
      bank|banque|banco|banca|banka|bankasi|بنك|بانك|مصرف|банк|银行|銀行, \
      trading|trade|traders|commerce|commercial|comercial|tijarat|tijarah|ticaret|tic|handel|handels|تجاره|تجاري|تجاريه|بازرگاني|торговая|торговый|торговля|贸易, \
      general|عامه|عام, industry|industries|industrial|ind|sanayi|san|industrie|صناعه|صناعي|صناعيه|صناعات|صنايع|промышленность|промышленная|工业, \
      international|intl|internacional|internationale|inter|دوليه|دولي|عالميه|عالمي|بين المللي|международный|международная|国际, \
      import|imports|importacion|ithalat|استيراد|импорт|进出口, export|exports|exportacion|ihracat|تصدير|экспорт, \
      services|service|svc|svcs|servicios|خدمات|услуги, \
      organization|organisation|org|organizacion|منظمه|هييه|سازمان|организация, foundation|fondation|stiftung|fundacion|vakfi|موسسه|وقف|بنياد|фонд, \
      association|assn|assoc|asociacion|verein|dernegi|جمعيه|رابطه|اتحاد|ассоциация|объединение, society|societe|sociedad|soc|общество, \
      enterprise|enterprises|ent|entreprise|empresa|unternehmen|предприятие, charity|charitable|خيريه|خيري|relief|اغاثه, \
      shipping|marine|maritime|lines|line|navigation|denizcilik|ملاحه|شحن|بحري|بحريه|судоходная, exchange|sarrafi|sarafi|doviz|صرافه|صرافي|حواله|hawala, \
      office|bureau|buro|مكتب|دفتر|бюро, center|centre|centro|zentrum|centr|центр|مركز, institute|institut|instituto|институт|معهد, \
      university|universite|universidad|universitat|universitesi|университет|جامعه|دانشگاه|大学, \
      ministry|ministere|ministerio|министерство|وزاره|وزارت, national|nacional|nationale|وطنيه|وطني|قومي|قوميه|ملي|национальный, \
      brothers|bros|sons|ogullari|kardesler|اخوان|اخوه|اولاد|ابنا|братья, engineering|engr|eng|muhendislik|هندسيه|هندسه|مهندسي|инженерная, \
      construction|contracting|contractors|insaat|constructora|bau|مقاولات|انشاات|بنا|строительство|строительная, development|developments|تنميه|تطوير|развитие, \
      investment|investments|invest|inversiones|yatirim|استثمار|استثمارات|استثماريه|инвест|инвестиции|投资, \
      technology|technologies|tech|technical|teknoloji|تقنيه|تكنولوجيا|технологии|科技|技术, factory|plant|works|fabrika|fabrik|завод|фабрика|مصنع|معمل, \
      petroleum|oil|petrol|neft|нефть|نفط|نفطيه|بترول|petrokimya|petrochemical|petrochemicals|石油, gas|газ|غاز, energy|energie|energia|enerji|طاقه|энергия|энерго|能源, \
      transport|transportation|logistics|nakliyat|lojistik|نقل|مواصلات|логистика|транспорт|物流, airline|airlines|airways|aviation|air|طيران|авиа|авиакомпания|航空, \
      insurance|assurance|sigorta|تامين|страхование|保险, real estate|عقاريه|عقارات, electronics|electronic|elektronik|الكترونيات|электроника|电子, \
      pharmaceutical|pharmaceuticals|pharma|ادويه|фарма, telecom|telecommunications|telecommunication|اتصالات|связь|通信, media|اعلام|медиа, \
      management|consulting|consultancy|danismanlik|استشارات|консалтинг, agency|agence|agentur|وكاله|агентство, council|مجلس|совет, committee|لجنه|комитет, \
      union|syndicate|союз, school|مدرسه|школа, hospital|مستشفي|больница, club|نادي|клуб, fund|صندوق, market|markets|اسواق|سوق, store|stores|محلات, \
      front|jabhat|jabha|جبهه|фронт, movement|harakat|haraka|حركه|движение, party|hizb|حزب|партия, army|jaish|jaysh|جيش|армия, \
      brigade|brigades|liwa|لوا|الويه|бригада, battalion|battalions|katibat|katiba|kataib|كتيبه|كتايب|батальон, division|فرقه",
    ),
    (Role::NumberSign, "no|nr|num|number|numero|رقم|номер|imo|mmsi|hull"),
    (Role::Formerly, "ex|fka|formerly|f k a|سابقا|бывший"),
];
