// A plan as its pages show it: tasks and activities filed under months, offices and leaders. Pages
// carry what differs between them; templates make the rest from the plan.

export const DIGITS = "〇一二三四五六七八九";
const ROOMS = ["sections", "items", "months", "activities", "offices", "leaders"];

export function escape(text) {
  return /[&<>"']/.test(text)
    ? text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
    : text;
}

// A title whose phrases are short enough to break only between them.
export function keeps(title) {
  return title.split(/[，、；：。— ·”》）]/).every((phrase) => phrase.length <= 10);
}

// The ways from a folder of a plan to its other folders, its union's home and the site's root.
function ways(base, year, room) {
  const up = room === "" ? "" : "../";
  const at = { top: up };
  for (const other of ROOMS) at[other] = other === room ? "" : `${up}${other}/`;
  at.home = `${up}../`;
  at.root = at.home + (base ? "../../" : "");
  return at;
}

function homeWays(base, year) {
  const at = { top: `${year}/`, home: "", root: base ? "../../" : "" };
  for (const other of ROOMS) at[other] = `${year}/${other}/`;
  return at;
}

export function planPages(frame, data) {
  const plan = view(frame, data);
  const folder = `${frame.base}${frame.year}/`;
  const top = ways(frame.base, frame.year, "");
  const room = Object.fromEntries(ROOMS.map((name) => [name, ways(frame.base, frame.year, name)]));
  const pages = [];
  const push = (kind, path, at, own) => pages.push({ kind, path: folder + path, at, plan, ...own });
  push("overview", "index.html", top);
  if (frame.current) {
    pages.push({
      kind: "overview",
      path: `${frame.base}index.html`,
      at: homeWays(frame.base, frame.year),
      plan,
    });
  }
  push("notice", "notice.html", top);
  push("schedule", "schedule.html", top);
  push("calendar", "calendar.html", top);
  push("offices", "offices.html", top);
  plan.sections.forEach((s, i) => push("section", `sections/${s.number}.html`, room.sections, { index: i }));
  plan.items.forEach((item, i) => push("item", `items/${item.number}.html`, room.items, { index: i }));
  plan.months.forEach((month, i) => push("month", `months/${month.name}.html`, room.months, { index: i }));
  plan.activities.forEach((a, i) => push("activity", `activities/${a.id}.html`, room.activities, { index: i }));
  plan.offices.forEach((o, i) => push("office", `offices/${o.id}.html`, room.offices, { index: i }));
  plan.leaders.forEach((l, i) => push("leader", `leaders/${l.id}.html`, room.leaders, { index: i }));
  const subscription = (path, whose, wanted) => push("subscription", path, null, { whose, wanted });
  subscription("calendar.ics", null, () => true);
  plan.offices.forEach((o) => subscription(`offices/${o.id}.ics`, o.name, (task) => task.everyone || o.wanted(task)));
  plan.leaders.forEach((l) => subscription(`leaders/${l.id}.ics`, l.name, l.wanted));
  return pages;
}

export function unionPages(union, main, hasBranches) {
  const frame = {
    union: union.file.value,
    base: union.base,
    parent: union.base ? main.short_name : null,
    branches: hasBranches,
    severalYears: union.years.length > 1,
    plans: union.plans.map((file) => file.pages[0].plan),
  };
  const at = { home: "", root: union.base ? "../../" : "" };
  const pages = [];
  if (frame.severalYears) pages.push({ kind: "years", path: `${union.base}years.html`, at, frame });
  if (!union.base) {
    pages.push({ kind: "missing", path: "404.html", at, frame });
    for (const kind of ["search", "accessibility"]) pages.push({ kind, path: `${kind}.html`, at, frame });
  }
  return pages;
}

function view(frame, data) {
  const { union, times } = frame;
  const plan = {
    ...frame,
    title: data.title,
    issued: data.issued,
    notice: data.notice,
    scheduleTitle: data.schedule_title,
    overview: paragraphs(data.overview),
    sections: [],
    items: [],
    tasks: [],
    activities: [],
    lanes: { "all-year": [], "as-appropriate": [] },
  };
  plan.name = data.title.slice(Math.max(0, data.title.indexOf(String(frame.year))));
  plan.months = Array.from({ length: 12 }, (_, i) => ({
    number: i + 1,
    name: String(i + 1).padStart(2, "0"),
    entries: [],
  }));
  const office = new Map(union.offices.map((o) => [o.name, o.id]));
  const leader = new Map(union.leaders.map((l) => [l.name, l.id]));
  for (const [number, source] of data.sections.entries()) {
    const section = { number: number + 1, numeral: DIGITS[number + 1], title: source.title, items: [], tasks: [] };
    plan.sections.push(section);
    for (const entry of source.items) {
      const item = {
        number: plan.items.length + 1,
        title: entry.title,
        text: paragraphs(entry.text),
        section,
        tasks: [],
      };
      plan.items.push(item);
      section.items.push(item);
      for (const [index, from] of entry.tasks.entries()) {
        const task = {
          kind: "task",
          id: `t${item.number}-${index + 1}`,
          title: from.task,
          when: times[from.when],
          leader: from.leader,
          leaderId: leader.get(from.leader),
          office: from.office,
          officeId: office.get(from.office),
          everyone: from.office === union.everyone,
          item,
          activities: [],
        };
        task.room = "items";
        task.page = `${item.number}.html#${task.id}`;
        for (const named of from.activities ?? []) {
          task.activities.push({
            kind: "activity",
            id: named.id,
            title: named.name,
            room: "activities",
            page: `${named.id}.html`,
            when: times[named.when],
            task,
            item,
          });
        }
        if (task.when.lane === "as-appropriate" && task.activities.length > 0) {
          const months = task.activities.flatMap((a) => a.when.months);
          const sorted = [...new Set(months)].sort((a, b) => a - b);
          const ruler = sorted.map((m) => `M${4 * (m - 1)} 0h3v6h-3z`).join("");
          task.when = { ...task.when, ruler };
        }
        plan.tasks.push(task);
        plan.activities.push(...task.activities);
        item.tasks.push(task);
        section.tasks.push(task);
      }
    }
  }
  file(plan);
  const duty = (wanted) => {
    const tasks = plan.tasks.filter(wanted);
    const activities = tasks.reduce((sum, task) => sum + task.activities.length, 0);
    return { wanted, count: tasks.length, activities };
  };
  plan.offices = union.offices.map((o) => ({ ...o, ...duty((task) => task.officeId === o.id) }));
  plan.leaders = union.leaders.map((l) => ({ ...l, ...duty((task) => task.leaderId === l.id) }));
  plan.shared = plan.tasks.filter((task) => task.everyone);
  return plan;
}

function file(plan) {
  for (const task of plan.tasks) {
    if (task.when.lane === "months") {
      for (const month of task.when.months) plan.months[month - 1].entries.push(task);
    } else {
      plan.lanes[task.when.lane].push(task);
    }
    for (const activity of task.activities) {
      for (const month of activity.when.months) plan.months[month - 1].entries.push(activity);
    }
  }
  for (const month of plan.months) month.entries.sort((a, b) => a.when.rank - b.when.rank);
}

function paragraphs(text) {
  return Array.isArray(text) ? text : text.split(/\n\n+/);
}
