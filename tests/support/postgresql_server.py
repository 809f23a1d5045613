#!/usr/bin/python3
"""PostgreSQL for tests: Debian's postgresql-15 in a temporary folder, on a free port of 127.0.0.1.

    postgresql_server.py [--max-connections 50]

It prints "listening PORT" and runs until SIGTERM, until its standard input ends, or until its parent is gone; then the
server is stopped and the folder removed. A line on standard input is done and answered with "done":
    restart     stop at once, as a power cut would, and start again on the same port
    stop        stop at once
    start       start again
User and database `deckle`, password `secret'of'tests`; nothing is safe from a power cut, and nothing of the
machine's own clusters is touched. As root the server runs as the user postgres.
"""
import argparse
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

BIN = "/usr/lib/postgresql/15/bin/"
PASSWORD = "secret'of'tests"
AS = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


class Server:
    def __init__(self, connections):
        self.folder = tempfile.mkdtemp(prefix="deckle-pg-", dir="/tmp")  # a socket's path is short
        self.data = self.folder + "/data"
        self.connections = connections
        self.process = None
        if AS:
            user = pwd.getpwnam("postgres")
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        secret = self.folder + "/password"
        with open(secret, "w") as file:
            file.write(PASSWORD + "\n")
        os.chmod(secret, 0o644)
        self.run("initdb", "-D", self.data, "-U", "deckle", "-A", "scram-sha-256", "--pwfile", secret, "--no-sync",
                 "-E", "UTF8", "--locale", "C.UTF-8")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def run(self, program, *arguments):
        done = subprocess.run([BIN + program, *arguments], cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **AS)
        if done.returncode != 0:
            raise SystemExit(f"{program}: {done.stdout.decode(errors='replace')}")

    def start(self):
        self.run("pg_ctl", "-D", self.data, "-w", "-t", "60", "-l", self.folder + "/log", "-o",
                 f"-c listen_addresses=127.0.0.1 -c port={self.port} -c unix_socket_directories={self.folder} "
                 f"-c fsync=off -c max_connections={self.connections} -c shared_buffers=32MB "
                 "-c autovacuum=off -c log_min_messages=warning", "start")

    def stop(self):
        if os.path.exists(self.data + "/postmaster.pid"):
            self.run("pg_ctl", "-D", self.data, "-w", "-m", "immediate", "stop")

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def serve(server):
    server.start()
    # initdb makes only the database "postgres".
    subprocess.run([BIN + "psql", "-qX", "-h", "127.0.0.1", "-p", str(server.port), "-U", "deckle", "-d", "postgres",
                    "-c", "CREATE DATABASE deckle"], check=True, env={**os.environ, "PGPASSWORD": PASSWORD},
                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    print(f"listening {server.port}", flush=True)
    for line in sys.stdin:
        word = line.strip()
        if word in ("restart", "stop"):
            server.stop()
        if word in ("restart", "start"):
            server.start()
        print("done", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--max-connections", type=int, default=50)
    arguments = parser.parse_args()
    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: sys.exit(0))
    server = Server(arguments.max_connections)
    try:
        serve(server)
    finally:
        for ending in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ending, signal.SIG_IGN)
        server.stop()
        server.remove()


main()
