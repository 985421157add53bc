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


LOCKING = """
import ctypes, threading
from wallet_app.system.hardening import harden_process
def locks():
    page = ctypes.create_string_buffer(4096)
    return ctypes.CDLL(None).mlock(page, 4096) == 0
assert locks(), "this machine lets nobody lock memory"
harden_process()
found = [locks()]
thread = threading.Thread(target=lambda: found.append(locks()))
thread.start()
thread.join()
print(*found)
"""


def test_no_memory_is_locked_by_any_thread_so_that_wiping_it_stays_cheap() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LOCKING], capture_output=True, text=True, check=True
    )
    assert ran.stdout.split() == ["False", "False"]
