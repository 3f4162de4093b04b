"""Prints what the library icalendar reads in the files named: one JSON document a line."""

import sys

from common import event, out
from icalendar import Calendar

for path in sys.argv[1:]:
    with open(path, "rb") as file:
        calendar = Calendar.from_ical(file.read())
    found = []
    for e in calendar.walk("VEVENT"):
        if e.errors:
            raise SystemExit(f"{path}: {e.errors}")
        found.append(
            event(str(e["UID"]), e["DTSTART"].dt, e["DTEND"].dt, str(e["SUMMARY"]), str(e["STATUS"]), int(e["SEQUENCE"]))
        )
    out(path, found)
