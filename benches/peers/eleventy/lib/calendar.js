// A plan's calendars to subscribe to (RFC 5545): one of the whole plan, one for each office and
// leader. An event is written once a plan and taken over by the calendars that show it.

import { createHash } from "node:crypto";

const HEAD = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "PRODID:-//unionplan//unionplan//ZH",
  "CALSCALE:GREGORIAN",
  "METHOD:PUBLISH",
].join("\r\n");
const SETTINGS = [
  "X-WR-TIMEZONE:Asia/Shanghai",
  "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
  "X-PUBLISHED-TTL:PT12H",
  "BEGIN:VTIMEZONE",
  "TZID:Asia/Shanghai",
  "BEGIN:STANDARD",
  "DTSTART:19700101T000000",
  "TZOFFSETFROM:+0800",
  "TZOFFSETTO:+0800",
  "TZNAME:CST",
  "END:STANDARD",
  "END:VTIMEZONE",
].join("\r\n");
const LINE_OCTETS = 75;

function octets(character) {
  const code = character.codePointAt(0);
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

// A property that holds text: escaped, and broken before a line grows too long.
function property(name, value) {
  const escaped = value.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
  const line = `${name}:${escaped}`;
  if (line.length * 3 <= LINE_OCTETS) return line;
  let folded = "";
  let used = 0;
  for (const character of line) {
    const size = octets(character);
    if (used + size > LINE_OCTETS) {
      folded += "\r\n ";
      used = 1;
    }
    folded += character;
    used += size;
  }
  return folded;
}

const digits = (day) => day.toISOString().slice(0, 10).replaceAll("-", "");

// The events of tasks and their activities, in the order of time, then of the schedule.
function events(plan) {
  const site = createHash("sha256").update(plan.union.name).digest("hex").slice(0, 16);
  const folder = `${plan.base}${plan.year}/`.replaceAll("/", ".");
  const stamp = `DTSTAMP:${plan.issued.replaceAll("-", "")}T000000Z`;
  const list = plan.tasks.flatMap((task) =>
    [task, ...task.activities].flatMap((entry) =>
      entry.when.days.map((day, index) => {
        const first = new Date(`${plan.year}-${day}`);
        const next = new Date(first);
        next.setUTCDate(first.getUTCDate() + 1);
        const ordinal = index === 0 ? "" : `.${index + 1}`;
        const details = [
          `时间：${entry.when.text}`,
          `责任科室：${task.office}`,
          `责任领导：${task.leader}`,
          `出自要点：${task.item.number} ${task.item.title}`,
        ];
        const text = [
          "BEGIN:VEVENT",
          property("UID", `${folder}${entry.id}${ordinal}@${site}.unionplan`),
          stamp,
          "SEQUENCE:0",
          `DTSTART;VALUE=DATE:${digits(first)}`,
          `DTEND;VALUE=DATE:${digits(next)}`,
          property("SUMMARY", `${entry.when.text}：${entry.title}`),
          property("DESCRIPTION", details.join("\n")),
          "STATUS:CONFIRMED",
          "TRANSP:TRANSPARENT",
          "END:VEVENT",
        ].join("\r\n");
        return { task, first, text };
      }),
    ),
  );
  return list.sort((a, b) => a.first - b.first);
}

// The tasks that stand on no day, so that they are not lost.
function description(plan, wanted) {
  const lane = (name, words) => {
    const without = (task) => [task, ...task.activities].every((entry) => entry.when.days.length === 0);
    const titles = plan.lanes[name].filter((task) => wanted(task) && without(task)).map((task) => task.title);
    return titles.length > 0 ? [`${words(titles.length)}：${titles.join("；")}。`] : [];
  };
  return [
    ...lane("all-year", (count) => `全年任务${count}项，不列入日历`),
    ...lane("as-appropriate", (count) => `适时任务${count}项，没有定下日子`),
  ].join("\n");
}

export function calendar(plan, whose, wanted) {
  plan.events ??= events(plan);
  const name = `${whose ? `${whose} · ` : ""}${plan.union.short_name}${plan.year}年工作`;
  const about = description(plan, wanted);
  const lines = [
    HEAD,
    property("NAME", name),
    property("X-WR-CALNAME", name),
    ...(about ? [property("X-WR-CALDESC", about)] : []),
    SETTINGS,
    ...plan.events.filter((event) => wanted(event.task)).map((event) => event.text),
    "END:VCALENDAR",
  ];
  return `${lines.join("\r\n")}\r\n`;
}
