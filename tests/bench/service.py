#!/usr/bin/env python3
"""service.py BUILD [N]: N one-page reports, a schedule's parts, rendered, recorded and delivered to a folder by deckle serve.

Prints the time, the processor time, and what the workers held in memory after the first tenth and at the end; memory that
grew is a failure."""
import json, os, pathlib, resource, signal, subprocess, sys, tempfile, time

build = pathlib.Path(sys.argv[1]).resolve()
count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
deckle = str(build / "bin" / "deckle")
common = ["--allow-unsafe-plugins", str(build / "bench-plugins")]


def megabytes():
    """Resident, of each worker."""
    held = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().split(b"\0")
            if command[1:2] != [b"work"] or str(folder).encode() not in command:
                continue
            lines = (process / "status").read_text().splitlines()
            held.append(next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")))
        except (OSError, StopIteration):
            continue
    return held


def states():
    """Editions by state."""
    text = subprocess.run([deckle, "metrics", "-w", str(folder)], capture_output=True, text=True, check=True).stdout
    return {line.split('"')[1]: int(line.split()[1]) for line in text.splitlines() if line.startswith("deckle_editions{")}


with tempfile.TemporaryDirectory(prefix="deckle-service-") as name:
    folder = pathlib.Path(name)
    rows = "".join(f"C{n},Client {n}\n" for n in range(count))
    (folder / "clients.csv").write_text("id,name\n" + rows)
    (folder / "deckle.toml").write_text(
        """
[company]
name = "Bench"
[connections.files]
connector = "csv"
folder = "."
[datasets.customers]
connection = "files"
file = "clients.csv"
columns = { id = "id", name = "name" }
[delivery]
from = "Bench <bench@bench.example>"
[delivery.channels.archive]
kind = "folder"
path = "archive"
[schedules.burst]
report = "bench-ledger"
when = "1st of month 07:00"
copies = ["archive"]
file_name = "{{company}}_{{part}}_{{period}}"
[schedules.burst.gates]
not_empty = false
[schedules.burst.each]
dataset = "customers"
id = "id"
"""
    )
    log = open(folder / "log", "w")
    service = subprocess.Popen([deckle, "serve", "--no-web", "-w", name, *common], stderr=log)
    try:
        start = time.monotonic()
        subprocess.run([deckle, "schedule", "run", "burst", "--period", "2026-10", "--by", "bench", "-w", name],
                       stdout=subprocess.DEVNULL, check=True)
        early = []
        while True:
            now = states()
            done = now.get("done", 0)
            if done >= count // 10 and not early:
                early = megabytes()
            if now and sum(now.values()) == count and done + now.get("failed", 0) + now.get("held", 0) == count:
                break
            if service.poll() is not None:
                sys.exit("the service ended:\n" + (folder / "log").read_text()[-2000:])
            time.sleep(0.5)
        took = time.monotonic() - start
        late = megabytes()
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait()
    files = len(list((folder / "archive").glob("*.pdf")))
    if done != count or files != count:
        sys.exit(f"{done} editions done, {files} files of {count}: {now}\n" + (folder / "log").read_text()[-2000:])
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{count} one-page reports rendered, recorded and delivered to a folder: {took:.1f} s, {count / took:.0f} a second; "
          f"{usage.ru_utime + usage.ru_stime:.1f} s of processor time")
    print("Workers held, in MB: " + ", ".join(f"{m:.0f}" for m in early) + " after a tenth; " +
          ", ".join(f"{m:.0f}" for m in late) + " at the end")
    if sum(late) > 1.2 * sum(early) + 10:  # the first tenth has warmed every cache
        sys.exit("the workers' memory grew")
