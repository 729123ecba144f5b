//! Chinese surnames, by which a person's name is told from an office's where both may stand.

use super::plausible;

/// The surnames of one character that nine in ten people have, by how common they are (Ministry of
/// Public Security, National Names Report 2020, and the next ones of the 2010 census).
const SINGLE: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶\
    程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武\
    钱戴严莫孔向常汤康易乔赖文施洪庞樊殷翟颜倪温芦季俞章鲁葛伍申尤毕聂柳邢岳齐梅庄辛管祝左涂谷祁舒耿牟卜\
    路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍霍翁隋植甘景薄单包司柏宁柯阮桂闵阎葉陳張劉楊黃趙吳孫馬羅\
    鄭謝許韓鄧馮蕭蔣蘇呂盧譚陸範賈鄒賀顧龔邵萬錢嚴莊湯喬賴傅佟冉冷丛岑佘巫奚戚梵符蓝蒙窦滕漆褚虞葉解谌邬郁郎\
    鄢阙车练晏楚敖桑丘凤初卓占诸宗官宫尚屠展岩帅应房揭束杭栾楼池沙涂焦牛狄瞿简粟缪翦艾苟荆蒲蔚边迟闻靖竺桓鞠边\
    仇匡幸普臧喻肇隆雍";

/// Surnames of two characters.
const DOUBLE: [&str; 16] = [
    "欧阳", "上官", "司马", "诸葛", "皇甫", "司徒", "慕容", "令狐", "尉迟", "夏侯", "东方", "端木",
    "公孙", "轩辕", "长孙", "歐陽",
];

/// Words of two or three characters that begin as a name does.
const WORDS: [&str; 25] = [
    "安全", "文艺", "文体", "文明", "文化", "高校", "高中", "江西", "江苏", "金秋", "金融", "金额",
    "常态", "常年", "成果", "成人", "成教", "程序", "章程", "项目", "方案", "康复", "康乐", "应届",
    "经费",
];

/// Whether a name looks as a Chinese person's: a surname and one or two characters more.
pub fn is_person(name: &str) -> bool {
    let count = name.chars().count();
    let is_double = DOUBLE.iter().any(|surname| name.starts_with(surname));
    let length = if is_double { 3..=4 } else { 2..=3 };
    let is_single = name.chars().next().is_some_and(|first| SINGLE.contains(first));
    (is_double || is_single)
        && length.contains(&count)
        && plausible::is_leader(name)
        && !plausible::ends_as_office(name)
        && !WORDS.iter().any(|word| name.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::is_person;

    #[test]
    fn persons_are_told_from_offices_and_words() {
        for name in ["张三", "李秀英", "欧阳俊", "诸葛孔明", "章敏", "陳大文"] {
            assert!(is_person(name), "{name}");
        }
        for name in [
            "宣教科",
            "文体部",
            "高校",
            "金秋",
            "江西省",
            "各分会",
            "五月",
            "张三丰四五",
            "安全办",
            "项目组",
            "陶艺社",
            "党委",
            "王",
        ] {
            assert!(!is_person(name), "{name}");
        }
    }
}
