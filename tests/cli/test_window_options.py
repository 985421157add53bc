"""What is said of documents and network holds for the window, too."""

from collections.abc import Callable
from pathlib import Path

import pytest

from simulators.command import Answer
from wallet_app.app.services import Recipe
from wallet_app.ui import main as window

DOCUMENTS = Path("documents.tsv")


@pytest.mark.parametrize(
    ("arguments", "recipe"),
    [
        ((), None),
        (("--offline",), Recipe(offline=True)),
        (("open", "--offline"), Recipe(offline=True)),
        (("--documents", DOCUMENTS), Recipe(documents=(DOCUMENTS,))),
    ],
)
def test_the_window_works_with_what_was_given(
    monkeypatch: pytest.MonkeyPatch,
    coffre: Callable[..., Answer],
    arguments: tuple[object, ...],
    recipe: Recipe | None,
) -> None:
    given: list[Recipe | None] = []

    def run(_path: Path, _sources: object, asked: Recipe | None, _language: str) -> int:
        given.append(asked)
        return 0

    monkeypatch.setattr(window, "run", run)
    monkeypatch.setenv("DISPLAY", ":0")
    assert coffre(*arguments).code == 0
    assert given == [recipe]


def test_the_window_speaks_the_language_that_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, coffre: Callable[..., Answer]
) -> None:
    spoken: list[str] = []

    def run(_path: Path, _sources: object, _asked: object, language: str) -> int:
        spoken.append(language)
        return 0

    monkeypatch.setattr(window, "run", run)
    monkeypatch.setenv("DISPLAY", ":0")
    assert coffre("--language", "fr").code == coffre().code == 0
    assert spoken == ["fr", ""]
