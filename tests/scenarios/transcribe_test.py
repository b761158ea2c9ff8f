"""Speech recognition with the real program: PocketSphinx as a command, an endpoint on this host that behaves and one that
does not, what is audited, and what waits."""
import base64
import http.server
import json
import math
import pathlib
import random
import re
import shutil
import socketserver
import struct
import subprocess
import tempfile
import threading
import time
import unittest
import wave

from program import ROOT, SHARED, expect
from serving import Desk, Server

POCKETSPHINX = ROOT / "docs/operating/examples/pocketsphinx.py"
PEOPLE = """staff_no,name,group,position,hired_on,probation_until,left_on,products,phone_ids
1001,Li Na,one,agent,2020-02-29,,,sales,Agent/1001
"""
LOG = "".join(
    f"""{1791767107 + 100 * i}|{i}.0|sales|NONE|ENTERQUEUE||18600002076|1
{1791767117 + 100 * i}|{i}.0|sales|Agent/1001|CONNECT|10|7.6|5
{1791767177 + 100 * i}|{i}.0|sales|Agent/1001|COMPLETEAGENT|10|60|1
"""
    for i in range(4)
)


def noise(path, seconds=1):
    whisper = random.Random(str(path))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(b"".join(struct.pack("<h", whisper.randint(-50, 50)) for _ in range(8000 * seconds)))


def beginning(source, path, seconds):
    """The first seconds of a recording of one channel."""
    with wave.open(str(source)) as whole, wave.open(str(path), "wb") as file:
        file.setparams(whole.getparams())
        file.writeframes(whole.readframes(whole.getframerate() * seconds))


def speak(path, text):
    """Says it, slowly, in a synthesised voice."""
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "120", "-w", str(path), text], check=True)


class Recogniser(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """POST /v1/audio/transcriptions; `fault` says how it misbehaves."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), RecogniserHandler)
        self.fault, self.asked, self.says = None, [], "thank you for calling"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def handle_error(self, *_):
        """Who was given up does not wait for its answer."""

    def stop(self):
        self.shutdown()
        self.server_close()


class RecogniserHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, length=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, self.headers.get("Authorization"), body))
        fault = self.server.fault
        if fault == "500":
            return self.answer(500, b"out of memory")
        if fault == "slow":
            time.sleep(5)
        if fault == "truncated":
            self.close_connection = True
            return self.answer(200, b'{"segments": [', 1000)
        if fault == "wrong_json":
            return self.answer(200, b"<html>welcome</html>")
        if fault == "refused":
            return self.answer(400, b"this is no sound")
        self.answer(200, json.dumps({"segments": [{"start": 0.1, "end": 0.9, "text": self.server.says}]}).encode())


class TranscribeTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-"))
        self.addCleanup(lambda: shutil.rmtree(self.folder, ignore_errors=True))
        self.data, self.sounds = self.folder / "centre", self.folder / "sounds"
        self.sounds.mkdir()
        expect(0, "init", "--data", self.data)
        for name, content in (("people.csv", PEOPLE), ("queue_log", LOG)):
            (self.folder / name).write_text(content)
        expect(0, "import", "people", self.folder / "people.csv", "--data", self.data)
        expect(0, "import", "queue-log", self.folder / "queue_log", "--data", self.data)

    def settings(self, text):
        path = self.data / "zhiheng.yaml"
        if not hasattr(self, "plain"):
            self.plain = path.read_text()
        path.write_text(self.plain + text)

    def endpoint(self):
        server = Recogniser()
        self.addCleanup(server.stop)
        self.settings(
            f"""
outbound:
  hosts: ["127.0.0.1:{server.server_port}"]
transcription:
  endpoint: http://127.0.0.1:{server.server_port}/v1
  model: small
  api_key: a word
  timeout_seconds: 2
"""
        )
        return server

    def take(self, calls):
        for call in calls:
            noise(self.sounds / f"{call}-in.wav")
            noise(self.sounds / f"{call}-out.wav")
        return self.zhiheng(0, "import", "recordings", self.sounds)

    def zhiheng(self, code, *arguments, ahead_s=0):
        return expect(code, *arguments, "--data", self.data, "--json", environment={"ZH_CLOCK_AHEAD_S": str(ahead_s)})

    def turns(self, boss, call):
        contact = base64.urlsafe_b64encode(f"1:{call}".encode()).decode().rstrip("=")
        answer = boss.ask("GET", f"/contacts/{contact}/transcript")
        return [(turn["role"], turn["text"]) for turn in answer.json["turns"]] if answer.status == 200 else None

    def boss(self, server):
        made = self.zhiheng(0, "user", "add", "boss", "--role", "manager:centre")
        return Desk(server).sign_in("boss", made.json["password"], "a longer password 1")

    def wait_for(self, holds, what):
        for _ in range(900):
            if holds():
                return
            time.sleep(0.1)
        self.fail(f"{what} did not happen in time")

    def test_arriving_recordings_are_recognised_by_the_servers_job(self):
        recogniser = self.endpoint()
        with Server(self.data) as server:
            boss = self.boss(server)
            self.take(["0.0"])
            self.wait_for(lambda: self.turns(boss, "0.0"), "the recognition")
            said = self.turns(boss, "0.0")
        self.assertEqual(said, [("customer", "thank you for calling"), ("agent", "thank you for calling")])
        for path, word, body in recogniser.asked:
            self.assertEqual([path, word], ["/v1/audio/transcriptions", "Bearer a word"])
            self.assertNotIn(b"0.0", body.split(b"RIFF")[0])
        self.assertEqual(len(recogniser.asked), 2)
        newest = self.zhiheng(0, "batch", "list").json["batches"][0]
        self.assertEqual(newest["kind"], "transcripts")
        self.assertIn("(small)", json.dumps(newest))

    def test_a_recogniser_that_misbehaves_loses_nothing_and_ends_in_time(self):
        recogniser = self.endpoint()
        self.take(["0.0"])
        ahead = 0
        for fault, told in (
            ("500", "answered 500: out of memory"),
            ("slow", "is too slow"),
            ("truncated", "ended before its answer was whole"),
            ("wrong_json", "cannot be used"),
        ):
            recogniser.fault = fault
            begun = time.monotonic()
            outcome = self.zhiheng(3, "transcribe", ahead_s=ahead)
            self.assertLess(time.monotonic() - begun, 120)
            self.assertEqual([outcome.json["failed"], outcome.json["given_up"]], [1, 0], (fault, outcome))
            ahead += 3600
        recogniser.fault = "refused"
        self.assertEqual(self.zhiheng(3, "transcribe", ahead_s=ahead).json["given_up"], 1)
        recogniser.fault = None
        self.assertEqual(self.zhiheng(0, "transcribe", ahead_s=2 * ahead).json["requests"], 0)
        again = self.zhiheng(0, "transcribe", "--from", "2026-10-01", "--to", "2026-10-31", ahead_s=2 * ahead)
        self.assertEqual(again.json["transcribed"], 1)

    def test_a_days_budget_leaves_the_rest_for_the_next(self):
        recogniser = self.endpoint()
        with (self.data / "zhiheng.yaml").open("a") as settings:
            settings.write("  requests_per_day: 4\n")
        self.take(["0.0", "1.0", "2.0"])
        first = self.zhiheng(0, "transcribe").json
        self.assertEqual([first["transcribed"], first["budget_is_used_up"]], [2, True])
        self.assertEqual(self.zhiheng(0, "transcribe", ahead_s=86400).json["transcribed"], 1)
        self.assertEqual(len(recogniser.asked), 6)

    def test_another_machine_needs_to_be_listed_and_consent_written_down(self):
        self.settings("transcription:\n  endpoint: https://asr.example.org/v1\n  model: small\n")
        self.assertIn("asr.example.org may not be asked", self.zhiheng(1, "transcribe").err)
        self.settings("outbound:\n  hosts: asr.example.org\ntranscription:\n  endpoint: https://asr.example.org/v1\n  model: small\n")
        self.assertIn("where customers' consent is recorded", self.zhiheng(1, "transcribe").err)
        self.settings("")
        self.assertIn("no speech recogniser is set", self.zhiheng(1, "transcribe").err)

    def test_pocketsphinx_recognises_synthesised_english(self):
        for tool in ("espeak-ng", "pocketsphinx_batch"):
            self.assertTrue(shutil.which(tool), f"{tool} is missing: scripts/lib/deps.sh names its package")
        self.settings(f'transcription:\n  command: ["{POCKETSPHINX}", "{{file}}"]\n')
        speak(self.sounds / "0.0-in.wav", "hello, I want to go to the house tomorrow morning")
        speak(self.sounds / "0.0-out.wav", "good morning. what can we do for you today?")
        self.zhiheng(0, "import", "recordings", self.sounds)
        self.assertEqual(self.zhiheng(0, "transcribe").json["transcribed"], 1)
        with Server(self.data, "--no-worker") as server:
            said = self.turns(self.boss(server), "0.0")
        spoken = {role: set(" ".join(t for r, t in said if r == role).split()) for role in ("customer", "agent")}
        print(f"\npocketsphinx heard {said}")
        self.assertGreaterEqual(len(spoken["customer"] & {"hello", "want", "go", "house", "tomorrow", "morning"}), 2)
        self.assertGreaterEqual(len(spoken["agent"] & {"good", "morning", "what", "can", "we", "do", "for", "you", "today"}), 3)

    @unittest.skipUnless((SHARED / "data/aws_call_audio").exists(), "the shared data is not here")
    def test_pocketsphinx_hears_people_on_a_telephone(self):
        self.settings(f'transcription:\n  command: ["{POCKETSPHINX}", "{{file}}"]\n')
        for leg, name in (("in", "caller"), ("out", "agent")):
            source = SHARED / f"data/aws_call_audio/dev/Auto_Repairs_49_UTC_{name}.wav"
            beginning(source, self.sounds / f"0.0-{leg}.wav", 12)
        self.zhiheng(0, "import", "recordings", self.sounds)
        self.assertEqual(self.zhiheng(0, "transcribe").json["transcribed"], 1)
        with Server(self.data, "--no-worker") as server:
            said = self.turns(self.boss(server), "0.0")
        print(f"\npocketsphinx heard {said}")
        self.assertIn("help", " ".join(text for role, text in said if role == "agent"))
        self.assertIn("customer", {role for role, _ in said})


if __name__ == "__main__":
    unittest.main()
