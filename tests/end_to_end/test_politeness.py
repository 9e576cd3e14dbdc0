"""The trial of bench/politeness.py, small: what hosts see of two crawls and a fetch at once."""

import json
import subprocess
import sys

from support import ROOT, environment


def test_hosts_see_every_promise_kept_and_the_audit_says_the_same() -> None:
    sizes = {"hosts": 2, "pages": 2, "busy": 0, "fetches": 1, "beside": 1, "again": 0}
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
