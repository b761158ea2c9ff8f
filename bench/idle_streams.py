"""Opens COUNT event streams at PORT, says so, and holds them until its input ends. Fails when one is not served.

    python3 bench/idle_streams.py PORT COUNT COOKIES      COOKIES: a file with a session's cookie in each line, taken in turn
"""
import select
import socket
import sys

REQUEST = "GET /api/v1/events HTTP/1.1\r\nHost: bench\r\nCookie: {}\r\n\r\n"


def main():
    port, count = int(sys.argv[1]), int(sys.argv[2])
    with open(sys.argv[3], encoding="ascii") as file:
        cookies = file.read().split("\n")[:-1]
    streams = []
    for number in range(count):
        stream = socket.create_connection(("127.0.0.1", port), timeout=10)
        stream.sendall(REQUEST.format(cookies[number % len(cookies)]).encode())
        head = stream.recv(4096)
        if not head.startswith(b"HTTP/1.1 200 "):
            print(head.decode(errors="replace"), file=sys.stderr)
            return 1
        streams.append(stream)
    print("open", flush=True)
    sys.stdin.read()
    ended = [s for s in streams if select.select([s], [], [], 0)[0] and s.recv(65536) == b""]
    if ended:
        print(f"{len(ended)} of {count} streams were lost", file=sys.stderr)
        return 1
    return 0


sys.exit(main())
