#!/usr/bin/env python3
"""What-if and replanning on data/demo, measured: benches/whatif.py [PART …] [--events A..B] [--seed N]

Needs target/release/docent (./docent builds it; DOCENT names another one) and nothing else; writes under
target/whatif-bench. Prints a table; the parts, all by default:

replan     200 random disruptions of a plan made by `plan --effort 10`, one by one; each replan has --seconds 4.5,
           and its time is that of the whole process. --events 0..20: some of them; --seed: others.
scenarios  20 scenarios (eight of the demo, twelve disruptions), and the same again from the cache
killed     the same, killed when six answers are kept, and started again
sweep      41 amounts of all funds
"""

import argparse
import csv
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCENT = Path(os.environ.get("DOCENT", ROOT / "target/release/docent"))
WORK = ROOT / "target/whatif-bench"
DEMO = WORK / "demo"
SEED = 20270215
ARGS = argparse.Namespace(seed=SEED)
PARTS = ["replan", "scenarios", "killed", "sweep"]


def rows(table):
    with open(DEMO / f"{table}.csv", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def docent(*arguments):
    """Runs docent on the demo; the seconds it took, its exit code and its output."""
    began = time.monotonic()
    run = subprocess.run([DOCENT, "-C", DEMO, *map(str, arguments)], capture_output=True, text=True)
    return time.monotonic() - began, run.returncode, run.stdout, run.stderr


def toml(value):
    return json.dumps(value, ensure_ascii=False)


def change(table, id, **how):
    lines = ["[[change]]", f"table = {toml(table)}", f"id = {toml(id)}"]
    for verb, what in how.items():
        if verb == "remove":
            lines.append("remove = true")
        else:
            lines.append(f"{verb} = {{ " + ", ".join(f"{k} = {toml(v)}" for k, v in what.items()) + " }")
    return "\n".join(lines) + "\n"


def disruptions(plan, n):
    """Seeded events as they happen to planners: (kind, changes), each touching the plan."""
    dice = random.Random(ARGS.seed)
    pinned = {t for pin in rows("pins") for t in (pin["trainers"] or "").split(";")}
    sessions = [s for s in plan["sessions"] if s["status"] == "proposed"]
    teachers = sorted({m["trainer"] for s in sessions for m in s["team"]} - pinned)
    funds = [f for f in rows("funds") if f.get("kind") != "in-kind"]

    def leaves():
        return change("trainers", dice.choice(teachers), remove=True)

    def ill():
        session = dice.choice(sessions)
        who = dice.choice(session["team"])["trainer"]
        return "[[change]]\ntable = \"absences\"\nadd = { " + ", ".join(
            f"{k} = {toml(v)}" for k, v in {"trainer": who, "from": session["start"], "to": session["end"]}.items()
        ) + " }\n"

    def postponed():
        session = dice.choice(sessions)
        year, month, day = session["end"].split("-")
        return change("requests", session["requests"][0], set={"earliest": f"{year}-{month}-{day}"})

    def host_closed():
        session = dice.choice(sessions)
        return "[[change]]\ntable = \"holidays\"\nadd = { " + ", ".join(
            f"{k} = {toml(v)}"
            for k, v in {"where": session["place"], "date": session["start"], "name": "Closed"}.items()
        ) + " }\n"

    def money_cut():
        fund = dice.choice(funds)
        return change("funds", fund["id"], scale={"amount": 0.9}) + change(
            "funds", fund["id"], set={"spend_at_least": ""}
        )

    def withdrawn():
        return change("requests", dice.choice(sessions)["requests"][0], remove=True)

    kinds = [leaves, ill, postponed, host_closed, money_cut, withdrawn]
    for i in range(n):
        kind = kinds[i % len(kinds)]
        yield kind.__name__, kind()


def proof(plan, name):
    return next((g["proof"] for g in plan["goals"] if g["name"] == name), None)


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def told(what, measured, wanted):
    print(f"| {what} | {measured} | {wanted} |", flush=True)


def replans(plan, first, last):
    times, kept, stable, all_proven, failed = [], 0, 0, 0, 0
    scenarios = WORK / "scenarios"
    for i, (kind, text) in enumerate(disruptions(plan, last)):
        scenario, out = scenarios / f"event-{i:03}.toml", WORK / "again.json"
        scenario.write_text(f'name = "{kind} {i}"\n\n{text}')
        if i < first:
            continue
        seconds, code, _, err = docent(
            "plan", "--baseline", WORK / "base.json", "--with", scenario, "-o", out, "--seconds", "4.5", "--force"
        )
        if code != 0:
            failed += 1
            print(f"{scenario}: exit {code}: {err}", file=sys.stderr)
            continue
        again = json.loads(out.read_text())
        times.append(seconds)
        has = proof(again, "kept") == "optimal"
        both = has and proof(again, "stability") == "optimal"
        kept, stable = kept + has, stable + both
        all_proven += again["solver"]["stopped"] == "proven"
        goals = ", ".join(f"{g['name']} {g['value']} ({g['bound']})" for g in again["goals"][1:3])
        print(f"{i} {kind}: {seconds:.1f} s, {'proven' if both else 'NOT proven'}: {goals}", file=sys.stderr)
    n = last - first
    told(f"replan after one of {n} disruptions, 95 % of them within", f"{percentile(times, 0.95):.1f} s", "5 s")
    told("… kept proven", f"{kept} of {n}", "")
    told("… kept and stability proven", f"{stable} of {n}", f"{-(-n * 9 // 10)}")
    told("… every goal proven", f"{all_proven} of {n}", "")
    told("… failed", failed, 0)


def twenty(plan):
    """The command that plans twenty scenarios."""
    for i, (kind, text) in enumerate(disruptions(plan, 12)):
        (WORK / f"scenarios/event-{i:03}.toml").write_text(f'name = "{kind} {i}"\n\n{text}')
    files = sorted(DEMO.glob("scenarios/*.toml")) + [WORK / f"scenarios/event-{i:03}.toml" for i in range(12)]
    return ["whatif", *files, "--seconds", "10.5", "--json"]


def scenarios(arguments):
    seconds, code, out, err = docent(*arguments)
    proven = 0
    if code == 0:
        for plan in json.loads(out)["plans"]:
            both = proof(plan, "commitments") == "optimal" and proof(plan, "coverage") == "optimal"
            proven += both and plan["name"] != "base"
            goals = ", ".join(f"{g['name']} {g['value']} ({g['bound']})" for g in plan["goals"][:3])
            print(f"{plan['name']}: {'proven' if both else 'NOT proven'}: {goals}", file=sys.stderr)
    else:
        print(err, file=sys.stderr)
    told("20 scenarios and the base", f"{seconds:.0f} s", "120 s")
    told("… commitments and coverage proven", f"{proven} of 20", "18")
    seconds, _, again, _ = docent(*arguments)
    told("the same from the cache", f"{seconds:.1f} s, {'the same' if again == out else 'NOT the same'}", "2 s")


def killed(arguments):
    cache = DEMO / ".docent-cache"
    shutil.rmtree(cache, ignore_errors=True)
    run = subprocess.Popen([DOCENT, "-C", DEMO, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while run.poll() is None and len(list(cache.glob("*.answer"))) < 6:
        time.sleep(0.05)
    run.send_signal(signal.SIGKILL)
    run.wait()
    had = len(list(cache.glob("*.answer")))
    _, _, _, err = docent(*arguments)
    told("killed with so many answers kept; known after the restart", f"{had}; {err.count('(known already)')}", "equal")


def sweep():
    arguments = ["whatif", "--sweep", "funds.*.amount=60%..140%/2%", "--seconds", "7", "--json", "-o", WORK / "frontier.svg"]
    seconds, code, out, err = docent(*arguments)
    points = json.loads(out)["frontier"] if code == 0 else []
    if code != 0:
        print(err, file=sys.stderr)
    told(f"a sweep of {len(points)} points", f"{seconds:.0f} s", "180 s")
    told("… coverage proven", f"{sum(proof(p, 'coverage') == 'optimal' for p in points)} of {len(points)}", "")


def main():
    wanted = argparse.ArgumentParser()
    wanted.add_argument("parts", nargs="*", metavar="PART")
    wanted.add_argument("--events", default="0..200", metavar="A..B")
    wanted.add_argument("--seed", type=int, default=SEED)
    wanted.parse_args(namespace=ARGS)
    wanted = ARGS
    parts = wanted.parts or PARTS
    if not set(parts) <= set(PARTS):
        sys.exit(f"the parts are {', '.join(PARTS)}")
    first, last = map(int, wanted.events.split(".."))
    base = WORK / "base.json"
    kept = base.read_bytes() if base.exists() and wanted.parts else None
    shutil.rmtree(WORK, ignore_errors=True)
    shutil.copytree(ROOT / "data/demo", DEMO, ignore=shutil.ignore_patterns("plan*.json", "adopted.json", ".docent-cache"))
    (WORK / "scenarios").mkdir()
    # Parts that are named are measured against the base that is there.
    if kept:
        base.write_bytes(kept)
    else:
        # Work, not seconds: the disruptions are of the same plan wherever this runs.
        docent("plan", "-o", base, "--effort", "10", "--seconds", "0")
    plan = json.loads(base.read_text())
    print("| measure | here | wanted |\n| --- | --- | --- |", flush=True)
    if "replan" in parts:
        replans(plan, first, last)
    if "scenarios" in parts:
        scenarios(twenty(plan))
    if "killed" in parts:
        killed(twenty(plan))
    if "sweep" in parts:
        sweep()


if __name__ == "__main__":
    main()
