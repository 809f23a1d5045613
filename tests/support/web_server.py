#!/usr/bin/python3
"""Stand-ins for tests, over HTTPS with a certificate of the test: Microsoft's token endpoint, Microsoft Graph's sendMail,
and a receiver of webhooks. They speak the documented protocols, errors included.

    web_server.py --log web.log --keep FOLDER [--cert server.pem --key server.key] [--control FILE]

It listens on 127.0.0.1, prints "listening PORT" and runs until it is killed. Without --cert it speaks plain HTTP.

    POST /TENANT/oauth2/v2.0/token          tenant, client and secret have to be --tenant, --client, --secret
    POST /v1.0/users/MAILBOX/sendMail       a bearer token from above; MIME in base64 as text/plain; kept as N.eml
    POST /hook                              signed with --secret as Standard Webhooks says; kept as N.json

Log: one JSON object a line, on disk before the answer leaves: {"event": "token" | "sent" | "hook" | "refused", ...}.
`sent` and `hook` are what was taken over.

Control: one fault a line, "KIND ACTION": KIND token, send or hook; ACTION
    an error code of Microsoft (AADSTS700016, ErrorAccessDenied), with its documented status and shape
    a status (429, 503, 302)
    drop    close the connection instead of reading the request
    lose    take it over, then close the connection without an answer
    hang    take it over, then never answer
    drip    take it over, then answer a byte now and then
    noroles the token has no Mail.Send
"""
import argparse
import base64
import email
import email.policy
import email.utils
import hashlib
import hmac
import http.server
import json
import os
import socket
import ssl
import threading
import time
import urllib.parse

# https://learn.microsoft.com/entra/identity-platform/reference-error-codes
TOKEN_ERRORS = {
    "AADSTS7000215": (401, "invalid_client", "Invalid client secret provided. Ensure the secret being sent in the request "
                      "is the client secret value, not the client secret ID, for a secret added to app 'c-1'."),
    "AADSTS7000222": (401, "invalid_client", "The provided client secret keys for app 'c-1' are expired."),
    "AADSTS700016": (400, "unauthorized_client", "Application with identifier 'c-1' was not found in the directory "
                     "'Prairie'. This can happen if the application has not been installed by the administrator."),
    "AADSTS90002": (400, "invalid_request", "Tenant 'prairie.example' not found. Check to make sure you have the correct "
                    "tenant ID and are signing into the correct cloud."),
    "AADSTS53003": (400, "access_denied", "Access has been blocked by Conditional Access policies."),
}
# https://learn.microsoft.com/graph/errors
GRAPH_ERRORS = {
    "InvalidAuthenticationToken": (401, "Access token has expired or is not yet valid."),
    "ErrorAccessDenied": (403, "Access is denied. Check credentials and try again."),
    "ErrorSendAsDenied": (403, "The user account which was used to submit this request does not have the right to send "
                          "mail on behalf of the specified sending account."),
    "ErrorInvalidUser": (404, "The requested user 'reports@prairie.example' is invalid."),
    "MailboxNotEnabledForRESTAPI": (404, "The mailbox is either inactive, soft-deleted, or is hosted on-premise."),
    "ErrorInvalidRecipients": (400, "At least one recipient isn't valid."),
    "ErrorMimeContentInvalidBase64String": (400, "Invalid base64 string for MIME content."),
    "ApplicationThrottled": (429, "Application is over its MailboxConcurrency limit."),
    "ErrorServerBusy": (503, "The server is busy. Try again later."),
    "ErrorInternalServerError": (500, "An internal server error occurred. The operation failed."),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def note(self, event, **values):
        with self.server.lock:
            line = json.dumps({"event": event, "path": self.path, **values}, ensure_ascii=False)
            self.server.log.write(line.encode() + b"\n")
            self.server.log.flush()
            os.fsync(self.server.log.fileno())

    def answer(self, status, body, headers=()):
        bytes_ = json.dumps(body).encode() if body is not None else b""
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(bytes_)))
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(bytes_)
        self.close_connection = True

    def graph_error(self, code):
        status, text = GRAPH_ERRORS[code]
        self.note("refused", code=code)
        headers = [("Retry-After", "17")] if status in (429, 503) else []
        self.answer(status, {"error": {"code": code, "message": text, "innerError": {
            "date": "2026-11-03T13:00:05", "request-id": "00000000-0000-0000-0000-000000000001"}}}, headers)

    def token_error(self, code):
        status, error, text = TOKEN_ERRORS[code]
        self.note("refused", code=code)
        self.answer(status, {"error": error, "error_description": f"{code}: {text} Trace ID: 1 Correlation ID: 2",
                             "error_codes": [int(code[6:])], "timestamp": "2026-11-03 13:00:05Z", "trace_id": "1",
                             "correlation_id": "2", "error_uri": "https://login.microsoftonline.com/error?code=" + code[6:]})

    def fault(self, kind):
        try:
            with open(self.server.options.control) as file:
                lines = [line.split() for line in file if line.strip()]
        except (TypeError, FileNotFoundError):
            return ""
        return next((line[1] for line in lines if line[0] == kind), "")

    def leave(self):
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def do_POST(self):
        kind = "token" if self.path.endswith("/token") else "send" if self.path.endswith("/sendMail") else "hook"
        fault = self.fault(kind)
        if fault == "drop":
            return self.leave()
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if fault in TOKEN_ERRORS:
            return self.token_error(fault)
        if fault in GRAPH_ERRORS:
            return self.graph_error(fault)
        if fault.isdigit():
            self.note("refused", status=int(fault))
            soon = email.utils.formatdate(time.time() + 90, usegmt=True)  # as a date; 429 has seconds
            headers = {"302": [("Location", "https://127.0.0.1:1/elsewhere")], "429": [("Retry-After", "17")],
                       "503": [("Retry-After", soon)]}
            return self.answer(int(fault), {"problem": "as the test asked for"}, headers.get(fault, []))
        answer = {"token": self.token, "send": self.send, "hook": self.hook}[kind](body, fault)
        if answer is None or fault == "noroles" and kind != "token":
            return
        if fault == "lose":
            return self.leave()
        if fault == "hang":
            return time.sleep(86400)
        if fault == "drip":
            for byte in b"HTTP/1.1 202 Accepted\r\n" + b"X-Slow: y\r\n" * 1000:
                try:
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                except OSError:
                    return self.leave()
                time.sleep(0.03)
        self.answer(*answer)

    def token(self, body, fault):
        options = self.server.options
        form = {k: v[0] for k, v in urllib.parse.parse_qs(body.decode()).items()}
        tenant = self.path.split("/")[1]
        if tenant != options.tenant:
            return self.token_error("AADSTS90002")
        if form.get("client_id") != options.client:
            return self.token_error("AADSTS700016")
        if form.get("client_secret") != options.secret:
            return self.token_error("AADSTS7000215")
        if form.get("grant_type") != "client_credentials" or not form.get("scope", "").endswith("/.default"):
            return self.answer(400, {"error": "invalid_scope", "error_description": "AADSTS1002012: The provided value for "
                                     "scope is not valid."})
        self.note("token", scope=form["scope"])
        claims = {"aud": "https://graph.microsoft.com", "roles": [] if fault == "noroles" else ["Mail.Send"]}
        part = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        token = f"eyJ0.{part}.{options.token}"
        return 200, {"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": token}

    def send(self, body, fault):
        token = self.headers.get("Authorization", "").removeprefix("Bearer ").rsplit(".", 1)[-1]
        if token != self.server.options.token:
            return self.graph_error("InvalidAuthenticationToken")
        if self.headers["Content-Type"] != "text/plain" or len(body) > 4 * 1024 * 1024:
            return self.answer(413, {"error": {"code": "RequestEntityTooLarge",
                                               "message": "The maximum request length supported is 4MB."}})
        try:
            mail = base64.b64decode(body, validate=True)
        except ValueError:
            return self.graph_error("ErrorMimeContentInvalidBase64String")
        message = email.message_from_bytes(mail, policy=email.policy.default)
        self.note("sent", mailbox=urllib.parse.unquote(self.path.split("/")[3]), to=[str(message["To"])],
                  message_id=str(message["Message-ID"]), sha256=hashlib.sha256(mail).hexdigest(), file=self.keep(mail, "eml"))
        return 202, None

    def hook(self, body, fault):
        identity, stamp = self.headers["webhook-id"], self.headers["webhook-timestamp"]
        key = self.server.options.secret
        key = base64.b64decode(key[6:]) if key.startswith("whsec_") else key.encode()
        good = "v1," + base64.b64encode(
            hmac.new(key, f"{identity}.{stamp}.".encode() + body, hashlib.sha256).digest()).decode()
        if not hmac.compare_digest(good, self.headers["webhook-signature"]):
            self.note("refused", code="signature")
            return self.answer(401, {"problem": "signature"})
        self.note("hook", id=identity, timestamp=stamp, type=self.headers["Content-Type"], file=self.keep(body, "json"))
        return 204, None

    def keep(self, content, extension):
        with self.server.lock:
            self.server.count += 1
            name = f"{self.server.count}.{extension}"
        with open(os.path.join(self.server.options.keep, name), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return name


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, options):
        super().__init__(("127.0.0.1", 0), Handler)
        self.options, self.count, self.lock = options, 0, threading.Lock()
        os.makedirs(options.keep, exist_ok=True)
        self.log = open(options.log, "ab")
        self.context = None
        if options.cert:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(options.cert, options.key)

    def finish_request(self, request, address):
        if self.context:  # in the connection's own thread, so that a slow handshake holds up nobody
            request = self.context.wrap_socket(request, server_side=True)
        super().finish_request(request, address)

    def handle_error(self, request, address):
        pass  # clients that go away are wanted here


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log", required=True)
    parser.add_argument("--keep", required=True, help="folder for what was taken over, made if missing")
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--control")
    parser.add_argument("--tenant", default="prairie.example")
    parser.add_argument("--client", default="c-1")
    parser.add_argument("--secret", default="correct horse battery staple")
    parser.add_argument("--token", default="s3cr3t-t0ken")
    server = Server(parser.parse_args())
    print("listening", server.server_address[1], flush=True)
    server.serve_forever()
