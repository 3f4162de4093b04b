// Prints what ical.js reads in the files named: one JSON document a line.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const when = (time) =>
  time.isDate ? time.toString() : time.zone.tzid === "floating" ? time.toString() + " (no zone)" : time.toJSDate().toISOString().replace(".000Z", "Z");

for (const path of process.argv.slice(2)) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      start: when(event.startDate),
      end: when(event.endDate),
      summary: event.summary,
      status: component.getFirstPropertyValue("status"),
      sequence: event.sequence,
    };
  });
  events.sort((a, b) => (a.uid < b.uid ? -1 : 1));
  console.log(JSON.stringify({ file: path, events }));
  ICAL.TimezoneService.reset();
}
