#!/usr/bin/env python3
"""Whole runs on large programmes, measured: benches/large.py [--runs N]

`check` on 10,000 requests; `adopt`, `export --ics` and `export --since` on a plan of some 3,000 sessions, into an empty
folder and again. Needs target/release/docent (./docent builds it) and nothing else; the programmes come
from `docent new --from random`, the plans are made once (some minutes) and kept under target/large-bench for the next
time. Every figure is the median and the worst of N whole processes (default 5).
"""

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCENT = ROOT / "target/release/docent"
WORK = ROOT / "target/large-bench"
CHECKED, PLANNED = WORK / "requests-10000", WORK / "sessions-3000"
# What the second plan has to cope with.
AWAY = [("T003", "2027-05-03", "2027-05-28"), ("T017", "2027-09-06", "2027-09-24"), ("T040", "2027-03-15", "2027-06-30")]


def docent(folder, *arguments):
    """Runs docent; the seconds it took."""
    began = time.monotonic()
    run = subprocess.run([DOCENT, "-C", folder, *map(str, arguments)], capture_output=True, text=True)
    took = time.monotonic() - began
    if run.returncode:
        sys.exit(f"docent {' '.join(map(str, arguments))}: exit {run.returncode}\n{run.stderr}")
    return took


def prepare():
    if not CHECKED.exists():
        docent(".", "new", "--from", "random", "--requests", 10_000, CHECKED)
    if (PLANNED / "second.json").exists():
        return
    shutil.rmtree(PLANNED, ignore_errors=True)
    docent(".", "new", "--from", "random", "--requests", 5_000, PLANNED)
    docent(PLANNED, "plan", "--seconds", 15)
    docent(PLANNED, "adopt", "--today", "2027-02-08")
    with open(PLANNED / "absences.csv", "a", newline="") as file:
        csv.writer(file).writerows([trainer, first, last, "illustrative"] for trainer, first, last in AWAY)
    docent(PLANNED, "plan", "--baseline", PLANNED / "adopted.json", "--seconds", 15, "-o", PLANNED / "second.json")
    (PLANNED / "plan.json").unlink()


def measured(runs, command, before=None):
    """Median and worst of so many runs of `command(i)`."""
    took = []
    for i in range(runs):
        if before:
            before()
        took.append(docent(*command(i)))
    return statistics.median(took), max(took)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--runs", type=int, default=5)
    runs = arguments.parse_args().runs
    prepare()
    record, history = PLANNED / "adopted.json", PLANNED / "history"
    first = history / "revision-1.json"

    def back():
        """The folder as it was after the first adoption."""
        shutil.copy(first, record)
        (history / "revision-2.json").unlink(missing_ok=True)

    # A folder of its own for every run: file systems are slow to use again what was just deleted.
    out = PLANNED / "out"
    shutil.rmtree(out, ignore_errors=True)
    sessions = len(json.loads(first.read_text())["sessions"])
    rows = [("check, 10,000 requests", "under 2 s", measured(runs, lambda i: (CHECKED, "check")))]
    adopt = (PLANNED, "adopt", "-p", PLANNED / "second.json", "--today", "2027-03-01")
    rows.append((f"adopt, {sessions:,} sessions", "", measured(runs, lambda i: adopt, back)))
    export = (PLANNED, "export", "-p", record, "--ics")
    rows.append(("export --ics", "under 1 s", measured(runs, lambda i: (*export, out / f"whole-{i}"))))
    files = sum(len(names) for _, _, names in os.walk(out / "whole-0"))
    again = measured(runs, lambda i: (*export, out / "whole-0"))
    rows.append((f"export --ics again, {files:,} files", "under 1 s", again))
    since = measured(runs, lambda i: (*export, out / f"news-{i}", "--since", 1))
    rows.append(("export --ics --since 1", "under 1 s", since))
    shutil.rmtree(out)
    print("| whole process | wanted | median, s | worst, s |\n| --- | --- | ---: | ---: |")
    for what, wanted, (median, worst) in rows:
        print(f"| {what} | {wanted} | {median:.2f} | {worst:.2f} |")


if __name__ == "__main__":
    main()
