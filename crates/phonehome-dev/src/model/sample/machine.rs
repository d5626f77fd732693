//! Ten ways in which a program may make names: arithmetic on letters, digests, and words out of a list.

use super::random::Random;

/// A way to make names.
pub(super) struct Generator {
    pub(super) label: &'static str,
    make: fn(&mut Random) -> String,
    /// Suffixes it takes in turn, by chance.
    suffixes: &'static str,
}

impl Generator {
    pub(super) fn name(&self, random: &mut Random) -> String {
        format!("{}.{}", (self.make)(random), random.word(self.suffixes))
    }
}

pub(super) const ALL: [Generator; 10] = [
    Generator { label: "congruential", make: congruential, suffixes: "com net org biz info ru" },
    Generator { label: "digest", make: digest, suffixes: "com net top xyz site" },
    Generator { label: "base32", make: base32, suffixes: "com org cc ws to" },
    Generator { label: "mixed", make: mixed, suffixes: "com biz info net ru" },
    Generator { label: "pronounceable", make: pronounceable, suffixes: "com eu net su info in" },
    Generator { label: "word_pairs", make: word_pairs, suffixes: "com net ru" },
    Generator { label: "dated", make: dated, suffixes: "com net info" },
    Generator { label: "long", make: long, suffixes: "com org pw xyz tk" },
    Generator { label: "digits", make: digits, suffixes: "com cn top club cc" },
    Generator { label: "dashed", make: dashed, suffixes: "com online site top" },
];

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const DIGITS: &str = "0123456789";

/// A linear congruential generator picks letters by its high bits (constants of Numerical Recipes); one of 25 is never used.
fn congruential(random: &mut Random) -> String {
    let mut state = random.bits() as u32;
    let length = random.between(8, 15);
    (0..length)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            letter((state >> 16) % 25)
        })
        .collect()
}

fn letter(number: u32) -> char {
    char::from_u32(u32::from(b'a') + number).unwrap_or('a')
}

/// The first octets of something hashed, in hexadecimal.
fn digest(random: &mut Random) -> String {
    let whole = format!("{:016x}{:016x}", random.bits(), random.bits());
    let length = random.word("12 16 20 32").parse().unwrap_or(whole.len());
    whole.chars().take(length).collect()
}

/// Octets in base32, without padding.
fn base32(random: &mut Random) -> String {
    let length = random.between(12, 24);
    random.text("abcdefghijklmnopqrstuvwxyz234567", length)
}

/// Letters and digits alike.
fn mixed(random: &mut Random) -> String {
    let length = random.between(10, 20);
    random.text("abcdefghijklmnopqrstuvwxyz0123456789", length)
}

/// A consonant, a vowel, and so on: people could say it.
fn pronounceable(random: &mut Random) -> String {
    let mut name = String::new();
    for _ in 0..random.between(3, 6) {
        name += &random.text("bcdfghklmnprstvwxz", 1);
        name += &random.text("aeiouy", 1);
    }
    if random.percent(50) {
        name += &random.text("lnrsxk", 1);
    }
    name
}

/// What a word generator carries with it.
const CARRIED: &str = "acorn anvil apron badger barrel basket beaver beetle blanket bobbin bonnet bracket bramble bucket bumblebee \
    button cabbage candle carrot cellar cherry chimney chisel cobweb cricket crumpet cushion daisy donkey dumpling falcon feather \
    ferret fiddle funnel garlic ginger goblet gosling gravel hamster hatchet hazel hedgehog heron hinge jigsaw kettle ladle lantern \
    lettuce lizard mallet marble meadow mitten mushroom mustard nettle noodle otter paddle parsley parsnip peacock pebble pickle \
    pigeon pillow plank plaster pumpkin puppet rabbit radish ribbon saddle sandal scarf shovel shutter skillet sparrow spindle spoon \
    stocking teapot thimble thistle toffee trowel turnip turtle velvet walnut whistle wicker willow zipper";

fn word_pairs(random: &mut Random) -> String {
    let (first, second) = (random.word(CARRIED), random.word(CARRIED));
    format!("{first}{second}")
}

/// Twelve letters of a day's number: every client makes the same ones on that day.
fn dated(random: &mut Random) -> String {
    let (day, index) = (20_000 + random.below(400) as u64, random.below(40) as u64);
    let mut days = Random::new(day << 16 ^ index);
    days.text(LETTERS, 12)
}

fn long(random: &mut Random) -> String {
    let length = random.between(20, 30);
    random.text(LETTERS, length)
}

/// Mostly digits, a few letters between them.
fn digits(random: &mut Random) -> String {
    let length = random.between(8, 14);
    (0..length).map(|_| if random.percent(72) { random.text(DIGITS, 1) } else { random.text(LETTERS, 1) }).collect()
}

fn dashed(random: &mut Random) -> String {
    let count = random.between(3, 4);
    let words: Vec<&str> = (0..count).map(|_| random.word(CARRIED)).collect();
    words.join("-")
}
