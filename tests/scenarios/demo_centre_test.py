"""The demo centre's six weeks of inspection, as the desk shows them."""
import pathlib
import shutil
import tempfile
import unittest

from program import expect
from serving import Desk, Server

NEXT = "the second password"
DAYS = "from=2026-10-01&to=2026-11-10"


class DemoCentreTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-demo-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.data = cls.folder / "centre"
        expect(0, "init", "--data", cls.data, "--demo")
        passwords = {
            name: expect(0, "user", "add", name, "--data", cls.data, "--role", role, "--staff", staff, "--json").json["password"]
            for name, role, staff in [
                ("supervisor", "qa_supervisor:centre", "3101"), ("inspector", "inspector:centre", "3002"), ("agent", "agent:self", "1015"),
            ]
        }
        cls.server = Server(cls.data)
        cls.addClassCleanup(cls.server.__exit__, None)
        cls.desks = {name: Desk(cls.server).sign_in(name, password, NEXT) for name, password in passwords.items()}

    def get(self, account, path):
        answer = self.desks[account].ask("GET", "/quality" + path)
        self.assertEqual(answer.status, 200, f"{account} {path}: {answer}")
        return answer.json

    def test_plans_stand_in_each_of_their_states(self):
        states = [plan["state"] for plan in self.get("supervisor", "/plans")]
        self.assertEqual(states, ["draft", "approved", "running", "closed"])
        for number in (1, 2):
            self.assertTrue(expect(0, "sample", "verify", "--data", self.data, "--plan", number, "--json").json["holds"])
        self.assertTrue(self.get("supervisor", "/plans/1/rounds/1/sample")["committed_before_period"])
        means = self.get("supervisor", "/plans/1/means")
        self.assertGreater(len(means), 20)
        self.assertIn("not_told_apart", {one["versus_above"]["verdict"] for one in means[1:]})

    def test_the_workbench_has_something_to_do(self):
        queue = self.get("inspector", "/queue")
        self.assertEqual({one["state"] for one in queue}, {"taken", "assigned"})
        self.assertEqual({batch["state"] for batch in self.get("inspector", "/batches")} & {"collecting"}, {"collecting"})
        self.assertTrue({batch["state"] for batch in self.get("supervisor", "/batches")} >= {"collecting", "in_review", "published"})
        self.assertTrue(self.get("supervisor", "/plans/2/rounds/1/sample")["drawn"]["replaced"])
        contact = self.get("supervisor", f"/inspections/{queue[0]['key']}")["contact"]
        found = self.desks["inspector"].ask("GET", f"/contacts?from=2026-11-01&to=2026-11-10&q={contact}").json["items"][0]
        self.assertTrue(self.desks["inspector"].ask("GET", f"/contacts/{found['id']}/transcript").json["turns"])

    def test_results_are_disputed_and_rectified_in_every_way(self):
        results = self.get("supervisor", f"/results?{DAYS}")
        self.assertGreater(len(results), 80)
        self.assertEqual({one["state"] for one in results}, {"published", "acknowledged"})
        appeals = [one for result in results for one in self.get("supervisor", f"/inspections/{result['key']}/appeals")]
        self.assertEqual({one["state"] for one in appeals},
                         {"filed", "assigned", "decided", "filed_again", "final", "withdrawn", "expired"})
        self.assertEqual({decision["outcome"] for one in appeals for decision in one["decisions"]}, {"accepted", "partly", "rejected"})
        open_ones = {one["state"] for one in self.get("supervisor", "/rectifications")}
        self.assertTrue(open_ones >= {"open", "under_way", "reported"}, open_ones)
        self.assertTrue(self.get("supervisor", "/talks"))

    def test_the_months_report_is_approved(self):
        states = {one["month"]: one["state"] for one in self.get("supervisor", "/months")}
        self.assertEqual((states["2026-10"], states["2026-11"]), ("approved", "draft"))

    def test_one_calibration_is_closed_and_one_is_running(self):
        self.assertEqual([one["state"] for one in self.get("supervisor", "/calibrations")], ["scoring", "closed"])
        self.assertTrue(self.get("inspector", "/guidance"))
        report = self.get("supervisor", "/calibrations/1/report")
        self.assertEqual(len(report["inspectors"]), 3)

    def test_an_agent_finds_the_own_results_and_draws(self):
        results = self.get("agent", f"/results?{DAYS}")
        self.assertEqual({one["staff_no"] for one in results}, {"1015"})
        self.assertTrue(self.get("agent", "/own-draws/1/1")["holds"])

    def test_nothing_in_it_contradicts_the_audit_chain(self):
        expect(0, "verify", "--data", self.data)


if __name__ == "__main__":
    unittest.main()
