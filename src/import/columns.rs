//! The columns of a schedule by the names that unions give them.

use super::lines::plain;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// 序号
    Number,
    /// 事项: the section.
    Section,
    /// 项目: what stands between section and item, or is one of them.
    Project,
    /// 要点: the item.
    Item,
    /// 具体任务
    Task,
    /// 月份: the month of all rows that it goes down, or a time as any other.
    Month,
    /// 完成时间
    When,
    /// 责任领导
    Leaders,
    /// 责任科室
    Offices,
    /// 责任部门及责任人: leaders and offices in one cell.
    Both,
    /// 配合单位
    Support,
    /// 参加人员
    Audience,
    /// 地点
    Place,
    /// 备注, and what else there is to say: 预期目标
    Remark,
}

use Column::{
    Audience, Both, Item, Leaders, Month, Number, Offices, Place, Project, Remark, Section,
    Support, Task, When,
};

/// Names by column that do not tell by their words what they are, or tell another thing than these
/// would, in simplified characters.
const NAMES: [(Column, &[&str]); 13] = [
    (Number, &["序号", "编号", "序", "号"]),
    (Section, &["部分"]),
    (Project, &["事项", "工作事项", "项目", "工作项目", "项目名称", "重点项目"]),
    (
        Item,
        &[
            "要点",
            "工作要点",
            "主题",
            "办什么",
            "做什么",
            "重点工作",
            "主要工作",
            "重点任务",
            "主要任务",
            "工作重点",
            "重点事项",
            "目标任务",
            "工作目标",
        ],
    ),
    (
        Task,
        &[
            "任务",
            "工作",
            "内容",
            "措施",
            "活动",
            "举措",
            "任务分解",
            "活动项目",
            "活动主题",
            "具体安排",
            "工作安排",
            "怎么办",
            "怎么做",
        ],
    ),
    (Month, &["月份", "月", "季度", "时段"]),
    (
        When,
        &[
            "时间安排",
            "进度安排",
            "推进安排",
            "时间要求",
            "期限要求",
            "时间进度",
            "完成节点",
            "日程",
            "周次",
            "什么时候办",
            "何时办",
        ],
    ),
    (Leaders, &["领导", "校领导", "分管", "分管校领导", "谁来管", "谁负责", "谁牵头"]),
    (
        Offices,
        &[
            "主办",
            "承办",
            "牵头",
            "组织者",
            "主责",
            "经办",
            "谁来办",
            "谁承办",
            "部门",
            "单位",
            "科室",
            "部室",
            "责任处室部门",
            "具体科室",
        ],
    ),
    (Both, &["责任分工", "任务分工", "责任主体", "责任方", "责任者"]),
    (Support, &["配合", "协办", "协同", "协助", "协作"]),
    (Audience, &["对象", "参加单位", "人员"]),
    (Remark, &["备考", "附注", "要求", "形式", "经费", "参加人数"]),
];

/// The longest name that nobody else uses, in characters.
const LONGEST: usize = 6;

/// What a column of that name holds.
pub fn named(name: &str) -> Option<Column> {
    if name.chars().count() > 24 {
        return None;
    }
    let plain = plain(name);
    // 完成时间：
    let whole = plain.trim_matches(['(', ')', ':']);
    // 责任领导（签字）, 责任部门（责任人）
    let (bare, inner) = whole.split_once('(').unwrap_or((whole, ""));
    let inner = single(inner.trim_end_matches(')'));
    // 谁来办（部室）
    let explains = plain.ends_with(')') && bare.chars().count() <= LONGEST;
    let explained = inner.filter(|_| explains);
    single(bare).map(|column| both(column, inner)).or(explained).or_else(|| {
        let (first, second) = bare.split_once(['及', '和', '与', '、', '/', '或'])?;
        Some(both(single(first)?, Some(single(second)?)))
    })
}

/// Whether a column of remarks is named no more than that; what another one says goes with its name.
pub fn is_plain_remark(name: &str) -> bool {
    ["备注", "说明", "备考", "附注"].contains(&plain(name).as_str())
}

/// What the columns of a header hold. Between names that are known there may be some that nobody
/// else uses; what these end with tells: 包片领导.
pub fn of(header: &[String]) -> Vec<Option<Column>> {
    let known: Vec<Option<Column>> = header.iter().map(|name| named(name)).collect();
    if known.iter().flatten().count() < 2 {
        return known;
    }
    let any = |(name, known): (&String, Option<Column>)| known.or_else(|| any(name));
    header.iter().zip(known).map(any).collect()
}

/// What a name of any words holds that stands between others in a header, by its end.
pub fn any(name: &str) -> Option<Column> {
    let plain = plain(name);
    if plain.chars().count() > LONGEST || plain.chars().any(|c| !c.is_alphabetic()) {
        return None;
    }
    if ["何时", "几时", "几月", "什么时候"].iter().any(|word| plain.contains(word)) {
        return Some(When);
    }
    let bare = plain.strip_suffix("名称").unwrap_or(&plain);
    let is_named = bare.len() < plain.len();
    let helps = HELPS.iter().any(|word| plain.contains(word));
    let (column, _) = ENDS.iter().find(|(column, ends)| {
        !matches!(column, Number | Task | Remark)
            && ends.iter().any(|end| bare.ends_with(end) && (is_named || bare != *end))
    })?;
    Some(if helps && *column == Offices { Support } else { *column })
}

/// What two names of one column come to.
fn both(column: Column, other: Option<Column>) -> Column {
    match (column, other) {
        (Leaders, Some(Offices)) | (Offices, Some(Leaders)) => Both,
        _ => column,
    }
}

/// What a column of a single name holds.
fn single(name: &str) -> Option<Column> {
    let is_named = |names: &&[&str]| names.contains(&name);
    let known = NAMES.iter().find(|(_, names)| is_named(names)).map(|(column, _)| *column);
    known.or_else(|| composed(name))
}

/// What a name ends with says what its column holds.
const ENDS: [(Column, &[&str]); 11] = [
    (Section, &["类别", "板块", "分类", "类型", "模块", "领域", "条线"]),
    (Project, &["项目", "工程", "主题"]),
    (Item, &["要点", "重点"]),
    (Place, &["地点", "场地", "场所"]),
    (When, &["时间节点", "时间", "日期", "时限", "期限", "月份"]),
    (Audience, &["对象", "范围", "人员", "人群"]),
    (
        Offices,
        &[
            "部门",
            "单位",
            "科室",
            "部室",
            "处室",
            "股室",
            "小组",
            "机构",
            "分工会",
            "协会",
            "支部",
            "组别",
            "组",
            "者",
        ],
    ),
    (Leaders, &["领导", "主席", "同志", "委员", "书记", "人员", "人"]),
    (
        Task,
        &["内容", "措施", "举措", "任务", "事项", "名称", "工作", "做法", "步骤", "路径", "活动"],
    ),
    (
        Remark,
        &[
            "备注", "说明", "形式", "方式", "标准", "要求", "目标", "成效", "效果", "成果", "指标",
            "情况", "预算", "经费", "规模", "人数", "标志",
        ],
    ),
    (Number, &["序号", "编号"]),
];

/// Words before these that say who answers for it.
const DOES: [&str; 24] = [
    "责任", "负责", "牵头", "主办", "承办", "主责", "主管", "分管", "实施", "组织", "落实", "经办",
    "联系", "归口", "承担", "挂钩", "包抓", "主抓", "包联", "筹办", "执行", "督办", "挂点", "主持",
];

/// Words that say who helps.
const HELPS: [&str; 9] = ["配合", "协助", "协办", "协同", "协作", "参与", "支持", "支撑", "会办"];

/// Words that say who it is for.
const JOINS: [&str; 5] = ["参加", "参与", "参会", "服务", "活动"];

/// Words that say no more than that it is a plan's column.
const ANY: [&str; 33] = [
    "具体", "主要", "活动", "工作", "计划", "预计", "任务", "项目", "重点", "推进", "落实", "完成",
    "举办", "开展", "举行", "实施", "起止", "开始", "结束", "拟定", "预期", "年度", "考核", "进展",
    "部门", "科室", "进度", "备注", "成果", "经费", "目标", "预定", "实际",
];

/// A name that is put together as such names are: 具体负责人, 主要承办单位, 起止时间.
fn composed(bare: &str) -> Option<Column> {
    ENDS.iter().find_map(|(column, ends)| {
        let before = ends.iter().find_map(|end| bare.strip_suffix(end))?;
        let words = words(before)?;
        let has = |these: &[&str]| words.iter().any(|word| these.contains(word));
        match column {
            Offices if has(&HELPS) => Some(Support),
            Offices | Leaders => has(&DOES).then_some(*column),
            Audience => has(&JOINS).then_some(*column),
            Task => (!words.is_empty() && !has(&HELPS)).then_some(*column),
            // Only what nobody else uses: 实事项目.
            Project | Item => None,
            _ => (!has(&HELPS)).then_some(*column),
        }
    })
}

/// Takes a name apart into words that columns are named with.
fn words(name: &str) -> Option<Vec<&'static str>> {
    let known = || [&DOES[..], &HELPS, &JOINS, &ANY].into_iter().flatten();
    let mut words = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let word = known().find(|word| rest.starts_with(**word))?;
        words.push(*word);
        rest = &rest[word.len()..];
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::{Column, named};

    #[test]
    fn names_are_known_however_they_are_spaced_and_written() {
        assert_eq!(named("要  点"), Some(Column::Item));
        assert_eq!(named("具 体 任 务"), Some(Column::Task));
        assert_eq!(named("完成\n时间"), Some(Column::When));
        assert_eq!(named("責任領導："), Some(Column::Leaders));
        assert_eq!(named("备注（经费）"), Some(Column::Remark));
        assert_eq!(named("协同单位"), Some(Column::Support));
        assert_eq!(named("具体负责人"), Some(Column::Leaders));
        assert_eq!(named("主要承办单位"), Some(Column::Offices));
        assert_eq!(named("工作配合部门"), Some(Column::Support));
        assert_eq!(named("任务内容"), Some(Column::Task));
        assert_eq!(named("预计举办时间"), Some(Column::When));
        assert_eq!(named("承办小组"), Some(Column::Offices));
        assert_eq!(named("责任部门及责任人"), Some(Column::Both));
        assert_eq!(named("责任单位（责任人）"), Some(Column::Both));
        assert_eq!(named("负责人/负责部门"), Some(Column::Both));
        assert_eq!(named("责任领导（签字）"), Some(Column::Leaders));
        assert_eq!(named("责任部门负责人"), Some(Column::Leaders));
        assert_eq!(named("协办分工会"), Some(Column::Support));
        assert_eq!(named("附註"), Some(Column::Remark));
        assert_eq!(named("归口部门"), Some(Column::Offices));
        assert_eq!(named("活动场所"), Some(Column::Place));
        assert_eq!(named("参会人员"), Some(Column::Audience));
        assert_eq!(named("工作进展情况"), Some(Column::Remark));
        for text in [
            "一、强化政治引领",
            "各分工会负责人",
            "有关部门",
            "休息时间",
            "组织部",
            "全体人员",
            "体育部",
            "工会主席",
        ] {
            assert_eq!(named(text), None, "{text}");
        }
    }

    #[test]
    fn names_that_nobody_else_uses_are_known_beside_others() {
        let of = |names: &str| {
            let names: Vec<String> = names.split(' ').map(str::to_owned).collect();
            super::of(&names)
        };
        assert_eq!(
            of("任务 何时完成 包片领导 帮带科室 面向人群 备注"),
            [
                Some(Column::Task),
                Some(Column::When),
                Some(Column::Leaders),
                Some(Column::Offices),
                Some(Column::Audience),
                Some(Column::Remark),
            ]
        );
        assert_eq!(of("包片领导 帮带科室"), [None, None]);
    }

    #[test]
    fn no_name_stands_for_two_columns() {
        let all: Vec<&str> = super::NAMES.iter().flat_map(|(_, names)| *names).copied().collect();
        let mut once = all.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), all.len());
    }
}
