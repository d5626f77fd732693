//! Words that people make names of, by language; written for this sample.

use std::collections::BTreeSet;

/// Words of all languages, as a lexicon.
pub(in crate::model) fn all() -> BTreeSet<String> {
    [ENGLISH, GERMAN, SPANISH, PINYIN, BEHIND].into_iter().flat_map(str::split_whitespace).map(str::to_owned).collect()
}

pub(super) const ENGLISH: &str = "active air alpha apple art auto baby back bank base bay beach bear best better big bike bird \
    black blog blue board boat body book box boy brand bread bright buy cafe camp car card care cart cash cat center chef child \
    church city class clean clear click clinic cloud club coach code coffee college color connect cook cool corner country craft \
    creative credit crown daily dance data day deal deep dental design digital direct doctor dog door dream drive dry eagle earth \
    east easy eco edge energy event expert express eye fair family farm fashion fast field film finance fine fire first fish fit \
    flower fly food foot forest forum free fresh friend fun future galaxy game garden gate gift girl glass global gold golf good \
    grand green group guide hair hall hand happy health heart high hill home horse host hot hotel house ice idea image inn island \
    jet job joy key kid king kitchen lab lake land law leaf learn life light lion list live local lock logic love luck mad mail \
    map market master media metal micro mind mobile model money moon motor movie music nature net new news night north ocean \
    office oil one open orange organic outdoor page paint paper park part party path peak people pet phone photo pilot pixel \
    place planet play point pool power press prime print pro quick radio rain real record red rent review rich ride ring river \
    road rock room rose royal run safe sale salt school science sea search secure seven shop show silver sky smart snow social \
    soft solar sound south space speed sport spring square stage star start steel stone store storm story street studio style \
    summer sun super surf sweet swift table team tech test time tool top total touch tour town toy track trade train travel tree \
    true trust valley vet video view village vision voice walk wall watch water wave way web west white wild wind wine wing \
    winter wise wolf woman wood word work world yoga young zone";

pub(super) const GERMAN: &str = "apotheke arbeit arzt auto bad bau baum berg bild blatt blume brot brunnen buch burg dach dorf druck \
    eis erde fahrrad fenster ferien feuer fisch fleisch freund garten gast geld glas gold haus heim heizung herz himmel hof holz \
    hund jugend kauf kinder kirche kraft kreis kunst land laden leben licht lager markt maler meister metzger mond moebel nacht \
    natur neu ofen pferd platz praxis rad raum recht reise ring sand schiff schloss schmidt schnell schuh schule schwarz see sonne \
    spiel stadt stein stern strom stube tal technik tier tisch tor turm verein versicherung wald wasser weber wein werk wetter \
    wiese wind wohnung zahn zeit zeitung zimmer zug";

pub(super) const SPANISH: &str = "agua alma amigo arte azul banco barrio bella boda bosque brisa buena caballo cafe calle camino campo \
    casa centro cielo cine ciudad clinica cocina comida corazon costa deporte dia diario dulce escuela espacio familia feria \
    fiesta flor fruta fuego fuente gente gran grupo hogar hora huerta isla jardin joven lago libro luna luz madera mano mar mesa \
    mercado moda monte mundo musica nacional negro noche nueva oro pan papel parque perro piedra playa plaza precio puerta punto \
    radio rey rio roja rosa sabor salud santa sol sierra taller teatro tienda tierra torre turismo valle verde viaje vida viento \
    villa vino";

pub(super) const PINYIN: &str = "ai an bai ban bao bei bo cai chang chen cheng chuang da dai dong duo fang fei feng fu gang gao gong gu \
    guang guo hai han hao he hong hua huang hui jia jian jiang jin jing jiu kai kang ke kuai lan le li lian liang lin ling long lu \
    ma mei meng min ming nan neng ning pai pin ping qi qian qiao qing qun ren rong rui sen shang shen sheng shi shou shu si song \
    tai tang tao tian tong tu wan wang wei wen wo wu xi xia xian xiang xiao xin xing xiu xue ya yan yang yi yin ying yong you yu \
    yuan yue yun zai zhan zhang zhao zhen zheng zhi zhong zhou zhu zi zong";

/// What a company, a shop or a site hangs behind its name.
pub(super) const BEHIND: &str = "online shop store group tech hub lab labs media digital solutions systems services service world app \
    web net center club info software consulting design studio hotel travel bank news blog forum tv radio ltd inc corp";
pub(super) const BEHIND_GERMAN: &str =
    "gmbh shop haus welt online technik service verein berlin hamburg muenchen koeln wien";
pub(super) const BEHIND_SPANISH: &str = "sa online shop madrid barcelona mexico hoy web viajes hoteles";
/// And in front of it.
pub(super) const BEFORE: &str = "my the get go e i all best we your try hello pro top";
/// Numbers that mean something to people.
pub(super) const NUMBERS: &str = "24 365 1 2 4 7 21 99 100 123 360 2000 247 5 10 77 88 101";
/// Numbers in front of Chinese names.
pub(super) const LUCKY: &str = "51 52 58 88 91 163 168 360 365 520 66 99";
