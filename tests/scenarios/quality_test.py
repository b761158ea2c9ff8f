"""Five weeks of inspection through the real program, each step on its own day: plan, draw, inspection, return,
publication, appeal, rectification, verification, and an appraisal that shows the changed score with its why."""
import datetime
import json
import pathlib
import shutil
import tempfile
import time
import unittest

from program import expect, run
from serving import Desk, Server

ZONE = datetime.timezone(datetime.timedelta(hours=8))
NEXT = "the second password"
PEOPLE = """staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids
1001,Chen,A,agent,2020-01-01,,,sales,Agent/1001
1002,Lin,A,agent,2020-01-01,,,sales,Agent/1002
3001,Cao,Q,inspector,2020-01-01,,,,
3002,Peng,Q,inspector,2020-01-01,,,,
3101,Zeng,Q,supervisor,2020-01-01,,,,
4001,Tian,M,manager,2020-01-01,,,,
"""
EXAMS = "staff_no,occurred_at,kind,value,note,source_ref\n" + "".join(
    f"{staff},2026-10-20,{kind},90,,{kind}-{staff}\n" for staff in (1001, 1002) for kind in ("exam", "leader_evaluation")
)


def instant(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=ZONE)


def calls(first, last):
    """The queue's log of these days of October: three calls a day of each agent."""
    lines = []
    for day in range(first, last + 1):
        for agent in (1001, 1002):
            for nth in range(3):
                at = int(instant(f"2026-10-{day:02}T{10 + nth}:{agent % 10:02}:00").timestamp())
                call = f"{agent}.{day}.{nth}"
                lines += [
                    f"{at}|{call}|sales|NONE|ENTERQUEUE||1390000{agent}{nth}|1",
                    f"{at + 2}|{call}|sales|Agent/{agent}|CONNECT|2|x|2",
                    f"{at + 122}|{call}|sales|Agent/{agent}|COMPLETECALLER|2|120|1",
                ]
    return "\n".join(sorted(lines)) + "\n"


class QualityTest(unittest.TestCase):
    """One walk; the steps share the centre and come in the order of their names."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-quality-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.data = cls.folder / "centre"
        cls.now = cls.server = None
        cls.passwords, cls.desks = {}, {}
        cls.at_time("2026-09-25T09:00:00")
        cls.tell("init", "--data", cls.data)
        cls.take_in("people", "people.csv", PEOPLE)
        for account, role, staff in [
            ("agent", "agent:self", 1001), ("inspector", "inspector:self", 3001), ("colleague", "inspector:self", 3002),
            ("supervisor", "qa_supervisor:centre", 3101), ("manager", "manager:centre", 4001),
        ]:
            made = cls.tell("user", "add", account, "--data", cls.data, "--role", role, "--staff", staff, "--json")
            cls.passwords[account] = made.json["password"]

    @classmethod
    def tearDownClass(cls):
        cls.stop()

    # --- the clock, the program, the desks

    @classmethod
    def at_time(cls, text):
        """From here on it is that time: the server starts anew and everybody signs in again."""
        cls.stop()
        cls.now = {"ZH_CLOCK_AHEAD_S": str(int(instant(text).timestamp() - time.time()))}

    @classmethod
    def stop(cls):
        if cls.server:
            cls.server.__exit__(None)
        cls.server, cls.desks = None, {}

    @classmethod
    def tell(cls, *arguments):
        return expect(0, *arguments, environment=cls.now)

    @classmethod
    def take_in(cls, kind, name, text):
        path = cls.folder / name
        path.write_text(text, encoding="utf-8")
        cls.tell("import", kind, path, "--data", cls.data)

    @classmethod
    def desk(cls, account):
        if not cls.server:
            cls.server = Server(cls.data, environment=cls.now)
        if account not in cls.desks:
            first = cls.passwords[account] != NEXT
            cls.desks[account] = Desk(cls.server).sign_in(account, cls.passwords[account], NEXT if first else None)
            cls.passwords[account] = NEXT
        return cls.desks[account]

    def ask(self, account, method, path, body=None, status=200, **headers):
        answer = self.desk(account).ask(method, "/quality" + path, body, **headers)
        self.assertEqual(answer.status, status, f"{account} {method} {path}: {answer}")
        return answer

    def get(self, account, path, status=200):
        return self.ask(account, "GET", path, status=status).json

    def step(self, account, path, action, body=None, method="POST", status=200):
        """A step on what the caller has read just before."""
        version = self.ask(account, "GET", path).headers["etag"]
        return self.ask(account, method, f"{path}/{action}", body, status, If_Match=version).json

    # --- inspecting

    def inspect(self, key, findings=()):
        path = f"/inspections/{key}"
        self.step("inspector", path, "take")
        marks = {"findings": list(findings), "bonuses": [], "not_applicable": []}
        self.step("inspector", path, "marks", marks, "PUT")
        return self.step("inspector", path, "submit")

    def publish(self, number):
        batch = f"/batches/3001/{number}"
        self.step("inspector", batch, "hand-in")
        return self.step("supervisor", batch, "publish")

    # --- the walk

    def test_1_a_plan_is_approved_with_its_seeds_before_the_month(self):
        self.at_time("2026-09-28T09:00:00")
        outline = self.get("supervisor", "/plan-outline?month=2026-10")
        plan = {
            "month": "2026-10", "title": "October", "groups": [], "products": [], "channels": ["call"],
            "signals": [{"signal": "repeat_contact", "adds": 1000}],
            "rounds": [{k: r[k] for k in ("round", "first_day", "last_day", "publish_before", "per_agent")} for r in outline["rounds"]],
            "inspectors": [{"staff_no": "3001", "capacity": 50}],
        }
        self.ask("supervisor", "POST", "/plans", plan, 201)
        self.step("supervisor", "/plans/1", "approve", status=403)  # another person must
        self.assertEqual(self.step("manager", "/plans/1", "approve")["state"], "approved")
        sample = self.get("supervisor", "/plans/1/rounds/1/sample")
        self.assertTrue(sample["committed_before_period"])
        self.assertIsNone(sample["drawn"])
        type(self).commitment = sample["commitment"]

    def test_2_the_draw_can_be_proved_by_the_agent_alone(self):
        self.at_time("2026-10-10T09:00:00")
        self.take_in("queue-log", "log1", calls(1, 9))
        self.step("supervisor", "/plans/1", "rounds/1/draw")
        verified = self.tell("sample", "verify", "--data", self.data, "--plan", 1, "--json").json
        self.assertTrue(verified["holds"])
        self.assertTrue(self.get("manager", "/plans/1/rounds/1/sample/verification")["holds"])
        proof = self.get("agent", "/own-draws/1/1")
        self.assertEqual((proof["holds"], proof["commitment"]), (True, self.commitment))
        self.assertEqual(sum(contact["drawn"] for contact in proof["contacts"]), 2)
        self.assertNotIn("1002.", json.dumps(proof))
        path = self.folder / "proof.json"
        path.write_text(json.dumps(proof), encoding="utf-8")
        expect(0, "sample", "check", path)
        path.write_text(json.dumps({**proof, "drawn": proof["drawn"][::-1]}), encoding="utf-8")
        self.assertEqual(run("sample", "check", path).code, 1)

    def test_3_records_are_inspected_returned_and_published(self):
        queue = self.get("inspector", "/queue")
        self.assertEqual(sorted(one["staff_no"] for one in queue), ["1001", "1001", "1002", "1002"])
        finding = {"number": 1, "item": "listening", "choice": "severe", "points": 8, "reason": "cuts the customer off",
                   "span": {"of": "time", "turn": 0, "from": 1000, "until": 9000}}
        type(self).key = next(one["key"] for one in queue if one["staff_no"] == "1001")
        for one in queue:
            self.inspect(one["key"], [finding] if one["key"] == self.key else [])
        self.step("inspector", "/batches/3001/1", "hand-in")
        self.step("supervisor", "/batches/3001/1", "send-back", {"comment": "which words?", "inspections": [self.key]})
        self.assertEqual(self.get("agent", "/results?from=2026-10-01&to=2026-10-31"), [])
        path = f"/inspections/{self.key}"
        again = {"findings": [{**finding, "reason": "cuts the customer off: \"I know, I know\""}], "bonuses": [], "not_applicable": []}
        self.step("inspector", path, "marks", again, "PUT")
        self.assertEqual(self.step("inspector", path, "submit")["score"], "92.00")
        self.assertEqual(self.publish(1)["state"], "published")
        self.step("supervisor", "/batches/3001/1", "close", status=409)  # the talk is due
        talk = self.get("supervisor", "/talks")[0]
        self.ask("supervisor", "POST", f"/inspections/{talk['inspection']}/talks",
                 {"number": talk["number"], "record": "will let customers finish"})
        self.assertEqual(self.step("supervisor", "/batches/3001/1", "close")["state"], "closed")

    def test_4_an_appeal_is_accepted_in_part(self):
        appeals = f"/inspections/{self.key}/appeals"
        wish = {"finding": 1, "proposed": {"choice": "minor", "points": 2}, "reason": "the line was bad"}
        self.ask("agent", "POST", appeals, wish, 201)
        self.ask("supervisor", "POST", f"{appeals}/1/assign", {"to": "3002"})
        ruling = {"appeals": [{"inspection": self.key, "finding": 1}], "outcome": "partly",
                  "reading": {"choice": "general", "points": 5}, "reason": "once, on a bad line"}
        self.ask("colleague", "POST", "/appeals/rulings", ruling)
        self.assertEqual(self.get("agent", f"/inspections/{self.key}")["score"], "95.00")

    def test_5_the_finding_is_rectified(self):
        path = f"/inspections/{self.key}/rectifications/1"
        self.step("agent", path, "measures", {"reason": "count to two before answering"})
        self.assertEqual(self.step("agent", path, "report", {"reason": "done for a week"})["state"], "reported")

    def test_6_a_later_record_shows_that_it_helped(self):
        self.at_time("2026-10-25T09:00:00")
        self.take_in("queue-log", "log2", calls(11, 24))
        self.step("supervisor", "/plans/1", "rounds/2/draw")
        queue = self.get("inspector", "/queue")
        for one in queue:
            self.inspect(one["key"])
        self.publish(2)
        later = [one["key"] for one in self.get("agent", "/results?from=2026-10-11&to=2026-10-31")]
        self.assertTrue(later)
        effect = {"good": True, "records": later[:1], "text": "lets the customer finish"}
        path = f"/inspections/{self.key}/rectifications/1"
        self.assertEqual(self.step("inspector", path, "effect", effect)["state"], "verified")

    def test_7_means_say_what_four_records_can_tell(self):
        means = self.get("supervisor", "/plans/1/means")
        self.assertEqual([(one["staff_no"], one["inspected"]) for one in means], [("1002", 4), ("1001", 4)])
        self.assertEqual(means[1]["versus_above"]["verdict"], "not_told_apart" if means[0]["mean"]["low"] else "no_data")
        self.assertEqual([one["staff_no"] for one in self.get("agent", "/plans/1/means")], ["1001"])

    def test_8_the_months_report_is_submitted_and_approved(self):
        self.at_time("2026-11-02T09:00:00")
        path = "/months/2026-10/report"
        version = self.ask("supervisor", "GET", path).headers["etag"]
        cause = {"item": "listening", "problem": "cuts in", "cause": "bad lines", "measure": "count to two", "owner": "3101"}
        self.ask("supervisor", "PUT", path, {"summary": "one finding", "causes": [cause]}, If_Match=version)
        self.assertEqual(self.step("supervisor", path, "submit")["state"], "submitted")
        self.assertEqual(self.step("manager", path, "approve", {"comment": "agreed"})["state"], "approved")
        self.assertEqual(self.ask("manager", "GET", path + ".xlsx").body[:2], b"PK")

    def test_9_the_appraisal_shows_the_changed_score_and_why(self):
        self.take_in("facts", "facts.csv", EXAMS)
        rows = self.tell("close", "--data", self.data, "--period", "2026-10", "--draft", "--json").json["people"]
        items = {item["id"]: item for row in rows if row["staff_no"] == "1001" for item in row["scorecard"]["items"]}
        # Two rounds: (95 + 100)/2 = 97.5 and 100; their mean.
        self.assertEqual(items["recording"]["score"], "98.75")
        why = self.tell("why", "--data", self.data, "--period", "2026-10", "--staff", "1001", "recording", "--json")
        self.assertIn('"95', why.out)
        self.assertNotIn('"92', why.out)  # what was superseded is no input any more
        shown = self.desk("agent").ask("GET", f"/quality/inspections/{self.key}/why").json
        self.assertIn("100 − 5", json.dumps(shown, ensure_ascii=False))
        self.tell("verify", "--data", self.data)


if __name__ == "__main__":
    unittest.main()
