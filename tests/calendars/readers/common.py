"""How all readers write down an event."""

import json
from datetime import datetime, timezone


def when(value):
    """A day as 2027-03-01, a moment as 2027-03-01T08:00:00Z; a local time of no zone stays one, and is a difference."""
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None:
        return value.isoformat() + " (no zone)"
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def event(uid, start, end, summary, status, sequence):
    return {
        "uid": uid,
        "start": when(start),
        "end": when(end),
        "summary": summary,
        "status": status,
        "sequence": sequence,
    }


def out(path, events):
    print(json.dumps({"file": path, "events": sorted(events, key=lambda e: e["uid"])}, ensure_ascii=False))
