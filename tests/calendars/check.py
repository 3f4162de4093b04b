"""Lets other programs read docent's calendars, and compares what they read with what docent meant.

Usage: check.py FOLDER TOOLS. FOLDER has KIND/REVISION/**.ics and KIND/REVISION/expected.json; TOOLS says where the
programs are. Exit 1 where anything is read differently.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER, TOOLS = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
BIN = TOOLS / "python" / "bin"
failures = 0
# Python takes zone data from the pinned package, not from a system that may be years behind.
os.environ["PYTHONTZPATH"] = ""


def say(program, passed, text):
    global failures
    failures += not passed
    print(f"{'passed' if passed else 'FAILED'}  {program}: {text}", flush=True)


def skipped(program, why):
    print(f"skipped {program}: {why}", flush=True)


def expected(kind, revision):
    with open(FOLDER / kind / revision / "expected.json", encoding="utf-8") as file:
        return {path: {e["uid"]: e for e in events} for path, events in json.load(file).items()}


def differences(found, wanted):
    """Up to three differences between two lists of events by UID, as words."""
    out = [f"{uid} missing" for uid in wanted if uid not in found]
    out += [f"{uid} too much" for uid in found if uid not in wanted]
    for uid, event in wanted.items():
        if uid in found and found[uid] != event:
            out.append(f"{uid}: {found[uid]} instead of {event}")
    return out[:3]


def by_uid(events):
    found = {}
    for event in events:
        if event["uid"] in found:
            raise ValueError(f"{event['uid']} twice")
        found[event["uid"]] = event
    return found


def revisions(kind):
    return sorted(p.name for p in (FOLDER / kind).iterdir())


KINDS = sorted(p.name for p in FOLDER.iterdir() if p.is_dir())


def reader(program, command):
    """A library reads every file of every revision."""
    files = events = 0
    wrong = []
    for kind in KINDS:
        for revision in revisions(kind):
            wanted = expected(kind, revision)
            base = FOLDER / kind / revision
            run = subprocess.run([*command, *[str(base / p) for p in wanted]], capture_output=True, text=True)
            if run.returncode != 0:
                wrong.append(run.stderr.strip()[-500:])
                continue
            for line in run.stdout.splitlines():
                read = json.loads(line)
                path = str(Path(read["file"]).relative_to(base))
                files, events = files + 1, events + len(read["events"])
                wrong += [f"{kind}/{revision}/{path}: {d}" for d in differences(by_uid(read["events"]), wanted[path])]
            missing = len(wanted) - len(run.stdout.splitlines())
            if missing:
                wrong.append(f"{missing} files not read")
    say(program, not wrong, f"{files} files, {events} events" if not wrong else "; ".join(wrong[:5]))


def read_back(paths):
    """What icalendar reads in some files, as one list."""
    run = subprocess.run(
        [str(BIN / "python"), str(HERE / "readers" / "read_icalendar.py"), *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
    )
    return [e for line in run.stdout.splitlines() for e in json.loads(line)["events"]]


def khal():
    """Every revision is imported over the one before."""
    for kind in KINDS:
        work = TOOLS / "khal" / kind
        shutil.rmtree(work, ignore_errors=True)
        (work / "vdir").mkdir(parents=True)
        config = work / "config"
        config.write_text(
            f"[calendars]\n[[docent]]\npath = {work / 'vdir'}\n"
            "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\nlocal_timezone = UTC\n"
            f"default_timezone = UTC\n[sqlite]\npath = {work / 'khal.db'}\n"
        )
        call = [str(BIN / "khal"), "-c", str(config)]
        env = {**os.environ, "HOME": str(work), "LC_ALL": "C.UTF-8"}
        for revision in revisions(kind):
            path = FOLDER / kind / revision / "programme.ics"
            run = subprocess.run([*call, "import", "--batch", str(path)], capture_output=True, text=True, env=env)
            if run.returncode != 0:
                say("khal", False, f"{kind}/{revision}: {run.stderr.strip()[-300:]}")
                return
            wanted = expected(kind, revision)["programme.ics"]
            try:
                found = by_uid(read_back(sorted((work / "vdir").glob("*.ics"))))
            except ValueError as error:
                say("khal", False, f"{kind}/{revision}: {error}")
                return
            wrong = differences(found, wanted)
            # What khal itself shows: every event once a day that it takes, so each UID is asked for once.
            shown = subprocess.run(
                [*call, "list", "--once", "--notstarted", "--day-format", "", "--format", "{uid} {start-date}", "2027-01-01", "800d"],
                capture_output=True,
                text=True,
                env=env,
            )
            lines = [line.split() for line in shown.stdout.splitlines() if line.strip()]
            starts = {}
            for line in lines:
                starts.setdefault(line[0], []).append(line[1])
            for uid, event in wanted.items():
                if starts.get(uid) != [event["start"][:10]]:
                    wrong.append(f"khal shows {uid} on {starts.get(uid)}, not {event['start']}")
            if wrong:
                say("khal", False, f"{kind}/{revision}: {'; '.join(wrong[:3])}")
                return
    say("khal", True, "every revision imported over the one before, no duplicates, moves and cancellations applied")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def radicale():
    """Every revision is pushed over the one before with vdirsyncer."""
    work = TOOLS / "radicale"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    port = free_port()
    config = work / "config"
    config.write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[rights]\ntype = authenticated\n"
        f"[storage]\nfilesystem_folder = {work / 'collections'}\n"
    )
    log = open(work / "log", "w")
    server = subprocess.Popen([str(BIN / "radicale"), "--config", str(config)], stdout=log, stderr=log)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1)
                break
            except OSError:
                time.sleep(0.1)
        for kind in KINDS:
            source = work / f"{kind}.ics"
            vdirsyncer = work / f"{kind}.conf"
            vdirsyncer.write_text(
                f'[general]\nstatus_path = "{work / "status"}"\n'
                f'[pair {kind}]\na = "file"\nb = "server"\ncollections = null\nconflict_resolution = "a wins"\n'
                f'[storage file]\ntype = "singlefile"\npath = "{source}"\n'
                f'[storage server]\ntype = "caldav"\nurl = "http://127.0.0.1:{port}/planner/{kind}/"\n'
                'username = "planner"\npassword = "planner"\n'
            )
            request = urllib.request.Request(f"http://127.0.0.1:{port}/planner/{kind}/", method="MKCALENDAR")
            request.add_header("Authorization", "Basic cGxhbm5lcjpwbGFubmVy")
            urllib.request.urlopen(request, timeout=10)
            for revision in revisions(kind):
                shutil.copyfile(FOLDER / kind / revision / "programme.ics", source)
                for command in [["discover"], ["sync"]]:
                    run = subprocess.run(
                        [str(BIN / "vdirsyncer"), "-c", str(vdirsyncer), *command],
                        capture_output=True,
                        text=True,
                        input="y\n" * 5,
                    )
                    if run.returncode != 0:
                        say("Radicale", False, f"{kind}/{revision}: {run.stderr.strip()[-500:]}")
                        return
                request = urllib.request.Request(f"http://127.0.0.1:{port}/planner/{kind}/")
                request.add_header("Authorization", "Basic cGxhbm5lcjpwbGFubmVy")
                back = work / "back.ics"
                back.write_bytes(urllib.request.urlopen(request, timeout=30).read())
                try:
                    found = by_uid(read_back([back]))
                except ValueError as error:
                    say("Radicale", False, f"{kind}/{revision}: {error}")
                    return
                wrong = differences(found, expected(kind, revision)["programme.ics"])
                if wrong:
                    say("Radicale", False, f"{kind}/{revision}: {'; '.join(wrong)}")
                    return
        say("Radicale", True, "every revision pushed over the one before by vdirsyncer, no duplicates, moves and cancellations applied")
    finally:
        server.terminate()
        server.wait(10)
        log.close()


if (BIN / "khal").exists():
    reader("icalendar", [str(BIN / "python"), str(HERE / "readers" / "read_icalendar.py")])
    reader("vobject", [str(BIN / "python"), str(HERE / "readers" / "read_vobject.py")])
    khal()
    radicale()
else:
    skipped("icalendar, vobject, khal, Radicale", "the Python packages of requirements.txt cannot be had")
if (TOOLS / "node" / "node_modules" / "ical.js").exists():
    reader("ical.js", ["node", str(TOOLS / "node" / "read_icaljs.mjs")])
else:
    skipped("ical.js", "the npm package cannot be had")
if (TOOLS / "read_libical").exists():
    reader("libical", [str(TOOLS / "read_libical")])
else:
    skipped("libical", "neither the library nor its Debian package libical-dev can be had")
sys.exit(failures > 0)
