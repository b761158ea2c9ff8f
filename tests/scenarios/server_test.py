"""The server as clients meet it who mean well, who do not, and who are merely slow."""
import gzip
import json
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import unittest

from program import expect, run
from serving import HOST, Desk, Server

SECURE = "correct horse battery staple"


def raw_status(answer):
    """The status of a raw answer; 0 when the server closed without one."""
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.") else 0


class ServerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-server-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.data = cls.folder / "centre"
        expect(0, "init", "--data", cls.data)
        cls.write_desk(cls.folder / "desk")
        cls.configure("desk: ../desk\n")
        cls.server = Server(cls.data)
        cls.addClassCleanup(cls.server.__exit__, None)
        cls.admin = Desk(cls.server).sign_in(cls.server.ready["account"], cls.server.ready["password"], SECURE)

    @staticmethod
    def write_desk(folder):
        """A desk as its build makes it: one page, hashed files."""
        (folder / "assets").mkdir(parents=True)
        (folder / "index.html").write_text("<!doctype html><title>Zhiheng</title>")
        (folder / "assets" / "index-B7xZ09aQ.js").write_text("console.log('desk');\n" * 500)

    @classmethod
    def configure(cls, *lines):
        with open(cls.data / "zhiheng.yaml", "a", encoding="utf-8") as file:
            file.write("server:\n" + "".join("  " + line for line in lines))

    def assert_well(self):
        """Whatever was sent, the server answers the next client."""
        self.assertEqual(self.server.get("/healthz").status, 200)

    # ---- what it tells of itself

    def test_health_metrics_and_document(self):
        health = self.server.get("/healthz").json
        self.assertEqual((health["status"], health["checks"]["database"]), ("ok", "ok"))
        metrics = self.server.get("/metrics").body.decode()
        self.assertIn("zhiheng_jobs_waiting 0", metrics)
        self.assertIn('route="GET /healthz"', metrics)
        document = self.server.get("/api/v1/openapi.json").json
        self.assertEqual(document["openapi"], "3.1.0")
        for path in ("/api/v1/session", "/api/v1/accounts", "/api/v1/events", "/healthz"):
            self.assertIn(path, document["paths"])

    def test_metrics_are_for_this_host(self):
        # A proxy that speaks for somebody else is not this host.
        self.assertEqual(self.server.get("/metrics", X_Forwarded_For="203.0.113.7").status, 403)

    def test_errors_are_problem_documents_in_both_languages(self):
        for language, word in (("zh-CN", "没有这个地址"), ("en", "nothing at this address")):
            answer = self.server.get("/api/v1/nothing", Accept_Language=language)
            self.assertEqual(answer.status, 404)
            self.assertEqual(answer.headers["content-type"], "application/problem+json")
            self.assertIn(word, answer.json["detail"])

    # ---- files

    def test_the_desk_is_compressed_and_cached(self):
        page = self.server.get("/month/2026-10")  # a page of the desk, not a file
        self.assertEqual(page.status, 200)
        self.assertIn(b"<title>Zhiheng", page.body)
        self.assertIn("frame-ancestors 'none'", page.headers["content-security-policy"])
        script = self.server.get("/assets/index-B7xZ09aQ.js", Accept_Encoding="gzip")
        self.assertIn("immutable", script.headers["cache-control"])
        self.assertEqual(script.headers["content-encoding"], "gzip")
        self.assertIn(b"console.log", gzip.decompress(script.body))
        again = self.server.get("/assets/index-B7xZ09aQ.js", Accept_Encoding="gzip", If_None_Match=script.headers["etag"])
        self.assertEqual((again.status, again.body), (304, b""))
        part = self.server.get("/assets/index-B7xZ09aQ.js", Range="bytes=0-6")
        self.assertEqual((part.status, part.body), (206, b"console"))
        self.assertEqual(self.server.get("/assets/missing.js").status, 404)

    def test_paths_lead_to_no_other_file(self):
        for path in (
            b"/../centre/zhiheng.yaml", b"/%2e%2e/centre/zhiheng.yaml", b"/..%2fcentre%2fzhiheng.yaml",
            b"/assets/../../centre/zhiheng.yaml", b"/assets/..%5c..%5ccentre%5czhiheng.yaml", b"/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            b"/....//....//etc/passwd", b"//etc/passwd", b"/zhiheng.yaml", b"/assets/%00.js", b"/assets/index-B7xZ09aQ.js%00.html",
            b"/%c0%ae%c0%ae/etc/passwd", b"/assets/%ff", b"file:///etc/passwd",
        ):
            answer = self.server.raw(b"GET " + path + b" HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n")
            self.assertNotIn(b"database:", answer, path)
            self.assertNotIn(b"root:", answer, path)
            # Either refused, or a page of the desk: nothing else.
            self.assertIn(raw_status(answer), (200, 400, 404), path)
            if raw_status(answer) == 200:
                self.assertIn(b"<title>Zhiheng", answer, path)
        self.assert_well()

    # ---- bad HTTP

    def test_malformed_requests_are_refused(self):
        for request, statuses in (
            (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", (0, 400)),  # TLS to a plain port
            (b"hello\r\n\r\n", (400,)),
            (b"GET / HTTP/1.1\r\n\r\n", (400,)),
            (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", (400,)),
            (b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", (400, 505)),
            (b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", (400,)),
            (b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", (400,)),
            (b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", (400, 413)),
            (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", (431,)),
            (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", (414,)),
            (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 10_000 + b"\r\n", (431,)),
            (b"TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", (501,)),
            (b"\r\n" * 100_000, (0, 400, 431)),
            (b"\x00" * 5000, (0, 400)),
        ):
            with self.subTest(request=request[:60]):
                self.assertIn(raw_status(self.server.raw(request)), statuses)
        self.assert_well()

    def test_huge_bodies_are_not_read(self):
        head = (b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                b"X-Requested-With: zhiheng\r\nContent-Length: 10000000000\r\n\r\n")
        with self.server.connect() as connection:
            connection.sendall(head)
            self.assertEqual(raw_status(connection.recv(65536)), 413)  # before a byte of the body
        deep = b"[" * 200_000
        answer = self.server.ask("POST", "/api/v1/session", deep, {"Content-Type": "application/json", "X-Requested-With": "zhiheng"})
        self.assertEqual(answer.status, 400)
        self.assert_well()

    def test_slow_clients_hold_nobody_up(self):
        slow = [self.server.connect() for _ in range(100)]
        try:
            for connection in slow:
                connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: d")  # and no more
            for _ in range(20):
                self.assert_well()
        finally:
            for connection in slow:
                connection.close()
        self.assert_well()

    def test_clients_that_leave_in_the_middle(self):
        for cut in (b"GET", b"GET /healthz HTTP/1.1\r\n", b"POST /api/v1/session HTTP/1.1\r\nHost: a\r\nContent-Type: application/json"
                    b"\r\nX-Requested-With: zhiheng\r\nContent-Length: 100\r\n\r\n{\"acc"):
            for _ in range(20):
                connection = self.server.connect()
                connection.sendall(cut)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")  # reset
                connection.close()
        self.assert_well()

    # ---- who asks

    def test_wrong_types_are_told_all_at_once(self):
        answer = Desk(self.server).ask("POST", "/session", {"account": 7, "pasword": "x"})
        self.assertEqual(answer.status, 422)
        pointers = {error["pointer"] for error in answer.json["errors"]}
        self.assertIn("/account", pointers)
        self.assertIn("/pasword", pointers)

    def test_strangers_see_nothing(self):
        for path in ("/api/v1/accounts", "/api/v1/events"):
            self.assertEqual(self.server.get(path).status, 401, path)
        forged = self.server.get("/api/v1/accounts", Cookie="zhiheng_session=" + "A" * 43)
        self.assertEqual(forged.status, 401)

    def test_other_sites_cannot_write(self):
        body = json.dumps({"account": "x", "roles": [{"role": "admin", "scope": "centre"}]})
        own = {"Cookie": self.admin.cookie, "Content-Type": "application/json"}
        for headers in (
            {},  # no header of our page
            {"X-Requested-With": "zhiheng", "Origin": "https://evil.example"},
            {"X-Requested-With": "zhiheng", "Sec-Fetch-Site": "cross-site"},
            {"X-Requested-With": "XMLHttpRequest"},
        ):
            answer = self.server.ask("POST", "/api/v1/accounts", body, {**own, **headers})
            self.assertEqual(answer.status, 403, headers)
        form = self.server.ask("POST", "/api/v1/accounts", "account=x", {**own, "Content-Type": "application/x-www-form-urlencoded",
                                                                         "X-Requested-With": "zhiheng"})
        self.assertEqual(form.status, 415)

    def test_a_session_ends_when_it_is_ended(self):
        desk = Desk(self.server).sign_in("admin", SECURE)
        cookie = desk.cookie
        self.assertEqual(desk.ask("GET", "/session").status, 200)
        self.assertLess(desk.ask("DELETE", "/session").status, 300)
        desk.cookie = cookie  # a thief kept it
        self.assertEqual(desk.ask("GET", "/session").status, 401)

    def test_the_first_password_must_be_changed(self):
        made = self.admin.ask("POST", "/accounts", {"account": "new.one", "roles": [{"role": "admin", "scope": "centre"}]})
        self.assertEqual(made.status, 201, made)
        desk = Desk(self.server).sign_in("new.one", made.json["password"])
        self.assertTrue(desk.ask("GET", "/session").json["must_change_password"])
        self.assertEqual(desk.ask("GET", "/accounts").status, 403)
        desk.ask("POST", "/session/password", {"current": made.json["password"], "next": SECURE + " again"})
        self.assertEqual(desk.ask("GET", "/accounts").status, 200)


class ServerLifeTest(unittest.TestCase):
    """Starts and ends of the process; each test has a centre of its own."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="zhiheng-life-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.data = self.folder / "centre"
        expect(0, "init", "--data", self.data)

    def test_killed_and_started_again(self):
        with Server(self.data) as server:
            password = server.ready["password"]
            desk = Desk(server).sign_in("admin", password, SECURE)
            cookie = desk.cookie
            server.kill()
        with Server(self.data) as server:
            self.assertNotIn("password", server.ready)  # said once
            desk = Desk(server)
            desk.cookie = cookie  # the browser did not notice
            self.assertEqual(desk.ask("GET", "/session").status, 200)
            desk.sign_in("admin", SECURE)
        expect(0, "verify", "--data", self.data)

    def test_ends_with_streams_open_and_requests_running(self):
        with Server(self.data) as server:
            desk = Desk(server).sign_in("admin", server.ready["password"], SECURE)
            with server.connect() as stream:
                stream.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: d\r\nCookie: {desk.cookie}\r\n\r\n".encode())
                self.assertIn(b"text/event-stream", stream.recv(65536))
                idle = server.connect()
                self.assertEqual(server.end(signal.SIGINT), 0, server.last_words)
                idle.close()
                rest = b""
                while piece := stream.recv(65536):
                    rest += piece
                self.assertTrue(rest.endswith(b"0\r\n\r\n"), rest)  # ended, not cut

    def test_a_taken_port_is_told(self):
        with Server(self.data) as server:
            outcome = run("serve", "--data", self.data, "--listen", f"{HOST}:{server.port}")
            self.assertEqual(outcome.code, 1)
            self.assertIn(f"cannot listen on {HOST}:{server.port}", outcome.err)

    def test_plaintext_stays_on_this_host(self):
        outcome = run("serve", "--data", self.data, "--listen", "0.0.0.0:0")
        self.assertEqual(outcome.code, 1)
        self.assertIn("without TLS only this host is served", outcome.err)
        with Server(self.data, "--plaintext", listen="0.0.0.0:0") as server:
            self.assertEqual(server.get("/healthz").status, 200)

    def test_a_mistyped_setting_is_told_with_its_place(self):
        with open(self.data / "zhiheng.yaml", "a", encoding="utf-8") as file:
            file.write("server:\n  listn: 127.0.0.1:0\n")
        outcome = run("serve", "--data", self.data)
        self.assertEqual(outcome.code, 1)
        self.assertRegex(outcome.err, r'zhiheng\.yaml:\d+:3: unknown key "listn"; did you mean "listen"\?')
        self.assertEqual(run("serve", "--data", self.folder / "nowhere").code, 1)
        self.assertEqual(run("serve").code, 2)

    def test_tls(self):
        if shutil.which("openssl") is None or shutil.which("curl") is None:
            self.skipTest("openssl and curl are needed")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                        self.data / "key.pem", "-out", self.data / "cert.pem", "-days", "2", "-subj", "/CN=localhost",
                        "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
        with open(self.data / "zhiheng.yaml", "a", encoding="utf-8") as file:
            file.write("server:\n  certificate: cert.pem\n  key: key.pem\n")
        with Server(self.data) as server:
            self.assertTrue(server.ready["address"].startswith("https://"))
            answer = subprocess.run(["curl", "-sS", "--cacert", self.data / "cert.pem", server.ready["address"] + "healthz"],
                                    check=True, capture_output=True)
            self.assertEqual(json.loads(answer.stdout)["status"], "ok")
            self.assertIn(raw_status(server.raw(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")), (0, 400))  # plain to the TLS port


if __name__ == "__main__":
    unittest.main()
