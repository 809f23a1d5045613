#!/usr/bin/python3
"""A real SMTP server for tests: aiosmtpd, with a log of its own and with faults on request.

    smtp_server.py --log smtp.log --mail mail [--port 0] [--port-file smtp.port] [options]

It listens on 127.0.0.1, prints "listening PORT" (and writes PORT to --port-file, which appears at once or not at all),
and runs until SIGTERM or SIGINT.

Log: one JSON object a line, flushed with fsync before the answer it belongs to leaves. Every line has `at` (Unix time),
`session` (counts from 1; goes on after a restart with the same log) and `event`:
    connect                                   before the greeting
    ehlo        name
    starttls    done once the handshake is
    auth        mechanism, user, ok           never a password or token
    mail        from, size                    whatever the answer will be
    rcpt        to                            whatever the answer will be
    data                                      before the 354
    accepted    from, to [list], message_id, subject, sha256, bytes, file
                                              THE SERVER HAS TAKEN THE MESSAGE OVER: it counts as delivered
    refused     as accepted, and answer       DATA ended, but the answer is 4xx or 5xx: not taken over
    vanished    as accepted                   DATA ended, nothing was taken over, no answer (fault `end vanish`)
    answered    answer                        the 250 after `accepted` has been written to the socket
    fault       phase, action                 a fault was put into effect
    quit
To count deliveries count the `accepted` lines; each has its message in --mail/FILE, byte for byte as it came (dots of
transparency removed). A log may be read at any time; a last line without line feed is not complete.

Faults: --fault "PHASE ACTION [match=TEXT] [times=N] [skip=N] [chance=0.1] ...", may be repeated; --control FILE holds
more, one a line (# comments). The file is read again when it changes; the counts of its faults then start anew. Write it
beside and rename it. The first fault that fits an occurrence of its phase is put into effect.
  PHASE   connect ehlo starttls auth mail rcpt data body end rset quit, or * for each
          data: before the 354; body: in the middle of the message, after `after=N` lines (default 3);
          end: after the final dot
  ACTION  an answer such as 550 or "451 4.3.0 come back later" instead of the usual one (at connect: instead of 220;
          at end: the message is not taken over); underscores in it may stand for blanks
          drop     close the connection instead of answering; at end: after the message was taken over
          reset    the same with RST
          vanish   at end: close the connection, the message was not taken over
          hang     never answer (until the client goes)
          drip     answer one byte each `every=` seconds (default 0.2)
          delay    answer after `seconds=` (default 0.2)
          pass     do nothing (to except something from a later fault)
  match   only when TEXT is in: the address (mail, rcpt), recipients (data, body), recipients, Message-ID or
          subject (end), the name (ehlo), the mechanism (auth); other phases have no text
  times   only so often; skip: not the first N times; chance: with this probability (--seed)
"""
import argparse
import asyncio
import base64
import email
import email.policy
import hashlib
import json
import os
import random
import re
import signal
import ssl
import sys
import time

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword, MISSING

PHASES = "connect ehlo starttls auth mail rcpt data body end rset quit *".split()
ACTIONS = "drop reset vanish hang drip delay pass".split()


class Fault:
    def __init__(self, text):
        words = text.split()
        if len(words) < 2 or words[0] not in PHASES:
            raise ValueError(f"fault {text!r}: PHASE ACTION, PHASE one of {' '.join(PHASES)}")
        self.phase = words.pop(0)
        action = [words.pop(0)]
        while words and "=" not in words[0]:
            action.append(words.pop(0))
        self.action = " ".join(action).replace("_", " ")
        if not self.action[:3].isdigit() and self.action not in ACTIONS:
            raise ValueError(f"fault {text!r}: ACTION is an answer or one of {' '.join(ACTIONS)}")
        if self.phase == "body" and self.action not in ("drop", "reset", "hang", "delay"):
            raise ValueError(f"fault {text!r}: body takes drop, reset, hang or delay")
        if self.action[:3].isdigit() and len(self.action) == 3:
            self.action += " as the test asked for"
        values = dict(word.split("=", 1) for word in words)
        self.match = values.pop("match", "")
        self.times = int(values.pop("times", -1))
        self.skip = int(values.pop("skip", 0))
        self.chance = float(values.pop("chance", 1))
        self.every = float(values.pop("every", 0.2))
        self.seconds = float(values.pop("seconds", 0.2))
        self.after = int(values.pop("after", 3))
        if values:
            raise ValueError(f"fault {text!r}: unknown {', '.join(values)}")

    @property
    def is_answer(self):
        return self.action[:3].isdigit()

    def fits(self, phase, text):
        if self.phase not in ("*", phase) or self.match not in text or self.times == 0:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if self.chance < 1 and random.random() >= self.chance:
            return False
        self.times -= 1 if self.times > 0 else 0
        return True


class Faults:
    def __init__(self, given, control):
        self.given = [Fault(text) for text in given]
        self.control = control
        self.seen = None
        self.read = []

    def find(self, phase, text=""):
        self.refresh()
        return next((fault for fault in self.given + self.read if fault.fits(phase, text)), None)

    def refresh(self):
        if not self.control:
            return
        try:
            info = os.stat(self.control)
        except FileNotFoundError:
            self.seen, self.read = None, []
            return
        state = (info.st_ino, info.st_mtime_ns, info.st_size)
        if state == self.seen:
            return
        with open(self.control) as file:
            lines = [line.split("#")[0].strip() for line in file]
        self.seen, self.read = state, [Fault(line) for line in lines if line]


class Log:
    def __init__(self, path):
        self.sessions = 0
        if os.path.exists(path):
            with open(path, "rb") as old:
                for line in old.read().split(b"\n"):
                    try:
                        self.sessions = max(self.sessions, json.loads(line)["session"])
                    except ValueError:
                        pass
        self.file = open(path, "ab")
        if self.file.tell() > 0:
            self.file.write(b"\n")  # in case the last line is not whole

    def next_session(self):
        self.sessions += 1
        return self.sessions

    def write(self, session, event, **values):
        line = {"at": round(time.time(), 6), "session": session, "event": event, **values}
        self.file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self.file.flush()
        os.fsync(self.file.fileno())


class Body:
    """The reader during DATA: a fault comes after some lines."""

    def __init__(self, inner, server, fault):
        self.inner, self.server, self.fault, self.lines = inner, server, fault, 0

    async def readuntil(self, separator=b"\n"):
        if self.lines == self.fault.after:
            self.server.phase, self.server.fault = "body", self.fault
            await self.server.act()
        self.lines += 1
        return await self.inner.readuntil(separator)

    def __getattr__(self, name):
        return getattr(self.inner, name)


class Server(SMTP):
    # Tokens are long (RFC 4954: 12,288 octets); the limit of a line of mail is checked at the end of DATA.
    line_length_limit = 16384

    def __init__(self, options, log, faults, context):
        self.options, self.log, self.faults = options, log, faults
        self.number = log.next_session()
        self.phase, self.fault = "connect", None
        starttls = context if options.tls == "starttls" else None
        super().__init__(
            Handler(), data_size_limit=options.size, enable_SMTPUTF8=options.smtputf8, hostname=options.hostname,
            ident="test server", tls_context=starttls, require_starttls=options.require_tls,
            timeout=3600, auth_required=bool(options.user) and not options.auth_optional,
            auth_require_tls=starttls is not None, authenticator=authenticate,
            auth_exclude_mechanism=[m for m in ("PLAIN", "LOGIN", "XOAUTH2") if m not in options.mechanisms])
        self.command_size_limits["AUTH"] = 12288

    def note(self, event, **values):
        self.log.write(self.number, event, **values)

    # ---- phases and faults ----
    def enter(self, phase, text=""):
        self.phase, self.fault = phase, self.faults.find(phase, text)
        return self.fault

    async def push(self, status):
        """Every answer passes here."""
        status = await self.act(status)
        if status is not None:
            await super().push(status)

    async def act(self, status=None):
        """Puts the fault of this phase into effect; returns the answer that is left to be given."""
        fault = self.fault
        if fault is None or fault.action == "pass":
            return status
        if fault.action == "drip" and status is not None:
            self.note("fault", phase=self.phase, action=fault.action)
            for byte in (status.encode() if isinstance(status, str) else status) + b"\r\n":
                self._writer.write(bytes([byte]))
                await self._writer.drain()
                await asyncio.sleep(fault.every)
            return None
        self.fault = None
        self.note("fault", phase=self.phase, action=fault.action)
        if fault.action in ("drop", "vanish", "reset"):
            self.leave(fault.action == "reset")
        if fault.action == "hang":
            await asyncio.sleep(86400)
        if fault.action == "delay":
            await asyncio.sleep(fault.seconds)
        return fault.action if fault.is_answer else status

    def leave(self, reset=False):
        if reset:
            (self._original_transport or self.transport).abort()
        else:
            self.transport.close()
        raise asyncio.CancelledError

    async def _handle_client(self):
        self.note("connect")
        fault = self.enter("connect")
        if fault and fault.is_answer:
            await self.push(fault.action)
            self.leave()
        await super()._handle_client()

    async def command(self, phase, text, usual):
        fault = self.enter(phase, text)
        if fault and fault.is_answer:
            usual.close()
            await self.push(fault.action)
        else:
            await usual

    async def smtp_EHLO(self, arg):
        self.note("ehlo", name=arg)
        await self.command("ehlo", arg or "", super().smtp_EHLO(arg))

    async def smtp_STARTTLS(self, arg):
        await self.command("starttls", "", super().smtp_STARTTLS(arg))

    async def smtp_AUTH(self, arg):
        self.enter("auth", arg.split()[0] if arg else "")  # an answer is given once the credentials are there
        await super().smtp_AUTH(arg)

    async def challenge_auth(self, challenge, encode_to_b64=True, log_client_response=False):
        fault = self.fault
        if fault and fault.is_answer:
            self.fault = None
        blob = await super().challenge_auth(challenge, encode_to_b64)
        if fault and fault.is_answer:
            self.fault = fault
        return blob

    async def smtp_MAIL(self, arg):
        size = re.search(r"SIZE=(\d+)", arg or "", re.I)
        self.note("mail", **{"from": address_in(arg), "size": int(size[1]) if size else None})
        await self.command("mail", address_in(arg), super().smtp_MAIL(arg))

    async def smtp_RCPT(self, arg):
        self.note("rcpt", to=address_in(arg))
        await self.command("rcpt", address_in(arg), super().smtp_RCPT(arg))

    async def smtp_DATA(self, arg):
        recipients = " ".join(self.envelope.rcpt_tos)
        self.note("data")
        reader, fault = self._reader, self.faults.find("body", recipients)
        if fault:
            self._reader = Body(reader, self, fault)
        try:
            await self.command("data", recipients, super().smtp_DATA(arg))
        finally:
            self._reader = reader

    async def smtp_RSET(self, arg):
        await self.command("rset", "", super().smtp_RSET(arg))

    async def smtp_QUIT(self, arg):
        self.note("quit")
        await self.command("quit", "", super().smtp_QUIT(arg))


def address_in(argument):
    found = re.search(r"<(.*?)>", argument or "")
    return found[1] if found else argument or ""


def authenticate(server, session, envelope, mechanism, data):
    if isinstance(data, LoginPassword):
        user, secret = data.login.decode(), data.password.decode()
        good = server.options.user.get(user) == secret
    else:
        user, secret = data
        good = bool(server.options.token) and secret == server.options.token and user in server.options.user
    if server.fault and server.fault.is_answer:
        good = False
    server.note("auth", mechanism=mechanism, user=user, ok=good)
    return AuthResult(success=good, handled=False, auth_data=data)


class Handler:
    async def auth_XOAUTH2(self, server, args):
        """https://developers.google.com/gmail/imap/xoauth2-protocol"""
        blob = await server.challenge_auth("") if len(args) == 1 else base64.b64decode(args[1])
        if blob is MISSING:
            return AuthResult(success=False)
        fields = dict(part.split("=", 1) for part in blob.decode().split("\x01") if "=" in part)
        token = fields.get("auth", "").removeprefix("Bearer ")
        result = authenticate(server, None, None, "XOAUTH2", (fields.get("user", ""), token))
        if not result.success:  # the reason first, which the client answers with an empty line
            await server.challenge_auth('{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}')
        return result

    def handle_STARTTLS(self, server, session, envelope):
        server.note("starttls")
        return True

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        if not server.options.user:
            responses = [r for r in responses if not r.startswith("250-AUTH")]
        return responses

    async def handle_DATA(self, server, session, envelope):
        content = envelope.original_content
        if any(len(line) > 998 for line in content.split(b"\r\n")):
            return "500 5.6.0 A line is longer than 998 octets (RFC 5322, 2.1.1)"
        message = email.message_from_bytes(content, policy=email.policy.default)
        about = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "message_id": str(message["Message-ID"] or ""),
                 "subject": str(message["Subject"] or ""), "sha256": hashlib.sha256(content).hexdigest(),
                 "bytes": len(content)}
        fault = server.enter("end", " ".join([*envelope.rcpt_tos, about["message_id"], about["subject"]]))
        if fault and fault.is_answer:
            server.note("refused", **about, answer=fault.action)
            return fault.action
        if fault and fault.action == "vanish":
            server.note("vanished", **about)
            return await server.act()
        about["file"] = keep(server.options.mail, content) if server.options.mail else None
        server.note("accepted", **about)
        answer = f"250 2.0.0 Ok: queued as {server.number}"
        await server.push(answer)
        server.note("answered", answer=answer)
        return None


def keep(folder, content):
    """A file with the message that survives a crash; its name is the next free number."""
    number = 1 + max((int(name[:-4]) for name in os.listdir(folder) if name[:-4].isdigit()), default=0)
    while True:
        name = f"{number}.eml"
        try:
            file = os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
            break
        except FileExistsError:
            number += 1
    with open(file, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    return name


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=0, help="0 = any free one")
    parser.add_argument("--port-file", help="the port is written to this file")
    parser.add_argument("--log", required=True)
    parser.add_argument("--mail", help="folder for the messages, made if missing")
    parser.add_argument("--hostname", default="mail.test")
    parser.add_argument("--tls", choices=["none", "starttls", "tls"], default="none")
    parser.add_argument("--cert", help="PEM with the certificate and its chain")
    parser.add_argument("--key", help="PEM with the key")
    parser.add_argument("--require-tls", action="store_true", help="with starttls: 530 before it")
    parser.add_argument("--user", action="append", default=[], metavar="USER:PASSWORD", help="may be repeated")
    parser.add_argument("--token", help="access token that XOAUTH2 takes, for each --user")
    parser.add_argument("--mechanisms", default="PLAIN,LOGIN,XOAUTH2")
    parser.add_argument("--auth-optional", action="store_true", help="mail without AUTH is taken too")
    parser.add_argument("--size", type=int, default=36700160, help="of a message, offered in EHLO")
    parser.add_argument("--smtputf8", action="store_true")
    parser.add_argument("--fault", action="append", default=[])
    parser.add_argument("--control")
    parser.add_argument("--seed", type=int)
    options = parser.parse_args()
    options.user = dict(user.split(":", 1) for user in options.user)
    options.mechanisms = options.mechanisms.split(",")
    if options.tls != "none" and not (options.cert and options.key):
        parser.error("--tls needs --cert and --key")
    return options


async def serve(options):
    if options.seed is not None:
        random.seed(options.seed)
    if options.mail:
        os.makedirs(options.mail, exist_ok=True)
    log, faults = Log(options.log), Faults(options.fault, options.control)
    context = None
    if options.tls != "none":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.cert, options.key)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, about: None)  # clients that go away in the middle are wanted here
    server = await loop.create_server(lambda: Server(options, log, faults, context), "127.0.0.1", options.port,
                                      backlog=256, ssl=context if options.tls == "tls" else None)
    port = server.sockets[0].getsockname()[1]
    if options.port_file:
        with open(options.port_file + ".new", "w") as file:
            file.write(f"{port}\n")
        os.rename(options.port_file + ".new", options.port_file)
    print("listening", port, flush=True)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()
    server.close()


if __name__ == "__main__":
    import logging
    import warnings

    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    try:
        asyncio.run(serve(arguments()))
    except (OSError, ValueError) as problem:
        sys.exit(f"smtp_server.py: {problem}")
