"""What hosts see of crawls: the trial of bench/politeness.py, small, and a host that drops connections."""

import json
import socket
import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

from support import ROOT, Wireroom, environment

from storage.archive import open_archive

HOST = "127.0.0.8"
DELAY = 0.3


def test_hosts_see_every_promise_kept_and_the_audit_says_the_same() -> None:
    sizes = {"hosts": 2, "pages": 2, "busy": 0, "fetches": 1, "beside": 0, "again": 0}
    words = [f"--{name}={size}" for name, size in sizes.items()]
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "politeness.py"), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env=environment(),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["violations"] == dict.fromkeys(report["violations"], 0)
    assert report["audit"]["requests"] == report["requests"] > 0


def answer_once(connection: socket.socket, arrivals: list[float]) -> None:
    """Answer the first request of a connection, keep it, and drop it at the second."""
    with connection, connection.makefile("rb") as stream:
        for number in range(2):
            while (line := stream.readline()) not in {b"\r\n", b""}:
                pass
            if not line:
                return
            arrivals.append(time.monotonic())
            if number == 0:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def test_a_request_that_a_kept_connection_lost_is_sent_again_within_the_pace(
    tmp_path: Path,
) -> None:
    arrivals: list[float] = []

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer_once, args=(connection, arrivals), daemon=True).start()

    wireroom = Wireroom(tmp_path)
    settings = f'allow_networks = ["{HOST}/32"]\ndelay = {DELAY}\n'
    (tmp_path / "wireroom.toml").write_text(settings, encoding="utf-8")
    with socket.create_server((HOST, 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        wireroom.run("fetch", "--save", f"http://{HOST}:{listener.getsockname()[1]}/a")
        listener.shutdown(socket.SHUT_RDWR)
    # robots.txt, the page on the same connection, and the page once more on another one.
    assert len(arrivals) == 3
    assert min(later - earlier for earlier, later in pairwise(arrivals)) >= DELAY
    with open_archive(wireroom.archive) as archive, archive.read() as db:
        errors = [row["error"] for row in db.execute("SELECT error FROM request ORDER BY id")]
    assert errors == [None, "connect", None]
