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
    Audience, Item, Leaders, Month, Number, Offices, Place, Project, Remark, Section, Support,
    Task, When,
};

/// Names by column, in simplified characters.
const NAMES: [(Column, &[&str]); 13] = [
    (Number, &["序号", "编号", "序", "号"]),
    (
        Section,
        &["事项", "类别", "工作类别", "工作板块", "板块", "工作事项", "部分", "分类", "工作类型"],
    ),
    (Project, &["项目", "工作项目", "项目名称", "重点项目"]),
    (
        Item,
        &[
            "要点",
            "工作要点",
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
            "具体任务",
            "任务",
            "工作",
            "工作任务",
            "工作内容",
            "内容",
            "具体内容",
            "主要内容",
            "活动内容",
            "工作措施",
            "具体措施",
            "措施",
            "主要措施",
            "具体工作",
            "活动",
            "活动名称",
            "工作安排",
            "具体安排",
            "具体举措",
            "工作举措",
            "举措",
            "任务分解",
            "具体事项",
            "活动项目",
            "主要工作内容",
            "任务名称",
            "活动主题",
            "工作名称",
        ],
    ),
    (Month, &["月份", "月", "季度", "时段"]),
    (
        When,
        &[
            "完成时间",
            "完成时限",
            "开始时间",
            "结束时间",
            "起止时间",
            "活动日期",
            "时间",
            "时间节点",
            "时限",
            "时间安排",
            "活动时间",
            "进度安排",
            "完成期限",
            "日期",
            "期限",
            "工作时间",
            "时间进度",
            "完成日期",
            "时间要求",
            "计划时间",
            "举办时间",
            "实施时间",
            "开展时间",
            "拟定时间",
            "预计时间",
            "具体时间",
            "具体日期",
            "举行时间",
            "起止日期",
            "完成节点",
        ],
    ),
    (
        Leaders,
        &[
            "责任领导",
            "分管领导",
            "牵头领导",
            "责任人",
            "负责人",
            "分管主席",
            "主管领导",
            "领导",
            "责任主席",
            "负责领导",
            "主管主席",
            "分管负责人",
            "牵头人",
            "分管",
            "联系领导",
            "校领导",
            "分管校领导",
            "主要负责人",
            "责任人员",
            "负责同志",
            "负责主席",
        ],
    ),
    (
        Offices,
        &[
            "责任科室",
            "责任部门",
            "主办",
            "承办",
            "组织者",
            "牵头",
            "责任处室部门",
            "负责处室",
            "责任单位",
            "牵头单位",
            "牵头部门",
            "牵头科室",
            "部室",
            "责任部室",
            "承办单位",
            "承办部门",
            "承办科室",
            "科室",
            "部门",
            "主办单位",
            "主办部门",
            "主责部门",
            "主责单位",
            "负责部门",
            "负责科室",
            "负责单位",
            "单位",
            "组织单位",
            "牵头部室",
            "实施部门",
            "实施单位",
            "具体科室",
            "责任处室",
            "落实部门",
            "落实单位",
            "主办科室",
            "主办处室",
            "承办处室",
            "牵头处室",
            "主责科室",
            "经办科室",
            "经办部门",
        ],
    ),
    (
        Support,
        &[
            "配合单位",
            "协同单位",
            "配合部门",
            "配合科室",
            "协办单位",
            "协办部门",
            "协助部门",
            "协同部门",
            "参与单位",
            "配合部室",
            "协作单位",
            "协作部门",
            "协助单位",
            "协办科室",
            "参与部门",
            "配合",
            "协办",
            "协同",
        ],
    ),
    (
        Audience,
        &[
            "参加人员",
            "参加对象",
            "参与对象",
            "参与人员",
            "对象",
            "活动对象",
            "参加范围",
            "参与范围",
            "参会人员",
            "服务对象",
            "参加单位",
            "人员",
        ],
    ),
    (Place, &["地点", "活动地点", "举办地点", "场地"]),
    (
        Remark,
        &[
            "备注",
            "说明",
            "经费",
            "要求",
            "活动形式",
            "形式",
            "经费预算",
            "预算",
            "备考",
            "附注",
            "预期目标",
            "预期成效",
            "预期效果",
            "目标要求",
            "工作要求",
            "工作标准",
            "完成标准",
            "考核指标",
            "成果形式",
            "活动规模",
            "规模",
            "人数",
            "参加人数",
            "完成情况",
            "落实情况",
            "进展情况",
        ],
    ),
];

/// What a column of that name holds.
pub fn named(name: &str) -> Option<Column> {
    if name.chars().count() > 24 {
        return None;
    }
    let plain = plain(name);
    // 责任领导（签字）, 完成时间：
    let bare = plain.trim_matches(['(', ')', ':']);
    let bare = bare.split('(').next().unwrap_or(bare);
    let is_named = |names: &&[&str]| names.contains(&bare);
    let known = NAMES.iter().find(|(_, names)| is_named(names)).map(|(column, _)| *column);
    known.or_else(|| composed(bare))
}

/// A name that is put together as such names are: 具体负责人, 主要承办单位.
fn composed(bare: &str) -> Option<Column> {
    const KINDS: [(Column, &[&str]); 4] = [
        (Task, &["内容", "措施", "举措"]),
        (Leaders, &["负责人", "责任人", "领导", "主席"]),
        (When, &["时间", "日期", "时限", "期限"]),
        (Offices, &["部门", "单位", "科室", "部室", "处室", "股室"]),
    ];
    const DOES: [&str; 9] =
        ["责任", "负责", "牵头", "主办", "承办", "主责", "主管", "分管", "实施"];
    const HELPS: [&str; 6] = ["配合", "协助", "协办", "协同", "参与", "支持"];
    const ANY: [&str; 11] =
        ["具体", "主要", "活动", "工作", "计划", "预计", "任务", "项目", "重点", "推进", "落实"];
    let (column, before) = KINDS.iter().find_map(|(column, ends)| {
        let before = ends.iter().find_map(|end| bare.strip_suffix(end))?;
        Some((*column, before))
    })?;
    let rest = ANY.iter().find_map(|word| before.strip_prefix(word)).unwrap_or(before);
    let does = rest.is_empty() && column != Offices || DOES.contains(&rest);
    match column {
        Offices if HELPS.contains(&rest) => Some(Support),
        _ if before.is_empty() => None,
        _ => does.then_some(column),
    }
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
        for text in ["一、强化政治引领", "各分工会负责人", "有关部门", "休息时间"]
        {
            assert_eq!(named(text), None, "{text}");
        }
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
