//! One spelling for the many ways a phrase is typed.

/// The brackets a phrase may be wrapped in, folded.
const BRACKETS: [(char, char); 9] = [
    ('(', ')'),
    ('[', ']'),
    ('{', '}'),
    ('【', '】'),
    ('〔', '〕'),
    ('「', '」'),
    ('《', '》'),
    ('“', '”'),
    ('"', '"'),
];

/// Folds a phrase: no blanks, no wrapping brackets, no stop at the end; narrow digits;
/// `-` for a dash or tilde, `至` for 到, `,` for what joins parts; simplified characters.
///
/// A blank between two digits stays, so that `1 2月` is not taken for 12月.
pub(super) fn fold(text: &str) -> String {
    let text = unwrap(text);
    let mut folded = String::with_capacity(text.len());
    let mut last = '\0';
    let mut blank = false;
    for letter in text.chars().map(fold_char) {
        match letter {
            ' ' => blank = true,
            '-' | ',' if letter == last => blank = false,
            _ => {
                if blank && letter.is_ascii_digit() && last.is_ascii_digit() {
                    folded.push(' ');
                }
                folded.push(letter);
                last = letter;
                blank = false;
            }
        }
    }
    folded
}

/// Folds one character; every kind of blank becomes a space.
pub(in crate::plan) fn fold_char(letter: char) -> char {
    match letter {
        '0'..='9' | '月' | '日' | '年' => letter,
        '\u{FF01}'..='\u{FF5E}' => {
            let narrow = u32::from(letter) - 0xFEE0;
            char::from_u32(narrow).map_or(letter, fold_char)
        }
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '─' | '━' | '﹣' | '﹘' | '~' | '〜' | '∼'
        | '˜' | '⁓' | '〰' => '-',
        '到' => '至',
        '、' | ';' | '﹑' | '､' | '和' | '及' | '与' | '與' => ',',
        '。' | '｡' => '.',
        '○' | '◯' | '零' | 'O' => '〇',
        '⽉' => '月',
        '⽇' => '日',
        '⼀' => '一',
        '⼆' => '二',
        '⼋' => '八',
        '⼗' => '十',
        '適' => '适',
        '時' => '时',
        '擇' => '择',
        '機' => '机',
        '長' => '长',
        '貫' => '贯',
        '態' => '态',
        '續' => '续',
        '視' => '视',
        '況' => '况',
        '間' => '间',
        '學' => '学',
        '個' => '个',
        '號' => '号',
        '週' => '周',
        '兩' => '两',
        '後' => '后',
        '開' => '开',
        '內' => '内',
        '從' => '从',
        '來' => '来',
        '當' => '当',
        '終' => '终',
        '歲' => '岁',
        '約' => '约',
        '預' => '预',
        '計' => '计',
        '暫' => '暂',
        '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' => ' ',
        blank if blank.is_whitespace() => ' ',
        other => other,
    }
}

/// Takes off outer blanks, wrapping brackets and the stop at the end, as often as there
/// are any.
fn unwrap(mut text: &str) -> &str {
    let blank = |letter| fold_char(letter) == ' ';
    let stop = |letter| matches!(letter, ';' | '；') || matches!(fold_char(letter), ' ' | '.');
    loop {
        text = text.trim_start_matches(blank).trim_end_matches(stop);
        match inside(text) {
            Some(inner) => text = inner,
            None => return text,
        }
    }
}

/// Returns what a pair of brackets holds, if the text is wrapped in one.
fn inside(text: &str) -> Option<&str> {
    let mut letters = text.chars();
    let pair = (fold_char(letters.next()?), fold_char(letters.next_back()?));
    BRACKETS.contains(&pair).then_some(letters.as_str())
}
