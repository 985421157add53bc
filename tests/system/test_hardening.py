"""The running process leaves no core dump and makes private files."""

import subprocess
import sys

PROGRAM = """
import os, resource, sys, tempfile
from wallet_app.system.hardening import harden_process
os.umask(0)
assert harden_process() == ()
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
with open("/proc/self/status") as status:
    print([line for line in status if line.startswith("Umask")][0].split()[1])
import ctypes
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


def test_core_dumps_are_off_and_new_files_are_private() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["0077", "0"]
