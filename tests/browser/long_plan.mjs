// A plan that strains a page: three times as long as the shipped one, with names of forty
// characters wherever a name may stand, and with every kind of progress.

const SECTIONS = 12;
const ITEMS_A_SECTION = 4;
const TASKS_AN_ITEM = 2;
const NAME = 40; // characters

const phrases = [
  "深入开展新时代产业工人队伍建设改革",
  "组织教职工参加全省高等学校气排球联赛",
  "落实困难教职工常态化帮扶与走访慰问制度",
  "完善二级单位教职工代表大会提案办理机制",
  "推进校园健康驿站和心理服务平台规范运行",
  "举办青年教师教学竞赛并做好选拔推荐工作",
];
const when = [
  "全年",
  "1月",
  "3-5月",
  "3月8日",
  "上半年",
  "5月",
  "6月底前",
  "适时",
  "9月、11月",
  "10月中旬",
  "每月",
  "12月",
];
const statuses = ["planned", "underway", "done", "postponed", "cancelled"];

/** A name of exactly forty characters, another one for each number. */
function name(number, ending = "") {
  let text = "";
  for (let next = number; text.length < NAME; next++) text += phrases[next % phrases.length];
  const tail = `第${number}项${ending}`;
  return text.slice(0, NAME - tail.length) + tail;
}

const officeIds = ["general", "publicity", "women", "welfare", "sports"];
const offices = officeIds.map((id, number) => ({
  id,
  name: number ? name(number, "办公室") : "综合科",
}));
const leaders = ["何频", "欧阳修远", "阿卜杜拉·买买提明·吐尔逊"].map((person, number) => ({
  id: `leader-${number}`,
  name: person,
}));

/** The files of a root, by path. JSON is YAML, too. */
export function longPlan() {
  let number = 0;
  const updates = [];
  const sections = counted(SECTIONS, (section) => ({
    title: name(section + 100, "部分"),
    items: counted(ITEMS_A_SECTION, (item) => ({
      title: name(section * ITEMS_A_SECTION + item + 200, "要点"),
      text: phrases.map((phrase) => `${phrase}，做到年初有部署、年中有检查、年底有总结。`).join(""),
      tasks: counted(TASKS_AN_ITEM, () => task(number++, updates)),
    })),
  }));
  const title = "海峡科技大学工会2021年度工作要点和任务分解";
  const plan = {
    title,
    issued: "2021-03-01",
    document_number: "海科工〔2021〕12号",
    schedule_title: `${title}安排表（含各二级单位分工会）`,
    overview: phrases.join("；"),
    notice: { title: `关于印发《${title}》的通知`, to: "各分工会", text: "请遵照执行。" },
    sections,
  };
  const union = {
    name: "中国教育工会海峡科技大学委员会",
    short_name: "海峡科技大学工会",
    offices,
    leaders,
    everyone: "全体",
    contact: "综合科",
  };
  return {
    "data/union.yaml": JSON.stringify(union, null, 1),
    "data/2021/plan.yaml": JSON.stringify(plan, null, 1),
    "data/2021/updates.yaml": JSON.stringify(updates, null, 1),
  };
}

/** A task; every fourth has an activity, every other one has been reported on. */
function task(number, updates) {
  const made = {
    id: `task-${number}`,
    task: name(number),
    when: when[number % when.length],
    leader: leaders[number % leaders.length].name,
    office: number % 7 ? offices[number % offices.length].name : "全体",
    support: offices[(number + 1) % offices.length].name,
    audience: "全校教职工会员",
    remark: name(number + 300),
  };
  if (number % 4 === 0) {
    const month = 1 + (number % 12);
    made.when = "适时";
    made.activities = [{ id: `activity-${number}`, name: made.task, when: `${month}月` }];
  }
  if (number % 2 === 0) {
    updates.push({
      on: "2021-05-0" + (1 + (number % 9)),
      about: number % 4 ? made.id : made.activities[0].id,
      status: statuses[(number / 2) % statuses.length],
      place: "北校区体育馆二层东侧羽毛球场地",
      text: `${phrases[number % phrases.length]}。`,
      link: `https://www.example.edu.cn/gonghui/2021/${"long-path-".repeat(6)}${number}.html`,
    });
  }
  return made;
}

function counted(count, make) {
  return Array.from({ length: count }, (_, index) => make(index));
}
