"""Where a history from somebody else's backup may lead: to a folder of this computer."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from wallet_app.ui.folder_opening import is_opened_as_folder, leads_to_a_network


@pytest.mark.parametrize(
    "folder",
    [
        "\\\\host\\share",
        "//host/share",
        "/\\host/share",
        "\\\\?\\UNC\\host\\share",
        str(PureWindowsPath("//host/share/deep")),
        str(PurePosixPath("//host/share")),
        "/net/host/share",
    ],
)
def test_no_path_calls_another_computer(folder: str) -> None:
    assert leads_to_a_network(folder)


@pytest.mark.parametrize("folder", ["/home/me", "C:\\Users\\me", "/Volumes/Disk", "/network"])
def test_a_path_of_this_computer_is_none(folder: str) -> None:
    assert not leads_to_a_network(folder)


@pytest.mark.parametrize("name", ["X.app", "X.APP", "a.bundle", "b.framework", "c.workflow"])
def test_what_macos_would_start_is_not_opened(name: str) -> None:
    assert not is_opened_as_folder(PurePosixPath("/home/me", name), "darwin")
    assert is_opened_as_folder(PurePosixPath("/home/me", name), "linux")
    # Within it, what lies there is shown.
    assert is_opened_as_folder(PurePosixPath("/home/me", name, "Contents"), "darwin")


@pytest.mark.parametrize("name", ["Backups", "2026.11", ".hidden", "Mr. Smith"])
def test_a_plain_folder_is(name: str) -> None:
    assert is_opened_as_folder(PurePosixPath("/home/me", name), "darwin")
