"""Recordings in an S3-compatible store with the real program: taken in, heard in parts, analysed by job, verified, removed
when their time is over; and what happens while the store is full, gone or says nonsense."""
import base64
import math
import pathlib
import random
import shutil
import struct
import tempfile
import time
import unittest
import wave

from program import expect, run
from s3_store import SECRET_KEY, S3Store
from serving import Desk, Server

PEOPLE = """staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids
1001,Li Na,one,agent,2020-02-29,,,sales,Agent/1001
"""
LOG = "".join(
    f"""{1791767107 + 100 * i}|{i}.0|sales|NONE|ENTERQUEUE||18600002076|1
{1791767117 + 100 * i}|{i}.0|sales|Agent/1001|CONNECT|10|7.6|5
{1791767177 + 100 * i}|{i}.0|sales|Agent/1001|COMPLETEAGENT|10|60|1
"""
    for i in range(3)
)
SECRET = {"ZHIHENG_S3_SECRET_KEY": SECRET_KEY}
DAY_S = 86400


def sound(path, speaks):
    """Ten seconds; noise, and a tone with syllables where somebody speaks."""
    rate, noise = 8000, random.Random(str(path))
    frames = bytearray()
    for i in range(10 * rate):
        second = i / rate
        level = 6000 * abs(math.sin(4 * math.pi * second)) if any(a <= second < b for a, b in speaks) else 0
        frames += struct.pack("<h", int(level * math.sin(900 * second) + noise.randint(-20, 20)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(frames))


class S3Test(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.originals = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-"))
        cls.addClassCleanup(lambda: shutil.rmtree(cls.originals, ignore_errors=True))
        for i in range(3):
            sound(cls.originals / f"{i}.0-in.wav", [(1, 3)])
            sound(cls.originals / f"{i}.0-out.wav", [(4, 9)])

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-"))
        self.addCleanup(lambda: shutil.rmtree(self.folder, ignore_errors=True))
        self.store = S3Store()
        self.addCleanup(self.store.stop)
        self.data = self.folder / "centre"
        expect(0, "init", "--data", self.data)
        for name, content in (("people.csv", PEOPLE), ("queue_log", LOG)):
            (self.folder / name).write_text(content)
        expect(0, "import", "people", self.folder / "people.csv", "--data", self.data)
        expect(0, "import", "queue-log", self.folder / "queue_log", "--data", self.data)
        with (self.data / "zhiheng.yaml").open("a") as settings:
            settings.write(self.store.settings())

    def zhiheng(self, code, *arguments, ahead_s=0):
        self.store.clock_ahead_s = ahead_s
        return expect(code, *arguments, "--data", self.data, "--json", environment={**SECRET, "ZH_CLOCK_AHEAD_S": str(ahead_s)})

    def take(self, code=0):
        return self.zhiheng(code, "import", "recordings", self.originals)

    def problems(self):
        return self.zhiheng(0, "recordings", "verify").json["problems"]

    def manager(self, server):
        if not hasattr(self, "password"):
            made = self.zhiheng(0, "user", "add", "boss", "--role", "manager:centre")
            self.password = made.json["password"]
            return Desk(server).sign_in("boss", self.password, "a longer password 1")
        return Desk(server).sign_in("boss", "a longer password 1")

    @staticmethod
    def contact(i):
        return "/contacts/" + base64.urlsafe_b64encode(f"1:{i}.0".encode()).decode().rstrip("=")

    def wait_for(self, holds, what):
        for _ in range(600):
            if holds():
                return
            time.sleep(0.1)
        self.fail(f"{what} did not happen within a minute")

    def test_the_whole_way_of_a_recording(self):
        self.assertEqual(self.take().json["accepted"], 6)
        self.assertEqual(len(self.store.things), 6)
        self.assertTrue(all(key.startswith("centre one/") for key in self.store.things))
        original = (self.originals / "0.0-in.wav").read_bytes()
        self.assertTrue(all(original[5000:5016] not in thing for thing in self.store.things.values()))
        self.assertFalse((self.data / "contents").exists())
        self.assertEqual(self.problems(), [])
        with Server(self.data, environment=SECRET) as server:
            boss = self.manager(server)
            part = boss.ask("GET", self.contact(0) + "/recordings/customer", Range="bytes=65530-65549")
            self.assertEqual([part.status, part.body], [206, original[65530:65550]])
            self.wait_for(
                lambda: all(boss.ask("GET", self.contact(i) + "/acoustics").status == 200 for i in range(3)), "the analysis"
            )
            measured = boss.ask("GET", self.contact(1) + "/acoustics").json
            self.assertEqual(len(measured["legs"]), 2)
        damaged = sorted(self.store.things)[0]
        self.store.things[damaged] = b"rubbish"
        self.assertEqual(len(self.zhiheng(1, "recordings", "verify").json["problems"]), 1)
        self.take()
        self.assertEqual(self.problems(), [])
        self.zhiheng(0, "centre", "set", "keep_recordings_days", "30")
        tidied = self.zhiheng(0, "recordings", "tidy", ahead_s=40 * DAY_S).json
        self.assertEqual([tidied["recordings"], tidied["contents"]], [6, 6])
        self.assertEqual(self.store.things, {})
        self.assertEqual(self.store.problems, [])  # every signature was right

    def test_a_store_that_is_full_or_gone_loses_nothing(self):
        self.store.fault = "full"
        full = self.zhiheng(1, "import", "recordings", self.originals)
        self.assertIn("is full (507 XMinioStorageFull", full.err)
        self.assertEqual(self.store.things, {})
        self.store.fault = None
        self.store.stop()
        begun = time.monotonic()
        self.assertIn("cannot be reached", self.zhiheng(1, "import", "recordings", self.originals).err)
        self.assertLess(time.monotonic() - begun, 60)
        self.store.start()
        self.take()
        self.assertEqual(self.problems(), [])

    def test_while_the_store_is_away_contacts_wait_and_nothing_is_judged(self):
        self.take()
        for fault in ("slow_down", "truncated"):
            self.store.fault = fault
            told = run("analyse", "--data", self.data, environment=SECRET)
            self.assertEqual(told.code, 1, told)
        self.store.fault = None
        self.store.stop()
        with Server(self.data, "--no-worker", environment=SECRET) as server:
            boss = self.manager(server)
            self.assertEqual(boss.ask("GET", self.contact(0) + "/recordings/customer").status, 503)
            self.store.start()
            self.assertEqual(boss.ask("GET", self.contact(0) + "/recordings/customer").status, 200)
        self.assertEqual(self.zhiheng(0, "analyse").json["contacts"], 3)

    def test_another_secret_and_a_host_that_is_not_listed_are_refused(self):
        wrong = run("import", "recordings", self.originals, "--data", self.data, environment={"ZHIHENG_S3_SECRET_KEY": "x"})
        self.assertEqual(wrong.code, 1)
        self.assertIn("SignatureDoesNotMatch", wrong.err)
        self.assertEqual(set(self.store.problems), {"SignatureDoesNotMatch"})
        settings = self.data / "zhiheng.yaml"
        settings.write_text(settings.read_text().replace("hosts: [", "hosts: [s3.example.org] #"))
        self.assertIn("outbound: hosts", run("recordings", "verify", "--data", self.data, environment=SECRET).err)


if __name__ == "__main__":
    unittest.main()
