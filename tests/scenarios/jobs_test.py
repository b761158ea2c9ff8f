"""Imports as durable jobs: whoever is killed on the way, the file is in once."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from program import PROGRAM, ROOT, expect
from random_centre import Centre
from serving import Desk, Server

SECURE = "correct horse battery staple"


class JobsTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-jobs-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.data = self.folder / "centre"
        self.people, self.facts, _ = Centre(7).write(self.folder)

    def sign_in(self, server):
        return Desk(server).sign_in("admin", server.ready["password"], SECURE)

    def queue_import(self, desk, kind, path):
        """Uploads the file and asks for its import; gives the job."""
        upload = desk.ask("POST", f"/uploads?name={path.name}", path.read_bytes(), Content_Type="application/octet-stream")
        self.assertEqual(upload.status, 201, upload)
        job = desk.ask("POST", "/imports", {"upload": upload.json["upload"], "kind": kind})
        self.assertEqual(job.status, 201, job)
        return job.json["job"]

    def ended(self, desk, job):
        """The import once its job has ended; a killed process's lease runs for a minute."""
        for _ in range(600):
            found = desk.ask("GET", f"/imports/{job}")
            self.assertEqual(found.status, 200, found)
            if found.json["state"] not in ("waiting", "running"):
                return found.json
            time.sleep(0.25)
        self.fail(f"the job did not end: {found}")

    def facts_in(self):
        return [batch for batch in expect(0, "batch", "list", "--data", self.data, "--json").json["batches"] if batch["kind"] == "facts"]

    def test_an_import_survives_the_kill_of_its_server(self):
        expect(0, "init", "--data", self.data)
        expect(0, "import", "people", self.people, "--data", self.data)
        with Server(self.data) as server:
            desk = self.sign_in(server)
            job = self.queue_import(desk, "facts", self.facts)
            server.kill()  # wherever it was
        with Server(self.data) as server:
            desk = Desk(server).sign_in("admin", SECURE)
            done = self.ended(desk, job)
            self.assertEqual(done["state"], "done", done)
        self.assertEqual(len(self.facts_in()), 1)
        expect(0, "verify", "--data", self.data)

    @unittest.skipUnless("ZH_TEST_POSTGRES" in os.environ, "no PostgreSQL: ZH_TEST_POSTGRES is not set")
    def test_a_worker_beside_two_servers(self):
        schema = f"zh_jobs_{os.getpid()}"
        expect(0, "init", "--data", self.data, "--database", os.environ["ZH_TEST_POSTGRES"], "--schema", schema)
        expect(0, "import", "people", self.people, "--data", self.data)
        worker = subprocess.Popen([str(PROGRAM), "work", "--data", str(self.data)], cwd=ROOT, stderr=subprocess.DEVNULL)
        try:
            with Server(self.data, "--no-worker") as first, Server(self.data, "--no-worker") as second:
                self.assertNotIn("password", second.ready)  # one administrator for both
                desk = self.sign_in(first)
                job = self.queue_import(desk, "facts", self.facts)
                elsewhere = Desk(second)
                elsewhere.cookie = desk.cookie  # a proxy sends the browser to either
                self.assertEqual(self.ended(elsewhere, job)["state"], "done")
        finally:
            worker.send_signal(signal.SIGTERM)
            self.assertEqual(worker.wait(30), 0)
        self.assertEqual(len(self.facts_in()), 1)


if __name__ == "__main__":
    unittest.main()
