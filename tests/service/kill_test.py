#!/usr/bin/python3
"""The whole service, killed: a schedule bursts to many recipients through a real SMTP server while the service and its
workers are killed at random moments, the server misbehaves, the clock jumps, PostgreSQL is cut off, the disk is full.

    kill_test.py --deckle build/release/bin/deckle [--kills 12] [--recipients 6] [--store sqlite|postgresql]
                 [--daemons 1] [--seed 1] [--tmpfs]

What was delivered is counted from the server's own log, every `accepted` line of it. Afterwards, and before anybody
decides anything:
  - no message (one claim, one Message-ID) was taken over twice;
  - what was not taken over is pending or unknown;
  - what was taken over is neither failed nor pending (it would leave again).
Then a person looks into the log: `deckle delivery resolve ID sent` or `again`; at the end each recipient of each burst
has exactly one.

The clock of a service jumps with faketime (its database's too, where that is SQLite). Its disk is full by a limit on the
size of files; with --tmpfs, where mounting is allowed, the workspace is on a file system of its own, which is filled up. Time does not have to pass: what waits is made due in the store, and leases of workers that are known to be dead run out,
as they would after a minute. A kill is aimed (before DATA; between DATA and the 250, while the server hangs; just after
the 250) or comes at a random moment, to one worker or to all processes.
"""
import argparse
import collections
import contextlib
import glob
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

SUPPORT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support")
PYTHON = "/usr/bin/python3"
FAKETIME = next(iter(glob.glob("/usr/lib/*/faketime/libfaketime.so.1")), None)
PASSWORD = "secret'of'tests"
SETTLED = ("sent", "unknown", "failed", "cancelled")


def start_script(script, *arguments):
    process = subprocess.Popen([PYTHON, os.path.join(SUPPORT, script), *arguments], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    if not line.startswith("listening "):
        raise SystemExit(f"{script} did not start")
    return process, int(line.split()[1])


class Sqlite:
    def __init__(self, folder):
        self.file = folder + "/.deckle/store.db"
        self.toml = ""

    def query(self, sql):
        with contextlib.closing(sqlite3.connect(self.file, timeout=30)) as database, database:
            return database.execute(sql).fetchall()

    change = query

    def restart(self):
        pass

    def end(self):
        pass


class Postgresql:
    def __init__(self, _):
        self.process, self.port = start_script("postgresql_server.py")
        self.toml = (f'[store]\npostgresql = "host=127.0.0.1 port={self.port} dbname=deckle user=deckle"\n'
                     'password = { env = "DECKLE_DB_PASSWORD" }\n')
        os.environ["DECKLE_DB_PASSWORD"] = PASSWORD

    def query(self, sql):
        done = subprocess.run(["/usr/lib/postgresql/15/bin/psql", "-qXAt", "-F", "\t", "-h", "127.0.0.1", "-p", str(self.port),
                               "-U", "deckle", "-d", "deckle", "-c", sql], env={**os.environ, "PGPASSWORD": PASSWORD},
                              stdout=subprocess.PIPE, check=True, text=True, stdin=subprocess.DEVNULL)
        return [tuple(line.split("\t")) for line in done.stdout.splitlines()]

    change = query

    def restart(self):
        self.process.stdin.write("restart\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def end(self):
        self.process.terminate()
        self.process.wait()


class Rig:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.folder = tempfile.mkdtemp(prefix="deckle-kill-")
        self.counts = collections.Counter()
        self.daemons = []
        self.odd = None
        self.smtp, port = start_script("smtp_server.py", "--log", self.folder + "/smtp.log", "--mail",
                                       self.folder + "/mail", "--control", self.folder + "/faults")
        os.mkdir(self.folder + "/w")
        if options.tmpfs:
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "deckle", self.folder + "/w"], check=True)
        self.store = (Postgresql if options.store == "postgresql" else Sqlite)(self.folder + "/w")
        self.write_workspace(port)

    def write_workspace(self, port):
        def write(name, text):
            with open(f"{self.folder}/w/{name}", "w") as file:
                file.write(text)
        self.write = write
        write("deckle.toml", f'''[company]
name = "Tiny IT"
currency = "USD"
zone = "America/Chicago"
{self.store.toml}
[connections.books]
connector = "csv"
dates = "M/D/YYYY"
[datasets.invoices]
connection = "books"
file = "invoices.csv"
columns = {{ id = "No", customer = "Customer", date = "Date", due_date = "Due", total = "Total", balance = "Balance" }}
[datasets.bank_transactions]
connection = "books"
file = "bank.csv"
columns = {{ date = "Posted", amount = "Amount", text = "Description", balance = "Balance" }}
[datasets.people]
connection = "books"
file = "people.csv"
columns = {{ id = "Id", name = "Name", email = "Mail" }}
[delivery]
from = "Tiny Reports <reports@tiny.example>"
allow = ["tiny.example"]
owner = ["owner@tiny.example"]
[delivery.channels.mail]
kind = "smtp"
host = "127.0.0.1"
port = {port}
security = "none"
timeout = "2s"
[service]
workers = 2
[schedules.burst]
report = "cash-flow"
when = "0 0 29 2 *"
catch_up = "skip"
retries = 100
[schedules.burst.gates]
not_empty = false
[schedules.burst.each]
dataset = "people"
id = "id"
to = "email"
''')
        write("people.csv", "Id,Name,Mail\n" + "".join(f"p{n},Person {n},p{n}@tiny.example\n"
                                                       for n in range(self.options.recipients)))
        write("invoices.csv", 'No,Customer,Date,Due,Total,Balance\n1001,Harlan Clinic,7/19/2026,8/18/2026,"46,300.00",'
              '"46,300.00"\n1002,Tri-County Co-op,10/1/2026,10/31/2026,28600.00,28600.00\n')
        write("bank.csv", "Posted,Amount,Description,Balance\n9/30/2026,1000.00,Opening,300000.00\n"
              "10/20/2026,4200.00,Oak Street Dental,304200.00\n10/30/2026,-30000.00,Payroll,274200.00\n")

    def deckle(self, *arguments, check=True):
        done = subprocess.run([self.options.deckle, *arguments, "-w", self.folder + "/w"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        if check and done.returncode != 0:
            raise SystemExit(f"deckle {' '.join(arguments)}: {done.stderr}")
        return done.stdout

    # ---- the service
    def start(self, clock="", disk=None):
        """`clock`: how far it is off ("+2h"). `disk`: no file may become larger than so many bytes."""
        command = [self.options.deckle, "serve", "--no-web", "-w", self.folder + "/w"]
        environment = dict(os.environ)
        if clock:
            environment |= {"LD_PRELOAD": FAKETIME, "FAKETIME": clock, "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                            "DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}
        limits = (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (disk, disk))) if disk else None
        with open(self.folder + ("/full.log" if disk else "/serve.log"), "a") as log:
            self.daemons.append(subprocess.Popen(
                command, env=environment, preexec_fn=limits,
                restore_signals=False,  # Python ignores SIGXFSZ: what is too large is an error then, as on a full disk
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True))
        self.odd = self.odd or clock or disk

    def start_missing(self, calm=False):
        if calm and self.odd:  # what has another clock or no disk goes
            while self.daemons:
                self.kill_all(counted=False)
            self.odd = None
        self.daemons = [d for d in self.daemons if d.poll() is None]
        while len(self.daemons) < self.options.daemons:
            chance = 1 if calm else self.random.random()
            if chance < 0.15 and FAKETIME:
                self.start(clock=self.random.choice(["-2d", "-3h", "+40m", "+2d"]))
                self.counts["clock jumps"] += 1
            elif chance < 0.25 and not self.options.tmpfs:
                size = os.path.getsize(self.store.file) if self.options.store == "sqlite" else 4096
                self.start(disk=size + 4096)
                self.counts["disk full"] += 1
            else:
                self.start()

    def fill_disk(self):
        """Not a byte is free on the workspace's file system."""
        with open(self.folder + "/w/ballast", "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(1 << 16))
            except OSError:
                self.counts["disk full"] += 1

    def empty_disk(self):
        if os.path.exists(self.folder + "/w/ballast"):
            os.remove(self.folder + "/w/ballast")

    def kill_all(self, counted=True):
        """Every process of one service at once, as a machine that loses its power."""
        daemon = self.daemons.pop(self.random.randrange(len(self.daemons)))
        os.killpg(daemon.pid, signal.SIGKILL)
        daemon.wait()
        self.counts["services killed"] += counted

    def kill_worker(self):
        daemon = self.random.choice(self.daemons)
        try:
            with open(f"/proc/{daemon.pid}/task/{daemon.pid}/children") as file:
                workers = file.read().split()
            if workers:
                os.kill(int(self.random.choice(workers)), signal.SIGKILL)
                self.counts["workers killed"] += 1
        except (FileNotFoundError, ProcessLookupError):
            pass

    def stop(self):
        for daemon in self.daemons:
            daemon.terminate()
        for daemon in self.daemons:
            daemon.wait(60)
        self.daemons, self.odd = [], None

    # ---- what the others do
    def faults(self, *lines):
        with open(self.folder + "/faults.new", "w") as file:
            file.write("\n".join(lines) + "\n")
        os.rename(self.folder + "/faults.new", self.folder + "/faults")

    def events(self):
        with open(self.folder + "/smtp.log") as file:
            return [json.loads(line) for line in file if line.endswith("\n")]

    def taken_over(self):
        return collections.Counter(e["message_id"].strip("<>") for e in self.events() if e["event"] == "accepted")

    def wait_for(self, what, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if what():
                return True
            time.sleep(0.01)
        return False

    def time_passes(self):
        """What waits for its time is due, and the leases of dead workers run out."""
        alive = set()
        for daemon in self.daemons:
            try:
                with open(f"/proc/{daemon.pid}/task/{daemon.pid}/children") as file:
                    alive.add(str(daemon.pid))
            except FileNotFoundError:
                pass
        self.store.change("UPDATE jobs SET run_at = 0 WHERE state = 'ready'")
        for (worker,) in self.store.query("SELECT DISTINCT worker FROM jobs WHERE state = 'leased'"):
            if worker.split(":")[1] not in alive:  # "host:pid:start/number"
                self.store.change(f"UPDATE jobs SET lease_until = 0 WHERE state = 'leased' AND worker = '{worker}'")

    # ---- bursts and what became of them
    def deliveries(self):
        return self.store.query("SELECT id, message_id, state, recipient, period, schedule FROM deliveries ORDER BY seq")

    def burst(self, period):
        while True:  # the store may just have gone
            done = subprocess.run([self.options.deckle, "schedule", "run", "burst", "--period", period, "--by", "Dana", "-w",
                                   self.folder + "/w"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
            if done.returncode in (0, 3):  # 3: all of it is there already
                return
            time.sleep(0.2)

    def is_done(self, period):
        """Each recipient's delivery of it has come to an end."""
        mine = [d for d in self.deliveries() if d[4].startswith(period) and d[5] == "burst"]
        return len(mine) == self.options.recipients and all(d[2] in SETTLED for d in mine)

    def settle(self, done, seconds=120):
        self.faults()
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                self.fail("it does not come to an end", [d for d in self.deliveries() if d[2] not in SETTLED] +
                          self.store.query("SELECT key, state, attempt, reason FROM jobs WHERE state <> 'done'"))
            self.start_missing(calm=True)
            self.time_passes()
            time.sleep(0.2)

    def fail(self, what, rows=()):
        print(f"FAILED: {what}", *rows, sep="\n  ")
        print(f"The folder is {self.folder}")
        self.end(keep=True)
        sys.exit(1)

    def check(self):
        """The promises, from the server's log and the ledger; nothing may be in motion."""
        taken = self.taken_over()
        deliveries = self.deliveries()
        known = {d[1] for d in deliveries}
        self.counts["sent twice"] = sum(n - 1 for n in taken.values())
        strangers = [m for m in taken if m not in known]
        lost = [d for d in deliveries if taken[d[1]] == 0 and d[2] not in ("pending", "unknown")]
        denied = [d for d in deliveries if taken[d[1]] > 0 and d[2] not in ("sent", "unknown")]
        self.counts["lost"] = len(lost)
        if self.counts["sent twice"] or strangers:
            self.fail("messages were taken over twice, or by nobody's claim",
                      [m for m in taken if taken[m] > 1] + strangers)
        if lost:
            self.fail("not taken over, and neither pending nor unknown", lost)
        if denied:
            self.fail("taken over, and the ledger says otherwise", denied)

    def resolve(self):
        """What a person does: look into the other side's log, and say so."""
        taken = self.taken_over()
        unknown = [d for d in self.deliveries() if d[2] == "unknown"]
        self.counts["unknown"] += len(unknown)
        self.counts["unknown, but there"] += sum(1 for d in unknown if taken[d[1]])
        for d in unknown:
            self.deckle("delivery", "resolve", d[0], "sent" if taken[d[1]] else "again", "--by", "Dana")

    def end(self, keep=False):
        for daemon in self.daemons:
            try:
                os.killpg(daemon.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            daemon.wait()
        self.smtp.terminate()
        self.smtp.wait()
        self.store.end()
        if self.options.tmpfs and not keep:
            subprocess.run(["umount", self.folder + "/w"], check=True)
        if not keep:
            shutil.rmtree(self.folder)


def one_kill(rig, number):
    """One moment of misfortune, aimed or not."""
    r = rig.random
    kill = rig.kill_all if number % 3 == 0 else rig.kill_worker
    before = len(rig.events())
    if rig.options.tmpfs and r.random() < 0.15:
        rig.fill_disk()
    kind = ["before DATA", "between DATA and 250", "after 250", "refused", "dropped", "any moment", "any moment"][number % 7]

    def came(event):
        return lambda: any(e["event"] == event for e in rig.events()[before:])
    if kind == "before DATA":
        rig.faults("data hang times=1")
        rig.wait_for(came("fault"), 1.5)
    elif kind == "between DATA and 250":
        rig.faults(r.choice(["end hang times=1", "body hang times=1", "end drop times=1", "end vanish times=1"]))
        rig.wait_for(came("fault"), 1.5)
    elif kind == "after 250":
        rig.faults("end delay seconds=0.05 times=1")
        rig.wait_for(came("accepted"), 1.5)
        time.sleep(r.random() * 0.02)
    elif kind == "refused":
        rig.faults("rcpt 451_4.3.0_come_back_later times=2", "mail 421_4.3.2_no times=1")
        time.sleep(r.random() * 0.3)
    elif kind == "dropped":
        rig.faults(r.choice(["data drop times=2", "rcpt reset times=2", "connect hang times=1", "connect 421 times=2"]))
        time.sleep(r.random() * 0.5)
    else:
        rig.faults()
        time.sleep(r.random() * 0.8)
    rig.counts[kind] += 1
    kill()
    rig.empty_disk()
    if rig.options.store == "postgresql" and number % 5 == 4:
        rig.store.restart()
        rig.counts["PostgreSQL cut off"] += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--deckle", required=True)
    parser.add_argument("--kills", type=int, default=12)
    parser.add_argument("--recipients", type=int, default=6)
    parser.add_argument("--store", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--daemons", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tmpfs", action="store_true")
    options = parser.parse_args()
    if options.tmpfs and not os.environ.get("DECKLE_OWN_MOUNTS"):  # mounts that end with this process
        unshare = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--user", "--map-root-user"])
        os.environ["DECKLE_OWN_MOUNTS"] = "1"
        if subprocess.run([*unshare, "mount", "-t", "tmpfs", "none", "/mnt"], stderr=subprocess.DEVNULL).returncode == 0:
            os.execvp("unshare", [*unshare, sys.executable, *sys.argv])
        print("No file system may be mounted here: the disk is full by a limit on files instead")
        options.tmpfs = False
    options.deckle = os.path.abspath(options.deckle)
    rig = Rig(options)
    try:
        rig.deckle("schedule", "list")
        rig.deckle("runs", "list")  # makes the store
        rig.start_missing()
        bursts = []

        def next_burst():
            bursts.append(f"20{25 - len(bursts) // 12}-{12 - len(bursts) % 12:02}")
            rig.burst(bursts[-1])
        next_burst()
        for number in range(options.kills):
            rig.start_missing()
            rig.time_passes()
            if rig.is_done(bursts[-1]):
                next_burst()
            one_kill(rig, number)
        rig.settle(lambda: all(rig.is_done(period) for period in bursts))
        rig.stop()
        rig.check()
        rig.resolve()
        rig.settle(lambda: not [d for d in rig.deliveries() if d[2] in ("pending", "sending")])
        rig.stop()
        rig.check()
        taken = rig.taken_over()
        per = collections.Counter((d[4], d[3]) for d in rig.deliveries() if d[5] == "burst" and taken[d[1]] == 1)
        wanted = {(d[4], d[3]) for d in rig.deliveries() if d[5] == "burst"}
        if len(wanted) != len(bursts) * options.recipients or any(per[w] != 1 for w in wanted):
            rig.fail("not everybody has exactly one", [w for w in wanted if per[w] != 1])
        print(f"{options.store}, {options.daemons} at once, seed {options.seed}: {options.kills} kills, {len(bursts)} bursts to "
              f"{options.recipients}: sent {sum(per.values())}, duplicates {rig.counts['sent twice']}, lost {rig.counts['lost']}, "
              f"unknown {rig.counts['unknown']} (of them arrived: {rig.counts['unknown, but there']})")
        print(", ".join(f"{what} {n}" for what, n in sorted(rig.counts.items())))
    except BaseException:
        rig.end(keep=True)
        raise
    rig.end()


main()
