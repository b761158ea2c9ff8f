"""Invents a centre from a seed: the import files, and the same people and facts as the oracle wants them."""
import csv
import datetime
import io
import random
from fractions import Fraction

from oracle import AGENT, LEADER, Fact, Person, Row

YEAR, MONTH = 2026, 10
FIRST, LAST = datetime.date(YEAR, MONTH, 1), datetime.date(YEAR, MONTH, 31)
ZONE = datetime.timezone(datetime.timedelta(hours=8))
PRODUCTS = ("broadband", "mobile", "iptv", "cloud", "smart-home", "roaming")
PEOPLE_COLUMNS = ("staff_no", "name", "group", "position", "hired_on", "probation_until", "left_on", "products", "phone_ids", "effective_from")
FACT_COLUMNS = ("staff_no", "occurred_at", "kind", "value", "note", "source_ref", "void")


def text_of(value):
    """A Fraction with a finite decimal expansion as people would write it."""
    if value is None:
        return ""
    scaled = value * 10**6
    assert scaled.denominator == 1
    text = f"{scaled.numerator // 10**6}.{scaled.numerator % 10**6:06d}".rstrip("0").rstrip(".")
    return text


class Centre:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.people = []
        self.people_rows = []
        self.fact_rows = []  # dicts of FACT_COLUMNS, in import order
        self.live = {}  # key → oracle Fact that is current in the end
        self.log = []  # (epoch, line)
        self.logged = set()  # (staff_no, day) with telephone-log contacts
        self.calls = 0
        self._invent_people()
        for person in self.people:
            self._invent_facts(person)
        self.log.sort(key=lambda line: line[0])

    # --- people

    def _day(self, first, last):
        return first + datetime.timedelta(self.random.randrange((last - first).days + 1))

    def _invent_people(self):
        groups = self.random.randint(1, 5)
        for number in range(self.random.randint(4, 45)):
            position = AGENT
            group = f"g{self.random.randrange(groups)}"
            if number < groups:
                position, group = LEADER, f"g{number}"
            elif self.random.random() < 0.06:
                position = self.random.choice(("inspector", "manager", "hr"))
            self._invent_person(str(1001 + number), group, position, groups)

    def _invent_person(self, staff, group, position, groups):
        rand = self.random
        hired = self._day(datetime.date(2022, 1, 1), datetime.date(2026, 7, 1))
        if rand.random() < 0.15:
            hired = self._day(datetime.date(2026, 9, 20), LAST)
        if rand.random() < 0.1:
            hired = datetime.date(rand.choice((2023, 2024, 2025)), 10, rand.choice((30, 31)))
        if rand.random() < 0.03:
            hired = datetime.date(2024, 2, 29)
        left = None
        if rand.random() < 0.12:
            left = max(hired, self._day(datetime.date(2026, 9, 25), datetime.date(2026, 11, 10)))
        probation = None
        if rand.random() < 0.2:
            probation = self._day(datetime.date(2026, 10, 25), datetime.date(2026, 11, 5)) if rand.random() < 0.7 else LAST
        products = rand.sample(PRODUCTS, rand.randint(1, 6))
        person = Person(staff, hired, left, [Row(None, group, position, probation, products)])
        self._state_person(person, person.rows[0])
        if rand.random() < 0.15 and position == AGENT:
            changed = Row(
                self._day(datetime.date(2026, 9, 15), datetime.date(2026, 11, 3)),
                f"g{rand.randrange(groups)}",
                AGENT if rand.random() < 0.8 else LEADER,
                None,
                rand.sample(PRODUCTS, rand.randint(1, 6)),
            )
            if changed.effective_from > hired:
                person.rows.append(changed)
                self._state_person(person, changed)
        self.people.append(person)

    def _state_person(self, person, row):
        self.people_rows.append(
            {
                "staff_no": person.staff_no,
                "name": f"员工{person.staff_no}",
                "group": row.group,
                "position": row.position,
                "hired_on": person.hired_on.isoformat(),
                "probation_until": row.probation_until.isoformat() if row.probation_until else "",
                "left_on": person.left_on.isoformat() if person.left_on else "",
                "products": ";".join(row.products + row.products[:1]),  # a repeated one counts once
                "phone_ids": f"Agent/{person.staff_no}",
                "effective_from": row.effective_from.isoformat() if row.effective_from else "",
            }
        )

    # --- facts

    def _employed_day(self, person):
        """A day of September to November on which the person is employed, mostly in the month, or None."""
        low, high = FIRST, LAST
        if self.random.random() < 0.05:
            low, high = datetime.date(2026, 9, 28), datetime.date(2026, 11, 3)
        span = person.employed_days(low, high)
        return self._day(*span) if span else None

    def _invent_facts(self, person):
        rand = self.random
        quiet = rand.random() < 0.08
        position = person.row_on(LAST).position
        chances = {
            "qa_recording": 5, "qa_text": 4, "leader_evaluation": 1.5, "exam": 1.2, "satisfaction": 12, "busy_check": 3,
            "on_site": 0.8, "praise": 0.7, "suggestion": 0.4, "outstanding_recording": 0.4, "complaint": 0.4,
            "complaint_major": 0.15, "attitude_complaint": 0.06, "sale": 4, "commission": 1, "night_shift": 2,
            "leave": 0.3, "late": 0.15, "early_leave": 0.05, "absence": 0.05, "clock_missing": 0.1,
            "handle_time": 12, "calls": 4, "log": 0.8,
        }  # fmt: skip
        if position == LEADER:
            chances = {
                "exam": 1.2, "on_site": 0.8, "praise": 0.7, "suggestion": 0.4, "complaint": 0.3, "complaint_major": 0.1,
                "work_error": 0.4, "impatience": 0.2, "abuse": 0.15, "daily_test_anomaly": 0.3, "neglect": 0.3,
                "sales_target": 1.5, "full": 0.4, "late": 0.1,
            }  # fmt: skip
        elif position != AGENT:
            chances = {"late": 0.3}
        missing = {kind for kind in chances if rand.random() < (0.7 if quiet else 0.06)}
        for kind, expected in chances.items():
            if kind in missing:
                continue
            for _ in range(int(expected * 2 * rand.random() + rand.random())):
                day = self._employed_day(person)
                if day and person.row_on(day).position == position:
                    self._invent_fact(person, kind, day)

    def _invent_fact(self, person, kind, day):
        if kind == "log":
            if (person.staff_no, day) not in self.logged:
                self._invent_log_day(person, day)
        elif kind == "calls":
            offered = self.random.randint(1, 60)
            answered = offered - min(offered, int(self.random.expovariate(0.3)))
            self._state_fact(person, day, "offered", Fraction(offered), "")
            self._state_fact(person, day, "answered", Fraction(answered), "")
        else:
            name = "on_site" if kind == "full" else kind
            self._state_fact(person, day, name, *self._value(kind, person.row_on(day).position))

    def _value(self, kind, position):
        rand = self.random

        def number(low, high, step=1):
            return Fraction(rand.randrange(low * step, high * step + 1), step)

        if kind in ("qa_recording", "qa_text"):
            note = rand.choice(("", "", "round=1", "round=2", "round=2; 复核", "; 抽检"))
            return number(60, 100, rand.choice((1, 2, 10))), note
        if kind == "busy_check":
            note = rand.choice(("", "", "", "exempt", "exempt; 培训", "抽查"))
            return rand.choice((Fraction(30), Fraction(45), Fraction(46), number(5, 80, 4))), note
        if kind == "complaint":
            return rand.choice((None, Fraction(5))), ""
        if kind in ("work_error", "daily_test_anomaly", "neglect"):
            low, high = {"work_error": (3, 10), "daily_test_anomaly": (5, 10), "neglect": (5, 20)}[kind]
            return rand.choice((None, number(low, high))), ""
        if kind == "abuse":
            return rand.choice((None, Fraction(10))), rand.choice(("", "grave", "grave; 辱骂客户"))
        if kind == "suggestion":
            return number(2 if position == LEADER else 1, 5), ""
        if kind == "leave":
            return rand.choice((None, Fraction(0), Fraction(1), Fraction(1, 2))), ""
        if kind == "handle_time":
            return number(20, 280), rand.choice(("", "broadband", "mobile", "mobile; 转接"))
        if kind == "full":
            return Fraction(0), "full"
        if kind in ("attitude_complaint", "night_shift", "late", "early_leave", "absence", "clock_missing", "impatience"):
            return None, ""
        low, high, step = {
            "leader_evaluation": (60, 100, 10), "exam": (40, 100, 2), "satisfaction": (0, 1, 1), "on_site": (1, 30, 1),
            "praise": (2, 5, 2), "outstanding_recording": (1, 3, 2), "complaint_major": (10, 20, 1),
            "sale": (0, 400, 100), "commission": (0, 300, 100), "sales_target": (1, 4, 2),
        }[kind]  # fmt: skip
        if kind == "satisfaction":
            return Fraction(rand.random() < 0.86), ""
        return number(low, high, step), ""

    def _state_fact(self, person, day, kind, value, note):
        rand = self.random
        ref = f"r{len(self.fact_rows)}" if rand.random() < 0.3 else ""
        at = datetime.datetime.combine(day, datetime.time(rand.randrange(24), rand.randrange(60), rand.randrange(60)))
        self._write_fact(person, at, kind, value, note, ref)
        if ref and rand.random() < 0.15:  # a correction
            other, other_note = self._value("full" if note == "full" else kind, person.row_on(day).position) if kind not in (
                "offered", "answered") else (value, note)  # fmt: skip
            self._write_fact(person, at, kind, other, other_note, ref)
        if ref and rand.random() < 0.1:
            self.fact_rows.append(dict.fromkeys(FACT_COLUMNS, "") | {"source_ref": ref, "void": "1"})
            withdrawn = self.live.pop(ref)
            if rand.random() < 0.3:
                self.fact_rows.append(dict(withdrawn.row))
                self.live[ref] = withdrawn

    def _write_fact(self, person, at, kind, value, note, ref):
        written = at.isoformat() if self.random.random() < 0.8 else at.replace(tzinfo=ZONE).astimezone(datetime.timezone.utc).isoformat()
        row = {
            "staff_no": person.staff_no, "occurred_at": written, "kind": kind, "value": text_of(value), "note": note,
            "source_ref": ref, "void": "",
        }  # fmt: skip
        self.fact_rows.append(row)
        fact = Fact(person.staff_no, at.date(), kind, value, note, (at, len(self.fact_rows)))
        fact.row = row
        self.live[ref or f"row{len(self.fact_rows)}"] = fact

    # --- the telephone log

    def _invent_log_day(self, person, day):
        """A day's calls of one person; facts of the same person and day about calls must give way.

        The first call is always answered: a log that never names the person says nothing about the day.
        """
        self.logged.add((person.staff_no, day))
        rand = self.random
        start = int(datetime.datetime.combine(day, datetime.time(8), ZONE).timestamp())
        for number in range(rand.randint(1, 25)):
            self.calls += 1
            queue, call = rand.choice(PRODUCTS[:3]), f"{start}.{self.calls}"
            at = start + rand.randrange(12 * 3600)
            member = f"Agent/{person.staff_no}"
            self._event(at, call, queue, "NONE", f"ENTERQUEUE||1390000{self.calls:04d}|1")
            while rand.random() < 0.12:
                ring_ms = rand.choice((0, 10000, 12000))
                at += 1 + ring_ms // 1000
                self._event(at, call, queue, member, f"RINGNOANSWER|{ring_ms}")
                self._count(person, day, "offered", 1 if ring_ms else 0)
            if number and rand.random() < 0.05:
                self._event(at + 3, call, queue, "NONE", "ABANDON|1|1|3")
                continue
            ring, talk = rand.randint(0, 9), rand.randint(20, 280)
            at += ring + 1
            self._event(at, call, queue, member, f"CONNECT|{ring + 1}|{call}9|{ring}")
            ending = rand.choice((f"COMPLETEAGENT|{ring + 1}|{talk}|1", f"COMPLETECALLER|{ring + 1}|{talk}|1", f"BLINDTRANSFER|700|ext|{ring + 1}|{talk}|1"))
            self._event(at + talk, call, queue, member, ending)
            self._count(person, day, "offered", 1)
            self._count(person, day, "answered", 1)
            self._count(person, day, "handle_time", talk, queue)

    def _event(self, at, call, queue, member, rest):
        self.log.append((at, f"{at}|{call}|{queue}|{member}|{rest}\n"))

    def _count(self, person, day, kind, value, note=""):
        fact = Fact(person.staff_no, day, kind, Fraction(value), note)
        fact.row = None
        self.live[f"log{len(self.live)}-{self.calls}-{kind}-{self.random.random()}"] = fact

    # --- what comes out

    def facts(self):
        """The current facts, those about calls left out where the log has the person's day."""
        calls = ("handle_time", "offered", "answered")
        return [
            fact
            for fact in self.live.values()
            if fact.row is None or fact.kind not in calls or (fact.staff_no, fact.day) not in self.logged
        ]

    def write(self, folder):
        """people.csv, facts.csv and queue_log in the folder; gives back their paths."""
        paths = [folder / name for name in ("people.csv", "facts.csv", "queue_log")]
        paths[0].write_text(table(PEOPLE_COLUMNS, self.people_rows), encoding="utf-8")
        paths[1].write_text(table(FACT_COLUMNS, self.fact_rows), encoding="utf-8")
        paths[2].write_text("".join(line for _, line in self.log), encoding="utf-8")
        return paths


def table(columns, rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
