"""A plan over as many contacts and agents as asked for, drawn as the desk does it: drawn up, approved, its round drawn, with
every signal of risk that calls and facts give. Beside it the same contacts counted by agent in the same database.

    PYTHONPATH=tests/scenarios python3 bench/plan_draw.py FOLDER CONTACTS AGENTS ROUNDS
"""
import datetime
import pathlib
import sqlite3
import statistics
import sys
import time

from program import expect
from serving import Desk, Server
from workbench_desks import SECURE, account, last_month, step

INSPECTORS = 64
PER_AGENT = 10
RISK = {"complaint": 2000, "low_satisfaction": 2000, "long_contact": 1000, "repeat_contact": 500, "transferred": 500, "new_agent": 500}
COUNT = """SELECT member, count(*) FROM contacts
            WHERE offered_at >= ? AND offered_at < ? AND outcome = 1 AND member <> '' GROUP BY member"""


def write_centre(folder, contacts, agents, first, days):
    start = int(datetime.datetime(first.year, first.month, first.day, tzinfo=datetime.timezone.utc).timestamp()) - 8 * 3600
    with (folder / "people.csv").open("w", encoding="utf-8") as people:
        people.write("staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids\n")
        for n in range(agents):
            people.write(f"{10000 + n},Agent {n},G{n // 20},agent,2020-01-01,,,queue1,Agent/{10000 + n}\n")
        for n in range(INSPECTORS):
            people.write(f"{30000 + n},Inspector {n},Q,inspector,2020-01-01,,,,\n")
        people.write("40001,Supervisor,Q,supervisor,2020-01-01,,,,\n50001,Manager,M,manager,2020-01-01,,,,\n")
    seconds, log = days * 86400, []
    for n in range(contacts):
        at, agent, talk = start + n * (seconds - 3600) // contacts, n * 7919 % agents, n * 37 % 900
        name = f"{at}.{n}"
        end = f"BLINDTRANSFER|2000|xfer|1|{talk}|1" if n % 40 == 0 else f"COMPLETECALLER|1|{talk}|1"
        log += [(at, f"{name}|queue{n % 6}|NONE|ENTERQUEUE||139{n * 31 % 400000:08}|1"),
                (at + 1, f"{name}|queue{n % 6}|Agent/{10000 + agent}|CONNECT|1|x|1"),
                (at + 1 + talk, f"{name}|queue{n % 6}|Agent/{10000 + agent}|{end}")]
    log.sort(key=lambda line: line[0])
    with (folder / "queue_log").open("w", encoding="utf-8") as file:
        file.writelines(f"{at}|{line}\n" for at, line in log)
    with (folder / "facts.csv").open("w", encoding="utf-8") as facts:
        facts.write("staff_no,occurred_at,kind,value,note,source_ref,void\n")
        for n in range(contacts // 10):
            day = first + datetime.timedelta(days=n % days)
            kind, value = ("complaint", 5) if n % 100 == 0 else ("satisfaction", int(n % 8 != 0))
            facts.write(f"{10000 + n * 7919 % agents},{day}T10:{n % 60:02}:{n // 60 % 60:02},{kind},{value},,f{n},\n")


def plan_of(supervisor, month):
    rounds = supervisor.ask("GET", f"/quality/plan-outline?month={month:%Y-%m}").json["rounds"]
    for one in rounds:
        one.pop("drawn_at", None)
        one["per_agent"] = PER_AGENT
    return {"month": f"{month:%Y-%m}", "title": "bench", "groups": [], "products": [], "channels": ["call"], "rounds": rounds,
            "signals": [{"signal": signal, "adds": adds} for signal, adds in RISK.items()], "inspectors": [{"staff_no": str(30000 + n), "capacity": 1000} for n in range(INSPECTORS)]}


def counted(database, first, last):
    bounds = [int(datetime.datetime(d.year, d.month, d.day, tzinfo=datetime.timezone.utc).timestamp() - 8 * 3600) * 10**6
              for d in (first, last + datetime.timedelta(days=1))]
    began = time.monotonic()
    rows = database.execute(COUNT, bounds).fetchall()
    return time.monotonic() - began, sum(count for _, count in rows)


def main():
    folder, contacts, agents, rounds = pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:5])
    month, centre = last_month(), folder / "centre"
    expect(0, "init", "--data", centre)
    write_centre(folder, contacts, agents, month, 7)
    for kind, name in (("people", "people.csv"), ("queue-log", "queue_log"), ("facts", "facts.csv")):
        expect(0, "import", kind, folder / name, "--data", centre)
    supervisor_account = account(folder, "supervisor", "qa_supervisor:centre", 40001)
    manager_account = account(folder, "manager", "manager:centre", 50001)
    database = sqlite3.connect(centre / "zhiheng.db")
    drawing, counting = [], []
    with Server(centre) as server:
        supervisor = Desk(server).sign_in(*supervisor_account, SECURE)
        manager = Desk(server).sign_in(*manager_account, SECURE)
        for number in range(1, rounds + 1):
            plan = plan_of(supervisor, month)
            made = supervisor.ask("POST", "/quality/plans", plan)
            if made.status != 201:
                raise AssertionError(made)
            step(manager, f"/plans/{number}", "approve")
            version = supervisor.ask("GET", f"/quality/plans/{number}").headers["etag"]
            began = time.monotonic()
            drawn = supervisor.ask("POST", f"/quality/plans/{number}/rounds/1/draw", None, If_Match=version)
            drawing.append(time.monotonic() - began)
            if drawn.status >= 300:
                raise AssertionError(drawn)
            first, last = (datetime.date.fromisoformat(plan["rounds"][0][day]) for day in ("first_day", "last_day"))
            seconds, found = counted(database, first, last)
            counting.append(seconds)
    count, draw = statistics.median(counting), statistics.median(drawing)
    print(f"on the desk, SQLite: {found} contacts, {agents} agents, {agents * PER_AGENT} drawn with all signals and given to "
          f"{INSPECTORS} inspectors: count by agent {count:.2f} s, draw {draw:.2f} s, ratio {draw / count:.1f} (goal 10)")


main()
