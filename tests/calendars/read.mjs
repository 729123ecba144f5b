// What ical.js reads in a calendar file, as JSON: the time zones and the events.
//
//     node read.mjs FILE

import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const zones = calendar.getAllSubcomponents("vtimezone").map((zone) => new ICAL.Timezone(zone));
for (const zone of zones) ICAL.TimezoneService.register(zone);
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const { startDate: start, endDate: end } = event;
  const text = (time) => (time.isDate ? time.toString() : time.toJSDate().toISOString().slice(0, 16) + "Z");
  return {
    uid: event.uid,
    title: event.summary,
    start: text(start),
    end: text(end),
    place: event.location ?? "",
    details: event.description,
    status: component.getFirstPropertyValue("status"),
  };
});
process.stdout.write(JSON.stringify({ name: calendar.getFirstPropertyValue("x-wr-calname"), events }));
