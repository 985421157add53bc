"""The lock on a vault's folder."""

import os
import signal
import sys
from pathlib import Path

import pytest

from wallet_app.errors import EnvironmentFault
from wallet_app.storage.lock import FolderLock, is_held


def test_one_holds_it_until_it_is_given_back(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    assert is_held(tmp_path)
    with pytest.raises(EnvironmentFault):
        FolderLock(tmp_path)
    lock.release()
    lock.release()
    assert not is_held(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_process_just_forked_does_not_keep_it(tmp_path: Path) -> None:
    lock = FolderLock(tmp_path)
    child = os.fork()
    if child == 0:
        # As between fork and exec of a process that another thread starts.
        signal.pause()
        os._exit(0)
    lock.release()
    held = is_held(tmp_path)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert not held
