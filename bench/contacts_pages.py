"""Asks a centre with many contacts for pages of its list and prints how long the server took for each kind.

    PYTHONPATH=tests/scenarios python3 bench/contacts_pages.py CENTRE PAGES
"""
import pathlib
import re
import sys
import urllib.parse

from program import expect
from serving import Desk, Server

SECURE = "correct horse battery staple"
LIMIT_MS = 50
LINE = re.compile(r" GET /api/v1/contacts 200 \d+B (\d+)us")


def sign_in(server, data, account, role):
    made = expect(0, "user", "add", account, "--role", role, "--data", data, "--json").json
    return Desk(server).sign_in(account, made["password"], SECURE)


def arrange(desk):
    """A department of half the groups."""
    groups = desk.ask("GET", "/groups")
    names = [group["name"] for group in groups.json["items"]][:4]
    stated = desk.ask("PUT", "/groups", {"departments": [{"name": "D", "groups": names}]}, If_Match=groups.headers["etag"])
    if stated.status != 204:
        raise AssertionError(stated)


def span_of(desk):
    """The first and the last day that have contacts."""
    last = desk.ask("GET", "/overview/last-day").json["last"]
    first = desk.ask("GET", "/contacts?from=2026-01-01&to=2026-12-31&sort=offered_at&limit=1").json["items"][0]["offered_at"][:10]
    return first, last


def page_through(desk, query, pages, cursor=None):
    """Pages of a list, each by the cursor of the one before; gives how many there were and the places where they began."""
    asked, places = 0, []
    for _ in range(pages):
        places.append(cursor)
        page = desk.ask("GET", "/contacts?" + urllib.parse.urlencode({**query, **({"cursor": cursor} if cursor else {})}))
        if page.status != 200:
            raise AssertionError(f"{query}: {page}")
        asked += 1
        cursor = page.json["next"]
        if not cursor:
            break
    return asked, places


def at_the_end(desk, query, pages):
    """Asks for the last pages of a list after reading it in large ones; gives how many large and how many last ones."""
    large, places = page_through(desk, {**query, "limit": 500}, 1_000_000)
    return large, page_through(desk, query, pages, places[-2])[0]


def lists(first, last):
    """Every kind of list: a name and what it is asked with."""
    whole = {"from": first, "to": last}
    day = {"from": last, "to": last}
    customer = "13900000000"  # most likely nobody's
    yield "newest first", whole
    yield "oldest first", {**whole, "sort": "offered_at"}
    yield "a queue", {**whole, "queue": "sales"}
    yield "a queue that some do not serve", {**whole, "queue": "complaints"}
    yield "an outcome", {**whole, "outcome": "abandoned"}
    yield "an outcome there is none of", {**whole, "outcome": "timeout"}
    yield "a queue's outcome", {**whole, "queue": "sales", "outcome": "abandoned"}
    yield "an agent", {**whole, "agent": "1001"}
    yield "an agent in a queue", {**whole, "agent": "1001", "queue": "sales"}
    yield "an agent's outcome there is none of", {**whole, "agent": "1001", "outcome": "timeout"}
    yield "an agent by name", {**whole, "q": "agent 1001"}
    yield "a customer", {**whole, "q": customer}
    for sort in ("-wait_ms", "wait_ms", "-talk_ms", "talk_ms"):
        yield f"days by {sort}", {**day, "sort": sort}
        yield f"a queue's days by {sort}", {**day, "sort": sort, "queue": "sales"}
        yield f"an agent's days by {sort}", {**day, "sort": sort, "agent": "1001"}


def main():
    data, pages = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    with open(data / "zhiheng.yaml", "a", encoding="utf-8") as settings:
        settings.write("server:\n  requests_per_second: 100000\n")
    rounds = []  # a name, or none for pages that are not measured; and how many pages
    with Server(data, "--no-worker") as server:
        readers = {"centre": sign_in(server, data, "manager", "manager:centre")}
        arrange(readers["centre"])
        readers["department"] = sign_in(server, data, "head", "manager:department:D")
        readers["group"] = sign_in(server, data, "leader", "shift_leader:group:group 1")
        first, last = span_of(readers["centre"])
        rounds.append((None, 1))
        for reader, desk in readers.items():
            for name, query in lists(first, last):
                rounds.append((f"{reader}: {name}", page_through(desk, query, pages)[0]))
            for name, query in list(lists(first, last))[:3]:
                large, count = at_the_end(desk, query, min(pages, 10))
                rounds += [(None, large), (f"{reader}: {name}, the last pages", count)]
    log = (data / "log" / "access.log").read_text(encoding="utf-8")
    times = [int(micros) / 1000 for micros in LINE.findall(log)]
    worst = 0
    print(f"{'page':58} {'pages':>6} {'median ms':>10} {'slowest ms':>11}")
    for name, count in rounds:
        own, times = sorted(times[:count]), times[count:]
        if name is None:
            continue
        worst = max(worst, own[-1])
        print(f"{name:58} {count:6} {own[count // 2]:10.1f} {own[-1]:11.1f}")
    print(f"slowest page: {worst:.1f} ms (at most {LIMIT_MS} ms)")
    return 0 if worst <= LIMIT_MS else 1


sys.exit(main())
