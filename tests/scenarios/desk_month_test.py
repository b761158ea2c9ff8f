"""A month on the desk, as each role meets it: the demo centre, the real server, accounts made on the command line."""
import io
import pathlib
import shutil
import tempfile
import unittest
import xml.etree.ElementTree as xml
import zipfile

from program import expect
from serving import Desk, Server

MONTH = "/months/2026-10"
NEXT = "the second password"


def nodes_of(derivation):
    yield derivation
    for child in derivation["children"]:
        yield from nodes_of(child)


class DeskMonthTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-desk-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.data = cls.folder / "centre"
        expect(0, "init", "--data", cls.data, "--demo")
        rows = expect(0, "close", "--data", cls.data, "--period", "2026-10", "--draft", "--json").json["people"]
        cls.rows = {row["staff_no"]: row for row in rows}
        cls.agents = [row["staff_no"] for row in rows if row["position"] == "agent"]
        cls.passwords = {}
        for account, *options in [
            ("agent", "--staff", cls.agents[0], "--role", "agent:self"),
            ("manager", "--role", "manager:centre"),
            ("hr", "--role", "hr:centre"),
        ]:
            made = expect(0, "user", "add", account, "--data", cls.data, "--json", *options).json
            cls.passwords[account] = made["password"]
        cls.server = Server(cls.data)
        cls.addClassCleanup(cls.server.__exit__, None)
        cls.agent, cls.manager, cls.hr = (
            Desk(cls.server).sign_in(name, cls.passwords[name], NEXT) for name in ("agent", "manager", "hr")
        )
        # The leader's group is known from the people's list.
        cls.group = cls.manager.ask("GET", f"/people/{cls.agents[0]}").json["group"]
        made = expect(0, "user", "add", "leader", "--data", cls.data, "--json", "--role", f"shift_leader:group:{cls.group}").json
        cls.leader = Desk(cls.server).sign_in("leader", made["password"], NEXT)

    def sheet(self, desk, staff_no):
        return desk.ask("GET", f"{MONTH}/sheets/{staff_no}")

    def test_1_the_figures_are_those_of_the_command_line(self):
        listed = self.manager.ask("GET", MONTH).json
        self.assertEqual(listed["status"], "draft")
        self.assertEqual({row["staff_no"] for row in listed["people"]}, set(self.rows))
        for row in listed["people"]:
            known = self.rows[row["staff_no"]]
            self.assertEqual((row["rank"], row["star"]), (known["rank"], known["star"]), row["staff_no"])
            if known["scorecard"]:
                self.assertEqual(row["scorecard"]["total"], known["scorecard"]["total"], row["staff_no"])
            if known["pay"]:
                self.assertEqual(row["pay"]["total"], known["pay"]["total"], row["staff_no"])

    def test_2_an_agent_sees_the_own_sheet_and_nothing_else(self):
        own = self.sheet(self.agent, self.agents[0])
        self.assertEqual(own.status, 200, own)
        self.assertIn("pay", own.json)
        self.assertEqual(self.sheet(self.agent, self.agents[1]).status, 404)
        self.assertEqual([row["staff_no"] for row in self.agent.ask("GET", MONTH).json["people"]], [self.agents[0]])
        self.assertEqual(self.agent.ask("GET", f"{MONTH}/payroll.csv").status, 403)
        why = self.agent.ask("GET", f"{MONTH}/sheets/{self.agents[0]}/why").json["derivation"]
        named = {word for node in nodes_of(why) for word in node["label"]["en"].split()}
        self.assertIn(self.agents[0], named)
        self.assertEqual(named & set(self.agents[1:]), set())

    def test_3_a_leader_sees_the_group_without_pay(self):
        people = self.leader.ask("GET", MONTH).json["people"]
        self.assertTrue(people)
        self.assertEqual({row["group"] for row in people}, {self.group})
        self.assertTrue(all("pay" not in row for row in people))
        self.assertNotIn("pay", self.sheet(self.leader, self.agents[0]).json)

    def test_4_a_question_is_asked_and_answered(self):
        thread = f"{MONTH}/sheets/{self.agents[0]}/questions"
        self.assertEqual(self.agent.ask("POST", thread, {"text": "Why?"}, Idempotency_Key="q1").status, 201)
        self.assertEqual(self.agent.ask("POST", thread, {"text": "Why?"}, Idempotency_Key="q1").status, 201)
        self.assertEqual(self.leader.ask("POST", thread, {"text": "Because."}).status, 201)
        self.assertEqual([one["text"] for one in self.agent.ask("GET", thread).json["items"]], ["Why?", "Because."])

    def test_5_the_workbook_holds_native_charts_and_no_formulas(self):
        answer = self.hr.ask("GET", f"{MONTH}/export.xlsx")
        self.assertEqual(answer.status, 200, answer)
        with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
            names = book.namelist()
            self.assertGreaterEqual(sum(name.startswith("xl/charts/chart") for name in names), 2)
            for name in names:
                if name.endswith(".xml"):
                    tree = xml.fromstring(book.read(name))
                    if name.startswith("xl/worksheets/"):
                        self.assertEqual(list(tree.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f")), [])

    def test_6_closing_takes_two_people_and_then_stands(self):
        before = self.sheet(self.agent, self.agents[0]).json
        self.assertEqual(self.leader.ask("POST", f"{MONTH}/closing").status, 403)
        self.assertEqual(self.hr.ask("POST", f"{MONTH}/closing").status, 204)
        self.assertEqual(self.hr.ask("POST", f"{MONTH}/closing/confirm").status, 403)
        self.assertEqual(self.manager.ask("POST", f"{MONTH}/closing/confirm").status, 204)
        after = self.sheet(self.agent, self.agents[0]).json
        self.assertEqual((after["status"], after["total"], after["pay"]), ("closed", before["total"], before["pay"]))
        shown = expect(0, "close", "--data", self.data, "--period", "2026-10", "--show", "--json").json
        self.assertEqual(shown["status"], "closed")
        expect(0, "verify", "--data", self.data)


if __name__ == "__main__":
    unittest.main()
