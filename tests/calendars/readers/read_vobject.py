"""Prints what the library vobject reads in the files named: one JSON document a line."""

import sys

import vobject
from common import event, out

for path in sys.argv[1:]:
    with open(path, encoding="utf-8", newline="") as file:
        calendars = list(vobject.readComponents(file.read()))
    if len(calendars) != 1:
        raise SystemExit(f"{path}: {len(calendars)} calendars")
    found = [
        event(e.uid.value, e.dtstart.value, e.dtend.value, e.summary.value, e.status.value, int(e.sequence.value))
        for e in calendars[0].vevent_list
    ]
    out(path, found)
