//! Names as people choose them: words side by side, a company behind its name, initials, a number that means something.

use super::random::Random;
use super::words::{BEFORE, BEHIND, BEHIND_GERMAN, BEHIND_SPANISH, ENGLISH, GERMAN, LUCKY, NUMBERS, PINYIN, SPANISH};

/// A way to choose a name: how often in a hundred, its label, the maker, and suffixes (those written more often are more frequent).
struct Way(usize, &'static str, fn(&mut Random) -> String, &'static str);

const WAYS: [Way; 9] = [
    Way(30, "english", |random| language(random, ENGLISH, BEHIND), WORLD),
    Way(14, "german", |random| language(random, GERMAN, BEHIND_GERMAN), "de de de de at ch com eu net org"),
    Way(12, "spanish", |random| language(random, SPANISH, BEHIND_SPANISH), "es es com com com.ar com.mx cl net org"),
    Way(14, "pinyin", pinyin, "com com cn cn com.cn net top cc"),
    Way(7, "initials", initials, "com org edu net gov de co.uk fr jp ru ac.uk com.br"),
    Way(9, "before", before, WORLD),
    Way(6, "number", number, WORLD),
    Way(5, "shortened", shortened, "com io co app net ai"),
    Way(3, "sentence", sentence, "com org net info biz xyz"),
];
const WORLD: &str =
    "com com com com com com net net org org co.uk io info us ca com.au in nl fr it pl se biz xyz shop online";

/// A name and how it came about.
pub(super) fn name(random: &mut Random) -> (String, &'static str) {
    let mut draw = random.below(WAYS.iter().map(|Way(often, ..)| often).sum());
    for Way(often, label, make, suffixes) in &WAYS {
        if draw < *often {
            return (format!("{}.{}", make(random), random.word(suffixes)), label);
        }
        draw -= often;
    }
    (String::new(), "")
}

/// One, two or three words, at times with a hyphen or with a company's ending.
fn language(random: &mut Random, words: &str, behind: &str) -> String {
    let between = if random.percent(12) { "-" } else { "" };
    let mut name = random.word(words).to_owned();
    match random.below(10) {
        0..6 => name = format!("{name}{between}{}", random.word(words)),
        6..9 => name = format!("{name}{between}{}", random.word(behind)),
        _ => name = format!("{name}{between}{}{between}{}", random.word(words), random.word(behind)),
    }
    name
}

/// Two to four syllables, at times a lucky number before or behind them.
fn pinyin(random: &mut Random) -> String {
    let count = random.word("2 2 2 3 3 4").parse().unwrap_or(2);
    let mut name: String = (0..count).map(|_| random.word(PINYIN)).collect();
    match random.below(10) {
        0 => name.insert_str(0, random.word(LUCKY)),
        1 => name += random.word(LUCKY),
        _ => {}
    }
    name
}

/// Three to five initials, or two of them before a word.
fn initials(random: &mut Random) -> String {
    let letters = "aabbccdeeffghiijkllmmnnoopprrssttuvwyz";
    if random.percent(60) {
        let length = random.between(3, 5);
        return random.text(letters, length);
    }
    let short = random.text(letters, 2);
    let joint = if random.percent(40) { "-" } else { "" };
    format!("{short}{joint}{}", random.word(BEHIND))
}

fn before(random: &mut Random) -> String {
    let end = if random.percent(30) { random.word(ENGLISH) } else { "" };
    format!("{}{}{end}", random.word(BEFORE), random.word(ENGLISH))
}

fn number(random: &mut Random) -> String {
    let words = if random.percent(70) { ENGLISH } else { GERMAN };
    let (word, number) = (random.word(words), random.word(NUMBERS));
    let end = if random.percent(40) { random.word(words) } else { "" };
    if random.percent(70) { format!("{word}{end}{number}") } else { format!("{number}{word}{end}") }
}

/// Young companies leave vowels out, or hang two letters on.
fn shortened(random: &mut Random) -> String {
    let word = random.word(ENGLISH);
    if random.percent(50) {
        return format!("{word}{}", random.word("ly fy io ify ster able oo ora ix"));
    }
    let other = random.word(ENGLISH);
    let last_vowel = other.rfind(['a', 'e', 'i', 'o', 'u']).filter(|at| *at > 0);
    let short: String = other.char_indices().filter(|(at, _)| Some(*at) != last_vowel).map(|(_, own)| own).collect();
    format!("{word}{short}")
}

fn sentence(random: &mut Random) -> String {
    let words =
        [random.word("the how we love for save find our"), random.word(ENGLISH), random.word("of and in for the")];
    format!("{}{}", words.join(""), random.word(ENGLISH))
}
