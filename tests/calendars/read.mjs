// Reads an iCalendar file the way two calendar programs do, and prints when each event begins in UTC, and what day it is on.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const text = readFileSync(process.argv[2], "utf8");

function withIcalJs() {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  return calendar.getAllSubcomponents("vevent").map((part) => {
    const event = new ICAL.Event(part);
    const start = event.startDate;
    return { uid: event.uid, day: start.isDate ? start.toString() : "", end: event.endDate.isDate ? event.endDate.toString() : "",
      instant: start.isDate ? "" : start.toJSDate().toISOString(), title: event.summary };
  });
}

const two = (number) => String(number).padStart(2, "0");
const dayOf = (moment) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;

function withNodeIcal() {
  return Object.values(nodeIcal.parseICS(text)).filter((part) => part.type === "VEVENT").map((event) => {
    const isDay = event.datetype === "date";
    return { uid: event.uid, day: isDay ? dayOf(event.start) : "", end: isDay ? dayOf(event.end) : "",
      instant: isDay ? "" : event.start.toISOString(), title: event.summary };
  });
}

console.log(JSON.stringify({ "ical.js": withIcalJs(), "node-ical": withNodeIcal() }));
