#!/usr/bin/python3
"""A real Exim (exim4-daemon-light) for one test: each connection to a free port of 127.0.0.1 is handed to `exim4 -bs`, as
inetd does, with a configuration of its own that keeps every message.

    exim_server.py FOLDER      prints "listening PORT"; FOLDER/log/main is Exim's log, FOLDER/mbox the messages
"""
import grp
import os
import pwd
import socket
import subprocess
import sys

CONFIGURATION = """
spool_directory = {folder}/spool
log_file_path = {folder}/log/%s
primary_hostname = mail.test
exim_user = {user}
exim_group = {group}
never_users =
deliver_drop_privilege
acl_smtp_rcpt = take
acl_smtp_data = take
log_selector = +received_recipients +subject +delivery_size
keep_environment =
begin acl
take:
  accept
begin routers
all:
  driver = accept
  transport = file
begin transports
file:
  driver = appendfile
  file = {folder}/mbox/$message_exim_id
  delivery_date_add = false
  envelope_to_add = false
  return_path_add = false
  message_prefix =
  message_suffix =
"""

folder = sys.argv[1]
os.makedirs(folder, exist_ok=True)
if os.getuid() == 0:  # Exim delivers nothing as root
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)
for name in ("spool", "log", "mbox"):
    os.makedirs(os.path.join(folder, name), exist_ok=True)
configuration = os.path.join(folder, "exim.conf")
with open(configuration, "w") as file:
    file.write(CONFIGURATION.format(folder=folder, user=pwd.getpwuid(os.getuid()).pw_name, group=grp.getgrgid(os.getgid()).gr_name))
server = socket.create_server(("127.0.0.1", 0))
print("listening", server.getsockname()[1], flush=True)
while True:
    connection, _ = server.accept()
    # -odi: delivered before it answers the next command
    subprocess.Popen(["/usr/sbin/exim4", "-C", configuration, "-odi", "-bs"], stdin=connection, stdout=connection,
                     stderr=subprocess.DEVNULL)
    connection.close()
