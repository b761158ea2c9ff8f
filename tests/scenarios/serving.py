"""A running `zhiheng serve`, and a client of it: plain sockets for what no library would send, JSON for the rest."""
import http.client
import json
import os
import signal
import socket
import subprocess

from program import PROGRAM, ROOT

HOST = "127.0.0.1"


class Running:
    """A server that runs already, by the address it said."""

    def __init__(self, address):
        self.port = int(address.rstrip("/").rsplit(":", 1)[1])

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers={k.replace("_", "-"): v for k, v in (headers or {}).items()})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()


class Server(Running):
    """Starts the server and waits until it says that it is ready. `with` ends it and insists on a clean end."""

    def __init__(self, data, *arguments, listen=f"{HOST}:0", environment=None):
        self.process = subprocess.Popen(
            [str(PROGRAM), "serve", "--data", str(data), "--listen", listen, "--json", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "LC_ALL": "C.UTF-8", **(environment or {})},
        )
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(30)
            raise AssertionError("the server did not start: " + self.process.stderr.read().decode())
        self.ready = json.loads(line)
        super().__init__(self.ready["address"])

    def __enter__(self):
        return self

    def __exit__(self, kind, *rest):
        if self.process.poll() is None:
            code = self.end()
            if kind is None and code != 0:
                raise AssertionError(f"the server ended with {code}")
        self.process.stdout.close()
        self.process.stderr.close()

    def end(self, how=signal.SIGTERM):
        """Ends it; gives the exit code. The rest of its standard error is in `last_words`."""
        self.process.send_signal(how)
        _, errors = self.process.communicate(timeout=60)
        self.last_words = errors.decode()
        return self.process.returncode

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def connect(self, timeout=20):
        return socket.create_connection((HOST, self.port), timeout=timeout)

    def raw(self, request, timeout=20):
        """Sends bytes as they are and gives back everything until the server closes."""
        with self.connect(timeout) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while piece := connection.recv(65536):
                answer += piece
            return answer


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.headers}\n{self.body[:2000]!r}"


class Desk:
    """One signed-in browser: keeps its cookie and sends what our own page would."""

    def __init__(self, server):
        self.server = server
        self.cookie = ""

    def ask(self, method, path, body=None, **headers):
        own = {"X-Requested-With": "zhiheng", "Cookie": self.cookie, "Accept-Language": "en"}
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body)
            own["Content-Type"] = "application/json"
        answer = self.server.ask(method, "/api/v1" + path, body, {**own, **{k.replace("_", "-"): v for k, v in headers.items()}})
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].split(";")[0]
        return answer

    def sign_in(self, account, password, next_password=None):
        """Signs in; with `next_password` also changes the password, as the first sign-in demands."""
        answer = self.ask("POST", "/session", {"account": account, "password": password})
        if answer.status >= 300:
            raise AssertionError(f"sign-in of {account}: {answer}")
        if next_password:
            changed = self.ask("POST", "/session/password", {"current": password, "next": next_password})
            if changed.status >= 300:
                raise AssertionError(f"password of {account}: {changed}")
        return self
