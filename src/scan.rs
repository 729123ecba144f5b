//! Looking for bytes that are rare, many at a time: texts are looked over on every page and in every
//! file, and nearly all of what is looked at is plain.

/// Blocks of so many bytes are looked at together.
const TOGETHER: usize = 16;

/// Where the first byte stands that is `wanted`. To be fast, `wanted` should compare with a few
/// bytes, without a branch.
pub fn first(text: &[u8], wanted: impl Fn(u8) -> bool + Copy) -> Option<usize> {
    let (blocks, rest) = text.as_chunks::<TOGETHER>();
    let from = blocks.iter().take_while(|block| is_plain(block, wanted)).count() * TOGETHER;
    if from == text.len() - rest.len() {
        // The last block goes back over bytes that were seen.
        let is_rest_plain = match (text.last_chunk::<TOGETHER>(), rest.first_chunk::<8>()) {
            _ if rest.is_empty() => true,
            (Some(last), _) => is_plain(last, wanted),
            (None, Some(begin)) => {
                is_plain(begin, wanted)
                    && rest.last_chunk::<8>().is_none_or(|end| is_plain(end, wanted))
            }
            (None, None) => false,
        };
        if is_rest_plain {
            return None;
        }
    }
    text[from..].iter().position(|byte| wanted(*byte)).map(|at| from + at)
}

/// Tells whether no byte of a block is wanted. By itself, the compiler looks at all of them at once;
/// as a part of something else it does not.
#[inline(never)]
fn is_plain<const N: usize>(block: &[u8; N], wanted: impl Fn(u8) -> bool) -> bool {
    !block.iter().fold(false, |any, byte| any | wanted(*byte))
}

#[cfg(test)]
mod tests {
    use super::first;
    use proptest::prelude::{any, prop, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn the_first_is_found_wherever_it_stands(
            text in prop::collection::vec(any::<u8>(), 0..80),
            wanted in any::<[u8; 3]>(),
        ) {
            let is_wanted = |byte: u8| (byte == wanted[0]) | (byte == wanted[1]) | (byte < wanted[2] / 8);
            prop_assert_eq!(first(&text, is_wanted), text.iter().position(|byte| is_wanted(*byte)));
        }
    }
}
