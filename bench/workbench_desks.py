"""A centre with as many inspectors as asked for, all of them at work at once.

    PYTHONPATH=tests/scenarios python3 bench/workbench_desks.py FOLDER INSPECTORS RECORDS SECONDS
"""
import datetime
import pathlib
import re
import sys
import threading
import time

from program import expect
from serving import Desk, Server

SECURE = "correct horse battery staple"
THINKING_S = 1.0
CHANGES = 4  # drafts saved of each record
RECORD = "/api/v1/quality/inspections/{key}"
ROUTES = {"queue": "GET /api/v1/quality/queue", "take": f"POST {RECORD}/take", "read": f"GET {RECORD}",
          "save": f"PUT {RECORD}/marks", "submit": f"POST {RECORD}/submit"}
CALLS = 3  # contacts for each record that is drawn


def last_month():
    first = datetime.date.today().replace(day=1)
    return (first - datetime.timedelta(days=1)).replace(day=1)


def write_centre(folder, inspectors, records, month):
    """As many agents as inspectors, so that each inspector has `records` of the first round."""
    people = ["staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids"]
    log = []
    for n in range(inspectors):
        people.append(f"{10000 + n},Agent {n},A,agent,2020-01-01,,,sales,Agent/{10000 + n}")
        people.append(f"{30000 + n},Inspector {n},Q,inspector,2020-01-01,,,,")
        for call in range(records * CALLS):
            at = int(datetime.datetime(month.year, month.month, 1 + call % 9, 2, tzinfo=datetime.timezone.utc).timestamp()) + call * 61 + n
            name = f"{at}.{n}"
            log += [(at, f"{at}|{name}|sales|NONE|ENTERQUEUE||139{n:08}|1"), (at + 1, f"{at + 1}|{name}|sales|Agent/{10000 + n}|CONNECT|1|x|1"),
                    (at + 61, f"{at + 61}|{name}|sales|Agent/{10000 + n}|COMPLETECALLER|1|60|1")]
    people += ["40001,Supervisor,Q,supervisor,2020-01-01,,,,", "50001,Manager,M,manager,2020-01-01,,,,"]
    (folder / "people.csv").write_text("\n".join(people) + "\n", encoding="utf-8")
    (folder / "queue_log").write_text("".join(line + "\n" for _, line in sorted(log)), encoding="utf-8")


def account(folder, name, role, staff_no):
    made = expect(0, "user", "add", name, "--data", folder / "centre", "--role", role, "--staff", staff_no, "--json").json
    return name, made["password"]


def step(desk, path, action, body=None, method="POST"):
    version = desk.ask("GET", "/quality" + path)
    answer = desk.ask(method, f"/quality{path}/{action}", body, If_Match=version.headers["etag"])
    if answer.status >= 300:
        raise AssertionError(f"{path} {action}: {answer}")
    return answer


def draw(server, folder, inspectors, records, month):
    supervisor = Desk(server).sign_in(*account(folder, "supervisor", "qa_supervisor:centre", 40001), SECURE)
    manager = Desk(server).sign_in(*account(folder, "manager", "manager:centre", 50001), SECURE)
    rounds = supervisor.ask("GET", f"/quality/plan-outline?month={month:%Y-%m}").json["rounds"]
    for one in rounds:
        one.pop("drawn_at", None)
        one["per_agent"] = records
    plan = {"month": f"{month:%Y-%m}", "title": "bench", "groups": [], "products": [], "channels": ["call"], "rounds": rounds,
            "inspectors": [{"staff_no": str(30000 + n), "capacity": records} for n in range(inspectors)]}
    created = supervisor.ask("POST", "/quality/plans", plan)
    if created.status != 201:
        raise AssertionError(created)
    step(manager, "/plans/1", "approve")
    step(supervisor, "/plans/1", "rounds/1/draw")


def work(desk, until):
    """One inspector: the next record of the queue, a finding more with every change, submitted."""
    while time.monotonic() < until:
        queue = desk.ask("GET", "/quality/queue").json
        if not queue:
            return
        path = f"/inspections/{queue[0]['key']}"
        if queue[0]["state"] == "assigned":
            step(desk, path, "take")
        findings = []
        for change in range(CHANGES):
            time.sleep(THINKING_S)
            findings.append({"number": change + 1, "item": "listening", "choice": "minor", "points": 1, "reason": "cuts in"})
            step(desk, path, "marks", {"findings": findings, "bonuses": [], "not_applicable": []}, "PUT")
        step(desk, path, "submit")


def spent(metrics, route):
    """How often, how long on average, and how many of them within 100 ms."""
    label = re.escape(f'route="{route}"')
    number = lambda pattern: float(re.search(pattern, metrics).group(1))
    count = number(rf"zhiheng_http_request_seconds_count{{{label}}} (\S+)")
    total = number(rf"zhiheng_http_request_seconds_sum{{{label}}} (\S+)")
    within = number(rf'zhiheng_http_request_seconds_bucket{{{label},le="0.1"}} (\S+)')
    return count, 1000 * total / max(count, 1), within / max(count, 1)


def main():
    folder, inspectors, records, seconds = pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:5])
    month = last_month()
    write_centre(folder, inspectors, records, month)
    expect(0, "init", "--data", folder / "centre")
    with (folder / "centre" / "zhiheng.yaml").open("a", encoding="utf-8") as settings:
        settings.write("server:\n  requests_per_second: 1000000\n")
    expect(0, "import", "people", folder / "people.csv", "--data", folder / "centre")
    expect(0, "import", "queue-log", folder / "queue_log", "--data", folder / "centre")
    accounts = [account(folder, f"inspector{n}", "inspector:self", 30000 + n) for n in range(inspectors)]
    with Server(folder / "centre") as server:
        draw(server, folder, inspectors, records, month)
        desks = [Desk(server).sign_in(*one, SECURE) for one in accounts]
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=work, args=(desk, until)) for desk in desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        metrics = server.get("/metrics").body.decode()
    print(f"{inspectors} inspectors, {inspectors * records} records, {seconds} s")
    figures = {name: spent(metrics, route) for name, route in ROUTES.items()}
    for name, (count, mean, within) in figures.items():
        print(f"  {name:7} {count:7.0f} times   mean {mean:6.1f} ms   within 100 ms: {100 * within:5.1f} %")
    print(f"opening a record: {figures['take'][1] + figures['read'][1]:.1f} ms on average (goal 100)")


if __name__ == "__main__":
    main()
