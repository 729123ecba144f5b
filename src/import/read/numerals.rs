//! Numbers as word processors and browsers print them in front of paragraphs.

/// A way to write a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Numerals {
    /// 1, 2, 3.
    #[default]
    Decimal,
    /// 01, 02, 03.
    DecimalZero,
    /// １, ２, ３.
    DecimalFullWidth,
    /// ①, ②, ③.
    Circled,
    /// ⒈, ⒉, ⒊.
    FullStop,
    /// ⑴, ⑵, ⑶.
    Bracketed,
    /// I, II, III, or in small letters.
    Roman {
        /// Whether the letters are small.
        small: bool,
    },
    /// A, B, C, or in small letters.
    Letters {
        /// Whether the letters are small.
        small: bool,
    },
    /// 一, 十一, 一百零一.
    Chinese,
    /// 一, 一一, 一〇一.
    ChineseDigits,
    /// 壹, 拾壹.
    ChineseFinancial,
    /// 甲, 乙, 丙.
    Stems,
    /// 子, 丑, 寅.
    Branches,
    /// ㊀, ㊁, ㊂.
    CircledChinese,
    /// Nothing at all.
    Nothing,
}

const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const DIGITS: &str = "〇一二三四五六七八九";
const FINANCIAL: &str = "零壹贰叁肆伍陆柒捌玖";

/// The highest number in Roman numerals.
const MOST_ROMAN: u32 = 3_999;

/// Letters are repeated after Z, this many times at most.
const MOST_LETTERS: u32 = 30;

impl Numerals {
    /// The way that a format's name in a text document stands for; none for a bullet.
    pub fn of_format(name: &str) -> Option<Self> {
        Some(match name {
            "bullet" => return None,
            "none" => Self::Nothing,
            "decimalZero" => Self::DecimalZero,
            "decimalFullWidth" | "decimalFullWidth2" => Self::DecimalFullWidth,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Circled,
            "decimalEnclosedFullstop" => Self::FullStop,
            "decimalEnclosedParen" => Self::Bracketed,
            "upperRoman" => Self::Roman { small: false },
            "lowerRoman" => Self::Roman { small: true },
            "upperLetter" => Self::Letters { small: false },
            "lowerLetter" => Self::Letters { small: true },
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
            | "koreanCounting" => Self::Chinese,
            "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => {
                Self::ChineseDigits
            }
            "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
                Self::ChineseFinancial
            }
            "ideographTraditional" => Self::Stems,
            "ideographZodiac" => Self::Branches,
            "ideographEnclosedCircle" => Self::CircledChinese,
            _ => Self::Decimal,
        })
    }

    /// A number in this way; in plain digits where the way has none for it.
    pub fn write(self, number: u32) -> String {
        let written = match self {
            Self::Decimal => None,
            Self::Nothing => Some(String::new()),
            Self::DecimalZero => Some(format!("{number:02}")),
            Self::DecimalFullWidth => Some(digits(number, "０１２３４５６７８９")),
            Self::Circled => match number {
                0 => Some("⓪".to_owned()),
                21..=35 => run('㉑', 21, number, 15),
                36..=50 => run('㊱', 36, number, 15),
                _ => run('①', 1, number, 20),
            },
            Self::FullStop => run('⒈', 1, number, 20),
            Self::Bracketed => run('⑴', 1, number, 20),
            Self::Roman { small } => cased(roman(number), small),
            Self::Letters { small } => cased(letters(number), small),
            Self::Chinese => Some(chinese(number, DIGITS, "十百千")),
            Self::ChineseDigits => Some(digits(number, DIGITS)),
            Self::ChineseFinancial => Some(chinese(number, FINANCIAL, "拾佰仟")),
            Self::Stems => one_of(STEMS, number),
            Self::Branches => one_of(BRANCHES, number),
            Self::CircledChinese => run('㊀', 1, number, 10),
        };
        written.unwrap_or_else(|| number.to_string())
    }
}

/// The character that stands as far behind the first as the number behind the first number.
fn run(first: char, from: u32, number: u32, length: u32) -> Option<String> {
    let offset = number.checked_sub(from).filter(|offset| *offset < length)?;
    char::from_u32(u32::from(first) + offset).map(String::from)
}

fn one_of(characters: &str, number: u32) -> Option<String> {
    let index = usize::try_from(number.checked_sub(1)?).ok()?;
    characters.chars().nth(index).map(String::from)
}

fn digits(number: u32, written: &str) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|digit| written.chars().nth(digit as usize));
    number.to_string().chars().filter_map(digit).collect()
}

fn cased(written: Option<String>, small: bool) -> Option<String> {
    written.map(|written| if small { written.to_lowercase() } else { written })
}

fn roman(number: u32) -> Option<String> {
    const VALUES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    (1..=MOST_ROMAN).contains(&number).then_some(())?;
    let mut left = number;
    let mut written = String::new();
    for (value, letters) in VALUES {
        while left >= value {
            left -= value;
            written.push_str(letters);
        }
    }
    Some(written)
}

/// A to Z, then AA to ZZ, then AAA: one letter, repeated.
fn letters(number: u32) -> Option<String> {
    let index = number.checked_sub(1)?;
    let times = index / 26 + 1;
    let letter = char::from_u32(u32::from('A') + index % 26)?;
    (times <= MOST_LETTERS).then(|| String::from(letter).repeat(times as usize))
}

/// A number below ten thousand as it is read; a higher one digit by digit.
fn chinese(number: u32, written: &str, units: &str) -> String {
    if number == 0 || number > 9_999 {
        return digits(number, written);
    }
    let digit = |value: u32| written.chars().nth(value as usize).unwrap_or_default();
    let mut text = String::new();
    let mut gap = false;
    for power in (0..4_u32).rev() {
        let value = number / 10_u32.pow(power) % 10;
        if value == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        // 十 and 十五, not 一十 and 一十五.
        let is_bare_ten = power == 1 && value == 1 && text.is_empty();
        if !is_bare_ten {
            text.push(digit(value));
        }
        if let Some(unit) = power.checked_sub(1).and_then(|unit| units.chars().nth(unit as usize)) {
            text.push(unit);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Numerals;

    #[test]
    fn numbers_are_written_as_they_are_printed() {
        let written = |format: &str, numbers: &[u32]| {
            let numerals = Numerals::of_format(format).unwrap();
            numbers.iter().map(|number| numerals.write(*number)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            written("chineseCountingThousand", &[1, 10, 11, 20, 21, 100, 101, 110, 115, 1001]),
            "一 十 十一 二十 二十一 一百 一百零一 一百一十 一百一十五 一千零一"
        );
        assert_eq!(written("upperRoman", &[1, 4, 9, 14, 1990]), "I IV IX XIV MCMXC");
        assert_eq!(written("lowerLetter", &[1, 26, 27, 53]), "a z aa aaa");
        assert_eq!(
            written("decimalEnclosedCircleChinese", &[1, 20, 21, 36, 50, 51]),
            "① ⑳ ㉑ ㊱ ㊿ 51"
        );
        assert_eq!(written("ideographTraditional", &[1, 10, 11]), "甲 癸 11");
        assert_eq!(written("chineseLegalSimplified", &[1, 11]), "壹 拾壹");
        assert_eq!(written("ideographDigital", &[10, 21]), "一〇 二一");
        assert_eq!(written("decimalZero", &[3, 12]), "03 12");
        assert_eq!(written("decimalFullWidth", &[12]), "１２");
        assert_eq!(written("unheardOf", &[3]), "3");
        assert_eq!(Numerals::of_format("bullet"), None);
    }

    #[test]
    fn the_highest_number_takes_no_room() {
        for format in ["upperRoman", "lowerLetter", "chineseCounting", "ideographTraditional"] {
            let written = Numerals::of_format(format).unwrap().write(u32::MAX);
            assert!(written.chars().count() <= 10, "{written}");
        }
    }
}
