"""The month's arithmetic of pack C, computed slowly and plainly from the written rules.

People and facts come in as plain rows (see Person and Fact); the result has the shape of `zhiheng close --json` without
the pack's hash. Every figure is a fractions.Fraction until the rounding that the rules state.
"""
import calendar
import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

AGENT, LEADER = "agent", "shift_leader"


@dataclass
class Row:
    """One stated record of a person; effective_from None = from the beginning."""

    effective_from: datetime.date | None
    group: str
    position: str
    probation_until: datetime.date | None
    products: list


@dataclass
class Person:
    staff_no: str
    hired_on: datetime.date
    left_on: datetime.date | None
    rows: list = field(default_factory=list)

    def row_on(self, day):
        """The record in force on a day: the latest change not after it, else the first statement."""
        current = self.rows[0]
        for row in self.rows[1:]:
            if row.effective_from <= day:
                current = row
        return current

    def employed_days(self, first, last):
        start = max(first, self.hired_on)
        end = min(last, self.left_on or last)
        return (start, end) if start <= end else None


@dataclass
class Fact:
    staff_no: str
    day: datetime.date
    kind: str
    value: Fraction | None = None
    note: str = ""
    order: tuple = ()  # occurred_at and import order, for the latest sales target


def mean(values):
    values = list(values)
    return sum(values, Fraction(0)) / len(values) if values else None


def round_half_up(value, digits):
    """Non-negative value to a decimal string with that many places."""
    scaled = value * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole, 10**digits)


def places(value, digits=2):
    scaled = value * 10**digits
    assert scaled.denominator == 1, value
    sign = "-" if scaled < 0 else ""
    text = str(abs(scaled.numerator)).rjust(digits + 1, "0")
    return f"{sign}{text[:-digits]}.{text[-digits:]}"


def significant(value, digits=20):
    """Half even to so many significant digits, plain notation, trailing zeros stripped."""
    if value == 0:
        return "0"
    exponent = 0
    while abs(value) * Fraction(10) ** exponent < 10 ** (digits - 1):
        exponent += 1
    while abs(value) * Fraction(10) ** exponent >= 10**digits:
        exponent -= 1
    coefficient = round(value * Fraction(10) ** exponent)  # Python rounds fractions half to even
    text = str(abs(coefficient))
    if exponent > 0:
        text = text.rjust(exponent + 1, "0")
        text = (text[:-exponent] + "." + text[-exponent:]).rstrip("0").rstrip(".")
    else:
        text += "0" * -exponent
    return ("-" if value < 0 else "") + text


def keywords(note):
    return note.split(";")[0].strip()


def band(value, steps, otherwise):
    """Score of the first step whose threshold the value reaches."""
    for threshold, score in steps:
        if value >= threshold:
            return Fraction(score)
    return Fraction(otherwise)


def aht_score(seconds):
    for most, score in ((140, 100), (145, 95), (155, 90), (160, 80), (165, 70)):
        if seconds <= most:
            return Fraction(score)
    return Fraction(60)


def quality(facts, kind):
    rounds = defaultdict(list)
    for fact in facts:
        if fact.kind == kind:
            word = keywords(fact.note)
            number = int(word[6:]) if word.startswith("round=") else (1 if fact.day.day <= 15 else 2)
            rounds[number].append(fact.value)
    return mean(mean(scores) for scores in rounds.values())


def handling_time(facts):
    """Mean per product, unweighted mean over products, rounded half up to a second; None without contacts."""
    by_product = defaultdict(list)
    for fact in facts:
        if fact.kind == "handle_time":
            by_product[keywords(fact.note)].append(fact.value)
    value = mean(mean(seconds) for seconds in by_product.values())
    return None if value is None else round_half_up(value, 0)


def total_of(facts, kind, empty=None):
    return sum((empty if fact.value is None else fact.value for fact in facts if fact.kind == kind), Fraction(0))


def values_of(facts, kind):
    return [fact.value for fact in facts if fact.kind == kind]


def busy_score(facts):
    largest = {}
    for fact in facts:
        if fact.kind == "busy_check" and keywords(fact.note) != "exempt":
            largest[fact.day] = max(largest.get(fact.day, Fraction(0)), fact.value)
    points = sum(20 if minutes > 45 else 10 if minutes > 30 else 0 for minutes in largest.values())
    return max(Fraction(0), Fraction(100 - points))


def satisfaction_rate(facts):
    answers = values_of(facts, "satisfaction")
    return mean(answers) * 100 if answers else None


def connection_rate(facts):
    assigned = total_of(facts, "offered")
    return total_of(facts, "answered") / assigned * 100 if assigned else None


AGENT_ITEMS = (
    ("recording", 25, "C3.1"),
    ("text", 20, "C3.1"),
    ("average_handling_time", 5, "C3.1a"),
    ("leader_evaluation", 10, "C3.1"),
    ("satisfaction", 10, "C3.1b"),
    ("exam", 10, "C3.1"),
    ("busy_time", 10, "C3.1d"),
    ("connection_rate", 5, "C3.1c"),
    ("on_site", 5, "C3.1"),
)
ALWAYS = {"busy_time", "on_site"}
LEADER_ITEMS = (
    ("group_mean", 50),
    ("average_handling_time", 15),
    ("sales", 15),
    ("on_site", 10),
    ("monitoring", 5),
    ("exam", 5),
)


class Scorecard:
    def __init__(self, items, bonus, deduction, counts):
        """items: [(id, weight, score or None)]; counts: whether there is a total at all."""
        self.items = items
        self.bonus = bonus
        self.deduction = deduction
        self.weights = sum(weight for _, weight, score in items if score is not None)
        self.total = None
        if counts:
            weighted = sum(score * weight for _, weight, score in items if score is not None)
            self.total = round_half_up(max(Fraction(0), weighted / self.weights + bonus - deduction), 2)

    def shown(self):
        return {
            "items": [
                {
                    "id": name,
                    "score": None if score is None else significant(score),
                    "weight": str(weight),
                    "applied": score is not None,
                }
                for name, weight, score in self.items
            ],
            "bonus": significant(self.bonus),
            "deduction": significant(self.deduction),
            "total": None if self.total is None else places(self.total),
        }


def agent_scorecard(facts):
    aht = handling_time(facts)
    satisfied = satisfaction_rate(facts)
    connected = connection_rate(facts)
    scores = {
        "recording": quality(facts, "qa_recording"),
        "text": quality(facts, "qa_text"),
        "average_handling_time": None if aht is None else aht_score(aht),
        "leader_evaluation": mean(values_of(facts, "leader_evaluation")),
        "satisfaction": None if satisfied is None else band(satisfied, ((90, 100), (80, 70), (70, 40), (60, 20)), 0),
        "exam": mean(values_of(facts, "exam")),
        "busy_time": busy_score(facts),
        "connection_rate": None
        if connected is None
        else band(connected, ((95, 100), (90, 90), (85, 80), (80, 60), (70, 50)), 0),
        "on_site": max(Fraction(0), 100 - total_of(facts, "on_site")),
    }
    items = [(name, weight, scores[name]) for name, weight, _ in AGENT_ITEMS]
    bonus = sum((total_of(facts, kind) for kind in ("praise", "suggestion", "outstanding_recording")), Fraction(0))
    deduction = total_of(facts, "complaint", Fraction(5)) + total_of(facts, "complaint_major")
    has_data = any(score is not None for name, _, score in items if name not in ALWAYS)
    return Scorecard(items, bonus, deduction, has_data)


def sales_score(facts, group_facts):
    targets = sorted((fact.order, fact.value) for fact in facts if fact.kind == "sales_target")
    calls = total_of(group_facts, "answered")
    if not targets or not calls:
        return None
    ratio = (total_of(group_facts, "sale") / calls - targets[-1][1]) / Fraction(1, 2)
    steps = abs(ratio.numerator) // ratio.denominator * (1 if ratio >= 0 else -1)
    return min(Fraction(110), max(Fraction(0), Fraction(100 + 5 * steps)))


def leader_scorecard(facts, group_facts, group_mean):
    full = any(fact.kind == "on_site" and keywords(fact.note) == "full" for fact in facts)
    order = (100 if full else 90) - total_of(facts, "on_site") - total_of(facts, "neglect", Fraction(5))
    anomalies = total_of(facts, "daily_test_anomaly", Fraction(5))
    aht = handling_time(group_facts)
    scores = {
        "group_mean": group_mean,
        "average_handling_time": None if aht is None else aht_score(aht),
        "sales": sales_score(facts, group_facts),
        "on_site": max(Fraction(0), order),
        "monitoring": max(Fraction(0), 90 - anomalies),
        "exam": mean(values_of(facts, "exam")),
    }
    items = [(name, weight, scores[name]) for name, weight in LEADER_ITEMS]
    deduction = (
        total_of(facts, "complaint", Fraction(5))
        + total_of(facts, "complaint_major")
        + total_of(facts, "work_error", Fraction(3))
        + total_of(facts, "impatience", Fraction(5))
        + total_of(facts, "abuse", Fraction(10))
        + anomalies
    )
    return Scorecard(items, total_of(facts, "praise") + total_of(facts, "suggestion"), deduction, group_mean is not None)


def star_heads(count):
    """Head count of 5★ … 1★ by largest remainder; the higher star first where remainders are equal."""
    shares = [Fraction(count * percent, 100) for percent in (5, 10, 25, 45, 15)]
    heads = [int(share) for share in shares]
    order = sorted(range(5), key=lambda i: (-(shares[i] - heads[i]), i))
    for i in order[: count - sum(heads)]:
        heads[i] += 1
    return heads


def completed_years(start, day):
    return day.year - start.year - ((day.month, day.day) < (start.month, start.day))


def pay_lines(person, row, on_probation, star, facts, first, last):
    start, end = person.employed_days(first, last)
    days = (end - start).days + 1
    month_days = (last - first).days + 1
    years = completed_years(person.hired_on, last)
    broken = any(
        fact.kind in ("late", "early_leave", "absence", "clock_missing")
        or (fact.kind == "leave" and fact.value != 0)
        for fact in facts
    )
    return {
        "base": round_half_up(Fraction((1400 if on_probation else 1600) * days, month_days), 2),
        "star": Fraction({5: 1300, 4: 1100, 3: 900, 2: 700, 1: 500, 0: 500}[star]),
        "commission": total_of(facts, "commission"),
        "seniority": Fraction(500 if years >= 3 else 400 if years >= 2 else 200 if years >= 1 else 0),
        "full_attendance": Fraction(100 if days == month_days and not broken else 0),
        "product_skill": Fraction(150 * max(0, len(set(row.products)) - 3)),
        "night_shift": Fraction(20 * len([fact for fact in facts if fact.kind == "night_shift"])),
    }


def month(people, facts, year, number):
    """The people of `close --json` of that month, sorted, as plain data."""
    first = datetime.date(year, number, 1)
    last = datetime.date(year, number, calendar.monthrange(year, number)[1])
    mine = defaultdict(list)
    for fact in facts:
        if first <= fact.day <= last:
            mine[fact.staff_no].append(fact)
    present = sorted(
        (p for p in people if p.employed_days(first, last)), key=lambda p: p.staff_no.encode()
    )
    row = {p.staff_no: p.row_on(p.employed_days(first, last)[1]) for p in present}

    def on_probation(person):
        until = row[person.staff_no].probation_until
        return until is not None and until >= person.employed_days(first, last)[1]

    cards = {p.staff_no: agent_scorecard(mine[p.staff_no]) for p in present if row[p.staff_no].position == AGENT}

    rated = []
    for person in present:
        card = cards.get(person.staff_no)
        stays = person.left_on is None or person.left_on >= last
        if card and not on_probation(person) and stays and card.total is not None and card.weights >= 50:
            rated.append(person)

    def order(person):
        card = cards[person.staff_no]
        own = mine[person.staff_no]
        parts = [(score, weight) for name, weight, score in card.items if name in ("recording", "text") and score is not None]
        weighted = sum(score * weight for score, weight in parts) / sum(w for _, w in parts) if parts else Fraction(-1)
        satisfied = satisfaction_rate(own)
        return (
            -card.total,
            -weighted,
            -(Fraction(-1) if satisfied is None else satisfied),
            person.hired_on,
            person.staff_no.encode(),
        )

    rated.sort(key=order)
    stars, ranks = {}, {}
    steps = [star for star, heads in zip((5, 4, 3, 2, 1), star_heads(len(rated))) for _ in range(heads)]
    for rank, (person, star) in enumerate(zip(rated, steps), 1):
        stars[person.staff_no], ranks[person.staff_no] = star, rank

    members = defaultdict(list)
    for person in present:
        if person.staff_no in cards:
            members[row[person.staff_no].group].append(person.staff_no)
    means = {}
    for group, staff in members.items():
        value = mean(cards[s].total for s in staff if cards[s].total is not None)
        if value is not None:
            means[group] = value

    result = []
    for person in present:
        staff = person.staff_no
        position = row[staff].position
        shown = {
            "staff_no": staff,
            "position": position,
            "on_probation": on_probation(person),
            "scorecard": None,
            "rated": staff in ranks,
            "rank": ranks.get(staff),
            "star": stars.get(staff, 0),
            "excellent": None,
            "pay": None,
        }
        if position == AGENT:
            shown["scorecard"] = cards[staff].shown()
            lines = pay_lines(person, row[staff], on_probation(person), shown["star"], mine[staff], first, last)
            shown["pay"] = {
                "lines": {name: places(amount) for name, amount in lines.items() if amount},
                "total": places(sum(lines.values(), Fraction(0))),
            }
        if position == LEADER:
            group = row[staff].group
            group_facts = [fact for member in members[group] for fact in mine[member]]
            card = leader_scorecard(mine[staff], group_facts, means.get(group))
            shown["scorecard"] = card.shown()
            reasons = []
            if card.total is None or card.total < 88:
                reasons.append("total_below_88")
            if any(fact.kind == "attitude_complaint" for fact in group_facts):
                reasons.append("attitude_complaint")
            lower = [other for other in means.values() if group in means and other < means[group]]
            if group in means and len(means) >= 3 and len(lower) < 2:
                reasons.append("last_two")
            if any(fact.kind == "abuse" and keywords(fact.note) == "grave" for fact in mine[staff]):
                reasons.append("lowest_grade")
            shown["excellent"] = {"eligible": not reasons, "reasons": reasons}
        result.append(shown)
    return result
