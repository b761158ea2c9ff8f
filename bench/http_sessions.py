"""Signs in as many people as the event streams of http_bench.sh need, and keeps the first one's own sheet.

    PYTHONPATH=tests/scenarios python3 bench/http_sessions.py FOLDER

FOLDER holds a demo centre and server.out, what its server said when it was ready; written are cookies.txt, address.txt and
sheet.json.
"""
import json
import pathlib
import sys

from program import expect
from serving import Desk, Running

SECURE = "correct horse battery staple"
PEOPLE = 30  # an account has at most 12 streams


def main():
    folder = pathlib.Path(sys.argv[1])
    ready = json.loads((folder / "server.out").read_text(encoding="utf-8"))
    server = Running(ready["address"])
    admin = Desk(server).sign_in(ready["account"], ready["password"], SECURE)
    agents = [person["staff_no"] for person in admin.ask("GET", "/people?position=agent&employed=true&limit=100").json["items"]]
    desks = []
    for staff_no in agents[:PEOPLE]:
        account = "agent." + staff_no
        made = expect(0, "user", "add", account, "--staff", staff_no, "--role", "agent:self", "--data", folder / "centre", "--json").json
        desks.append(Desk(server).sign_in(account, made["password"], SECURE))
    path = f"/months/2026-10/sheets/{agents[0]}"
    sheet = desks[0].ask("GET", path)
    if sheet.status != 200:
        raise AssertionError(f"{path}: {sheet}")
    (folder / "sheet.json").write_bytes(sheet.body)
    (folder / "address.txt").write_text("/api/v1" + path)
    (folder / "cookies.txt").write_text("".join(desk.cookie + "\n" for desk in desks))


main()
