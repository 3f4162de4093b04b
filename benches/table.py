#!/usr/bin/env python3
"""Plans families of programmes and prints a table of what was reached: values, bounds, gaps, seconds, memory.

    python3 benches/table.py --generator DIR/generate.py [--peer 'python3 DIR/full.py {folder}'] [--instances DIR]
                             [--only NAME] [--seeds N] [--docent target/release/docent]

Programmes come from a generator of synthetic folders (--generator: any script that takes OUT --requests … --seed S), from
`docent new --from random`, and from published instances turned into folders by a converter (--instances: a folder with
convert.py). Each row runs as a whole process, one after the other; a peer, where one is named, plans the same folder
in the same run. The table is printed as Markdown, with the date and the machine.
"""
import argparse, datetime, json, os, platform, re, shutil, subprocess, sys, tempfile, threading, time

NINE = "--any-day --after 0.05"
SMALL = "--requests 200 --trainers 40 --places 40 --weeks 50"
LARGE = "--requests 1000 --trainers 150 --places 80 --weeks 100"
# name, generator's options, seeds, seconds allowed, what it must show
ROWS = [
    ("200-loose", f"{SMALL} {NINE} --tight 0.2", range(1, 11), 30, "all goals proven: 9 of 10 in 10 s, all in 30 s"),
    ("200-tight", f"{SMALL} {NINE} --tight 0.08", range(1, 11), 30, "all goals proven: 9 of 10 in 10 s, all in 30 s"),
    ("1000-loose", f"{LARGE} {NINE} --tight 0.3", range(1, 6), 180, "coverage proven in 60 s, cost gap <= 0.1 % in 180 s, <= 2 GiB"),
    ("1000-tight", f"{LARGE} {NINE} --tight 0.1", range(1, 6), 180, "coverage proven in 60 s, cost gap <= 0.1 % in 180 s, <= 2 GiB"),
    ("5000", "--requests 5000 --trainers 600 --places 200 --weeks 104 --tight 0.3 --any-day", range(1, 2), 600, "coverage gap <= 0.5 % in 600 s, <= 8 GiB"),
    ("scarce", "--requests 200 --trainers 13 --places 40 --weeks 50 --tight 1.5", range(1, 6), 60, "coverage proven or gap <= 1 % in 60 s"),
    ("dense", "--requests 200 --trainers 40 --places 12 --weeks 26 --any-day", range(1, 6), 60, "coverage proven or gap <= 1 % in 60 s"),
    ("short", "--requests 200 --trainers 40 --places 40 --weeks 16", range(1, 6), 60, "coverage proven or gap <= 1 % in 60 s"),
    ("short2", "--requests 200 --trainers 12 --places 40 --weeks 20 --any-day", range(1, 6), 60, "coverage proven or gap <= 1 % in 60 s"),
    ("sc1000", "--requests 1000 --trainers 60 --places 80 --weeks 100 --any-day --tight 1.5", range(1, 3), 180, "coverage gap <= 0.5 % in 180 s"),
    ("200-loose-chain", f"{SMALL} {NINE} --tight 0.2 --chain", range(1, 6), 60, "coverage gap <= 1.5 %, cost gap <= 4 % in 60 s"),
    ("200-tight-chain", f"{SMALL} {NINE} --tight 0.08 --chain", range(1, 6), 60, "coverage gap <= 1.5 %, cost gap <= 4 % in 60 s"),
    ("1000-tight-chain", f"{LARGE} {NINE} --tight 0.1 --chain", range(1, 3), 180, "never worse than unchained"),
    ("1000-loose-chain", f"{LARGE} {NINE} --tight 0.3 --chain", range(1, 3), 180, "never worse than unchained"),
    ("random-60", "random:60", range(1, 4), 60, "judged; bounds on every goal"),
    ("random-200", "random:200", range(1, 4), 60, "commitments and coverage gap <= 1 % in 60 s"),
    ("random-1000", "random:1000", range(1, 3), 180, "commitments and coverage gap <= 2 % in 180 s"),
]
INSTANCES = [
    ("smptsp", f"smptsp/{n}.dat", 60, "all tasks, best-known workers or fewer")
    for n in ("data_1_23_40_66", "data_18_48_160_66", "data_48_120_434_66", "data_66_348_600_33", "data_0011_0164_0228_025",
              "data_0031_0290_0488_025", "data_1_50_258_20_90_100_200_300", "data_4_113_647_20_90_100_200_300")
] + [("mkp", f"mkp/mknapcb{k}.txt@{i}", 60, "best-known") for k in (1, 2, 3) for i in range(30)]


def run(command, timeout):
    """Runs a command as a whole process: (wall seconds, peak MiB, exit code, stdout, lines of stderr as they came)."""
    start = time.monotonic()
    said = []

    def listen(stream):
        for line in stream:
            said.append((time.monotonic() - start, line.decode("utf-8", "replace")))

    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE)
        listener = threading.Thread(target=listen, args=[process.stderr])
        listener.start()
        late = threading.Timer(timeout, process.kill)
        late.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        late.cancel()
        listener.join()
        out.seek(0)
        return wall, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status), out.read().decode("utf-8", "replace"), said


def three(said, wall, stopped):
    """Seconds until commitments, coverage and cost were settled, by the progress lines; a peer knows these three only."""
    for seconds, line in said:
        if " preferences: best" in line or "every goal is settled" in line or re.search(r" cost: best.* gap 0 %", line):
            return f"{seconds:.1f}"
    return f"{wall:.1f}" if stopped == "proven" else "-"


def goals(folder):
    plan = json.load(open(os.path.join(folder, "plan.json"), encoding="utf-8"))
    return {g["name"]: g for g in plan["goals"]}, plan["solver"]["stopped"]


def show(goal):
    mark = {"optimal": "=", "within-gap": "~", "feasible": ""}[goal["proof"]]
    return f'{goal["value"]}{mark}' + ("" if goal["proof"] == "optimal" else f' ({100 * float(goal["gap"]):.2f} %)')


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--generator"); a.add_argument("--instances"); a.add_argument("--peer"); a.add_argument("--only", default="")
    a.add_argument("--docent", default="target/release/docent"); a.add_argument("--seeds", type=int, default=99)
    a.add_argument("--seconds", type=int); a.add_argument("--work", default=os.path.join(tempfile.gettempdir(), "docent-bench"))
    a = a.parse_args()
    os.makedirs(a.work, exist_ok=True)
    print(f"{datetime.date.today()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| programme | seed | three goals after s | seconds in all | MiB | commitments | coverage | cost | preferences | stopped | peer | must show |\n|" + "---|" * 12)
    jobs = []
    for name, options, seeds, seconds, bar in ROWS:
        for seed in list(seeds)[: a.seeds]:
            jobs.append((name, seed, options, seconds, bar))
    if a.instances:
        for family, file, seconds, bar in INSTANCES:
            jobs.append((family + " " + os.path.basename(file), "", ("instance", family, file), seconds, bar))
    names = {job[0] for job in jobs}
    for name, seed, options, seconds, bar in jobs:
        if not (name == a.only or a.only not in names and a.only in name):
            continue
        folder = os.path.join(a.work, f"{name}-{seed}".replace(" ", "-").replace("@", "-"))
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(options, tuple):
            made = subprocess.run([sys.executable, os.path.join(a.instances, "convert.py"), options[1], os.path.join(a.instances, options[2]), folder],
                                  check=True, capture_output=True, text=True).stdout
            bar = f"{bar}: {made.strip()}"
        elif options.startswith("random:"):
            subprocess.run([a.docent, "new", folder, "--from", "random", "--requests", options[7:], "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)
        elif a.generator:
            here = os.path.dirname(os.path.abspath(a.generator))
            subprocess.run([sys.executable, os.path.abspath(a.generator), folder, *options.split(), "--seed", str(seed)], check=True, cwd=here, stdout=subprocess.DEVNULL)
        else:
            continue
        limit = a.seconds or seconds
        wall, mib, status, _, said = run([a.docent, "-C", folder, "plan", "--seconds", str(limit), "--effort", "1000000"], limit * 2 + 60)
        peer = ""
        if a.peer and "--chain" not in str(options) and not str(options).startswith("random"):
            peer_wall, _, _, text, _ = run([w.format(folder=folder, seconds=limit) for w in a.peer.split()], limit * 3)
            peer = f"{peer_wall:.1f} s: {text.strip().splitlines()[-1] if text.strip() else '-'}"
        try:
            g, stopped = goals(folder)
            cells = [show(g[k]) for k in ("commitments", "coverage", "cost", "preferences")]
        except (OSError, KeyError, ValueError):
            cells, stopped = ["-"] * 4, f"exit {status}"
        print(f"| {name} | {seed} | {three(said, wall, stopped)} | {wall:.1f} | {mib:.0f} | " + " | ".join(cells) + f" | {stopped} | {peer} | {bar} |", flush=True)


if __name__ == "__main__":
    main()
