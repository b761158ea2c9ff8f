"""A small S3-compatible store on this host. It checks every signature by itself, from the public specification and
Python's hashes, and misbehaves when it is told to."""
import datetime
import hashlib
import hmac
import http.server
import re
import socketserver
import threading
import time
import urllib.parse
import xml.sax.saxutils

BUCKET, ACCESS_KEY, SECRET_KEY, REGION = "records", "operator", "a secret of this test", "cn-north-1"
SKEW_S = 900


def hmac_sha256(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def refuse(self, status, code):
        self.answer(status, f"<Error><Code>{code}</Code><Message>said by the test</Message></Error>".encode())

    def signature_problem(self, body):
        """Why the request is not signed as it should be; None when it is."""
        match = re.fullmatch(
            r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request,\s*SignedHeaders=([^,]+),\s*Signature=(\w{64})",
            self.headers.get("Authorization", ""),
        )
        if not match:
            return "AccessDenied"
        key, day, region, names, signature = match.groups()
        stamp = self.headers["x-amz-date"]
        at = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
        if abs(at.timestamp() - time.time() - self.server.store.clock_ahead_s) > SKEW_S:
            return "RequestTimeTooSkewed"
        names = names.split(";")
        if key != ACCESS_KEY or region != REGION or not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(names):
            return "AccessDenied"
        if self.headers["x-amz-content-sha256"] != hashlib.sha256(body).hexdigest():
            return "XAmzContentSHA256Mismatch"
        path, _, query = self.path.partition("?")
        canonical = "\n".join(
            [
                self.command,
                urllib.parse.quote(urllib.parse.unquote(path), safe="/-._~"),
                "&".join(
                    f"{urllib.parse.quote(k, safe='-._~')}={urllib.parse.quote(v, safe='-._~')}"
                    for k, v in sorted(urllib.parse.parse_qsl(query, keep_blank_values=True))
                ),
                *[f"{name}:{' '.join(self.headers[name].split())}" for name in names],
                "",
                ";".join(names),
                self.headers["x-amz-content-sha256"],
            ]
        )
        to_sign = "\n".join(
            ["AWS4-HMAC-SHA256", stamp, f"{day}/{region}/s3/aws4_request", hashlib.sha256(canonical.encode()).hexdigest()]
        )
        signing = ("AWS4" + SECRET_KEY).encode()
        for part in (day, region, "s3", "aws4_request"):
            signing = hmac_sha256(signing, part)
        return None if hmac.compare_digest(hmac_sha256(signing, to_sign).hex(), signature) else "SignatureDoesNotMatch"

    def key(self):
        path = urllib.parse.unquote(self.path.partition("?")[0])
        bucket, _, key = path.lstrip("/").partition("/")
        return key if bucket == BUCKET else None

    def handle_any(self):
        store = self.server.store
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        problem = self.signature_problem(body)
        with store.lock:
            store.requests.append((self.command, self.path, self.headers.get("Range")))
            if problem:
                store.problems.append(problem)
                return self.refuse(403, problem)
            if store.fault == "full" and self.command == "PUT":
                return self.refuse(507, "XMinioStorageFull")
            if store.fault == "slow_down":
                return self.refuse(503, "SlowDown")
            if store.fault == "truncated" and self.command == "GET":
                self.close_connection = True
                return self.answer(206, b"half of it", Content_Length="100000")
            return getattr(self, "do_the_" + self.command.lower())(store, self.key(), body)

    do_GET = do_PUT = do_HEAD = do_DELETE = handle_any

    def do_the_put(self, store, key, body):
        store.things[key] = body
        self.answer(200, ETag=f'"{hashlib.md5(body).hexdigest()}"')

    def do_the_delete(self, store, key, _):
        store.things.pop(key, None)
        self.answer(204)

    def do_the_head(self, store, key, _):
        if key not in store.things:
            return self.answer(404)
        thing = store.things[key]
        self.answer(200, Content_Length=str(len(thing)), ETag=f'"{hashlib.md5(thing).hexdigest()}"')

    def do_the_get(self, store, key, _):
        if key == "":
            return self.list(store)
        if key not in store.things:
            return self.refuse(404, "NoSuchKey")
        thing = store.things[key]
        if self.headers.get("If-Match") not in (None, f'"{hashlib.md5(thing).hexdigest()}"'):
            return self.refuse(412, "PreconditionFailed")
        begin, end = map(int, re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"]).groups())
        self.answer(206, thing[begin : end + 1])

    def list(self, store):
        query = dict(urllib.parse.parse_qsl(self.path.partition("?")[2]))
        after = query.get("continuation-token", "")
        keys = sorted(k for k in store.things if k.startswith(query.get("prefix", "")) and k > after)
        page = keys[: store.page]
        rows = "".join(
            f"<Contents><Key>{xml.sax.saxutils.escape(k)}</Key><LastModified>"
            f"{datetime.datetime.now(datetime.timezone.utc):%Y-%m-%dT%H:%M:%S}.000Z</LastModified></Contents>"
            for k in page
        )
        more = f"<NextContinuationToken>{page[-1]}</NextContinuationToken>" if len(keys) > len(page) else ""
        self.answer(
            200,
            f"<?xml version='1.0'?><ListBucketResult><IsTruncated>{str(bool(more)).lower()}</IsTruncated>{rows}{more}"
            "</ListBucketResult>".encode(),
        )


class Listener(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


class S3Store:
    """`fault`: None, "full" (puts only), "slow_down", "truncated". stop() and start() make it go and come back."""

    def __init__(self):
        self.things, self.requests, self.problems = {}, [], []
        self.fault, self.clock_ahead_s, self.page = None, 0, 2
        self.lock = threading.Lock()
        self.port = 0
        self.start()

    def start(self):
        Listener.allow_reuse_address = True
        self.listener = Listener(("127.0.0.1", self.port), Handler)
        self.listener.store = self
        self.port = self.listener.server_address[1]
        threading.Thread(target=self.listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self):
        self.listener.shutdown()
        self.listener.server_close()

    def settings(self):
        return f"""
outbound:
  hosts: ["127.0.0.1:{self.port}"]
s3:
  endpoint: http://127.0.0.1:{self.port}
  bucket: {BUCKET}
  region: {REGION}
  prefix: centre one/
  access_key: {ACCESS_KEY}
"""
