//! Tables of the characters that occur on a site: how else they are written, and how they are read.

use super::fold;
use pinyin::ToPinyinMulti;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Characters that occur, folded: one bit a UTF-16 unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Characters(Vec<u64>);

impl Default for Characters {
    fn default() -> Self {
        Self(vec![0; 1 << 10])
    }
}

impl Characters {
    /// Adds a folded unit.
    pub fn insert(&mut self, unit: u16) {
        self.0[usize::from(unit >> 6)] |= 1 << (unit & 63);
    }

    /// Adds all of others.
    pub fn extend(&mut self, others: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&others.0) {
            *mine |= theirs;
        }
    }

    fn holds(&self, unit: u16) -> bool {
        self.0[usize::from(unit >> 6)] >> (unit & 63) & 1 > 0
    }

    fn has(&self, character: char) -> bool {
        u16::try_from(u32::from(character)).is_ok_and(|unit| self.holds(unit))
    }

    /// All units in order.
    pub fn units(&self) -> impl Iterator<Item = u16> + '_ {
        self.0.iter().zip(0_u16..).flat_map(|(bits, at)| {
            let mut left = *bits;
            std::iter::from_fn(move || {
                let bit = (left != 0).then(|| left.trailing_zeros())?;
                left &= left - 1;
                u16::try_from(bit).ok().map(|bit| at << 6 | bit)
            })
        })
    }

    /// The characters in order; halves of pairs are none.
    fn iter(&self) -> impl Iterator<Item = char> + '_ {
        self.units().filter_map(|unit| char::from_u32(u32::from(unit)))
    }

    /// Simplified characters, each with the traditional ones that are folded to it: `医醫 疗療`.
    pub fn variants(&self) -> String {
        let occurs = |(traditional, simplified): (u16, u16)| {
            let [simplified, traditional] =
                [simplified, traditional].map(|unit| char::from_u32(u32::from(unit)));
            Some((simplified.filter(|character| self.has(*character))?, traditional?))
        };
        let mut variants: Vec<(char, char)> = fold::variants().filter_map(occurs).collect();
        variants.sort_by_key(|(simplified, _)| *simplified);
        let mut text = String::with_capacity(variants.len() * 10);
        for of_one in variants.chunk_by(|(one, _), (other, _)| one == other) {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push(of_one[0].0);
            text.extend(of_one.iter().map(|(_, traditional)| traditional));
        }
        text
    }

    /// Every syllable with the characters that are read so, all readings of each: `ba八把拔 bai百`. ü
    /// is v; lüe and nüe are also lue and nue, as people type them. Syllables without a character
    /// are there, too, since they tell what can be read as syllables and what is initials.
    pub fn readings(&self) -> String {
        let mut read: BTreeMap<&str, String> =
            SYLLABLES.split_whitespace().map(|syllable| (syllable, String::new())).collect();
        for character in self.iter() {
            for syllable in syllables_of(character) {
                let characters = read.entry(syllable).or_default();
                if !characters.ends_with(character) {
                    characters.push(character);
                }
            }
        }
        let mut syllables: BTreeMap<String, String> = BTreeMap::new();
        for (syllable, characters) in read {
            let spellings = [syllable.replace('ü', "v"), syllable.replace("üe", "ue")];
            let mut spellings: Vec<String> =
                spellings.into_iter().filter(|s| s.is_ascii()).collect();
            spellings.dedup();
            for spelling in spellings {
                syllables.entry(spelling).or_default().push_str(&characters);
            }
        }
        let mut text = String::new();
        for (syllable, characters) in syllables {
            let blank = if text.is_empty() { "" } else { " " };
            let _ = write!(text, "{blank}{syllable}{characters}");
        }
        text
    }
}

/// The readings of a character, without tones. Grunts such as ng and hm are no syllables that anybody
/// types.
fn syllables_of(character: char) -> impl Iterator<Item = &'static str> {
    let readings = character.to_pinyin_multi().into_iter().flatten();
    readings
        .map(|reading| reading.plain())
        .filter(|plain| plain.contains(['a', 'e', 'i', 'o', 'u', 'ü']))
}

/// Every syllable that a character of the basic block is read as. To ask each of 20,902 characters
/// takes longer than to build a small site.
const SYLLABLES: &str = "\
    a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can \
    cang cao ce cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai \
    chuan chuang chui chun chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei den \
    deng di dia dian diao die ding diu dong dou du duan dui dun duo e ei en eng er fa fan fang \
    fei fen feng fiao fo fou fu ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan \
    guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui \
    hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan kang kao \
    ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei len \
    leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lü lüe ma mai man \
    mang mao me mei men meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne \
    nei nen neng ni nian niang niao nie nin ning niu nong nou nu nuan nun nuo nü nüe o ou pa \
    pai pan pang pao pei pen peng pi pian piao pie pin ping po pou pu qi qia qian qiang qiao \
    qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong rou ru rua ruan \
    rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng \
    shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai \
    tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan \
    wang wei wen weng wo wu xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya \
    yan yang yao ye yi yin ying yo yong you yu yuan yue yun za zai zan zang zao ze zei zen \
    zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan \
    zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo";

#[cfg(test)]
mod tests {
    use super::{Characters, SYLLABLES, syllables_of};
    use crate::search::fold::fold;
    use std::collections::BTreeSet;

    #[test]
    fn the_list_of_syllables_has_all_that_characters_of_the_basic_block_are_read_as() {
        let read: BTreeSet<&str> = ('\u{4e00}'..='\u{9fa5}').flat_map(syllables_of).collect();
        assert_eq!(SYLLABLES.split_whitespace().collect::<BTreeSet<_>>(), read);
    }

    fn characters(text: &str) -> Characters {
        let mut characters = Characters::default();
        fold(text).for_each(|unit| characters.insert(unit));
        characters
    }

    /// The syllables that have a character, each with its characters.
    fn readings(text: &str) -> String {
        let readings = characters(text).readings();
        let read = readings.split(' ').filter(|group| !group.is_ascii());
        read.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn only_characters_that_occur_are_in_the_tables() {
        assert_eq!(characters("醫ABC，。").variants(), "医醫");
        assert_eq!(readings("河KTV"), "he河");
        assert_eq!(readings("KTV 2021"), "");
    }

    #[test]
    fn a_character_stands_under_each_of_its_readings() {
        assert_eq!(readings("长"), "chang长 zhang长");
        assert_eq!(readings("行"), "hang行 heng行 xing行");
    }

    #[test]
    fn ü_is_typed_as_v_and_after_l_and_n_also_as_u_before_e() {
        assert_eq!(readings("绿"), "lu绿 lv绿");
        assert_eq!(readings("略"), "lue略 lve略");
    }

    #[test]
    fn the_syllables_of_the_language_are_known_even_if_none_occurs() {
        let readings = characters("").readings();
        let syllables: Vec<&str> = readings.split(' ').collect();
        assert!((400..440).contains(&syllables.len()), "{}", syllables.len());
        for syllable in ["a", "he", "zhuang", "lv", "er"] {
            assert!(syllables.contains(&syllable), "{syllable}");
        }
        assert!(syllables.iter().all(|syllable| syllable.len() <= 6));
    }
}
