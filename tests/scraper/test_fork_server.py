import subprocess
import sys

from support import environment

INTERRUPTED = """
import os, signal, time
from multiprocessing import forkserver
from scraper import fork_server

if __name__ == "__main__":
    context = fork_server.start()
    time.sleep(0.3)
    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGINT)
    process = context.Process(target=print, args=("it lives",))
    process.start()
    process.join()
"""


def test_a_ctrl_c_while_the_parsers_load_stops_no_server(tmp_path) -> None:
    script = tmp_path / "interrupted.py"
    script.write_text(INTERRUPTED, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=True, env=environment()
    )
    assert (done.stdout, done.stderr) == ("it lives\n", "")
