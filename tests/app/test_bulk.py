"""Many sources give the same results as one after the other, whichever way they go."""

import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from simulators.mixed_files import mixed_folder
from simulators.web import NOW
from wallet_app.app import bulk, shared_work
from wallet_app.app.bulk import prepare_all, prepare_job
from wallet_app.app.bulk_pool import BulkPool, Lost
from wallet_app.app.examine import Examination
from wallet_app.app.models import ImportResult
from wallet_app.app.prepared_answer import HAS_PARTS, read_answer
from wallet_app.app.preparing import Found, prepare_source
from wallet_app.app.services import Recipe, Services, utc_now
from wallet_app.app.shared_work import SharedWork
from wallet_app.app.sources import Source, find_sources, source_named
from wallet_app.errors import UserError
from wallet_app.network.resolvers import OfflineResolver
from wallet_app.verification.context import OwnerIdentity
from wallet_app.verification.owner import Owner


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mixed")
    mixed_folder(path, 40)
    (path / "files" / "empty.json").write_bytes(b"")
    return path


@pytest.fixture
def services(folder: Path) -> Services:
    return Services.made_by(Recipe(NOW, (folder / "map.tsv",)))


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hand over to processes before anything is done here."""
    monkeypatch.setattr(shared_work, "PATIENCE_S", -1.0)
    monkeypatch.setattr(shared_work, "WORTH_S", -1.0)
    monkeypatch.setattr(shared_work, "usual_processes", lambda: 2)
    monkeypatch.setattr(BulkPool, "is_ready", True)


def sources_in(folder: Path) -> list[Source]:
    return list(find_sources(str(folder / "files")))


def comparable(prepared: Found | None) -> object:
    """Errors are equal when their words are."""
    if isinstance(prepared, ImportResult):
        assert prepared.error is not None
        return prepared.source, prepared.outcome, prepared.error.code, dict(prepared.error.params)
    assert isinstance(prepared, Examination)
    refusal = prepared.refusal
    told = (type(refusal), refusal.code, dict(refusal.params)) if refusal else None
    return replace(prepared, refusal=None), told


@pytest.mark.usefixtures("at_once")
def test_the_processes_find_what_this_one_finds(folder: Path, services: Services) -> None:
    sources = sources_in(folder)
    with closing(prepare_all(sources, services)) as many:
        found = list(many)
        assert many._pool is not None
    assert [comparable(one) for one in found] == [
        comparable(prepare_source(source, services)) for source in sources
    ]


def test_an_answer_says_everything_in_bytes(folder: Path, services: Services) -> None:
    assert services.recipe is not None
    job = prepare_job({"recipe": services.recipe.to_json()})
    for source in [*sources_in(folder), Source(str(folder / "none"), sources_in(folder)[0].kind)]:
        answered = read_answer(job(source.name), source.name, services)
        assert comparable(answered) == comparable(prepare_source(source, services))


def test_a_report_of_another_credential_is_not_taken(folder: Path, services: Services) -> None:
    assert services.recipe is not None
    job = prepare_job({"recipe": services.recipe.to_json()})
    first, *_ = sources_in(folder)
    honest = job(first.name)
    changed = honest.replace(b"Careful Reader", b"Careful Writer")
    assert changed != honest
    with pytest.raises(ValueError, match=r"[0-9a-f]{64}"):
        read_answer(changed, first.name, services)


@pytest.mark.parametrize("end", [3, 40, -1])
def test_a_cut_answer_is_not_taken(end: int, folder: Path, services: Services) -> None:
    assert services.recipe is not None
    first, *_ = sources_in(folder)
    answer = prepare_job({"recipe": services.recipe.to_json()})(first.name)
    with pytest.raises((ValueError, LookupError)):
        read_answer(answer[:end], first.name, services)


@pytest.mark.usefixtures("at_once")
def test_few_sources_start_no_process(folder: Path, services: Services) -> None:
    few = sources_in(folder)[:19]
    with closing(prepare_all(few, services)) as work:
        found = list(work)
        assert work._pool is None
    assert [comparable(one) for one in found] == [
        comparable(prepare_source(source, services)) for source in few
    ]


def test_what_is_soon_done_starts_no_process(folder: Path, services: Services) -> None:
    with closing(prepare_all(sources_in(folder)[:1] * 30, services)) as work:
        assert len(list(work)) == 30
        assert work._pool is None


def test_slow_work_starts_processes_and_much_quick_work_does_not(
    folder: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(shared_work.time, "monotonic", lambda: now[0])
    sources = sources_in(folder)

    def started(seconds_each: float, count: int) -> int | None:
        """Return after how many sources processes were asked for."""
        asked: list[int] = []
        done = []

        def here(source: Source) -> Source:
            now[0] += seconds_each
            done.append(source)
            return source

        work = SharedWork(
            sources[:1] * count,
            here=here,
            read=lambda *_: None,
            start=lambda: asked.append(len(done)),
        )
        assert len(list(work)) == count
        return asked[0] if asked else None

    assert started(0.001, 1_000) is None
    assert started(0.001, 20_000) == 501
    assert started(1.0, 30) == 1
    assert started(1.0, 20) is None, "only 19 are left"


@pytest.mark.usefixtures("at_once")
def test_services_that_cannot_be_made_again_are_used_here(folder: Path, services: Services) -> None:
    own = replace(services, recipe=None, made=None)
    with closing(prepare_all(sources_in(folder), own)) as here:
        assert len(list(here)) == len(sources_in(folder))
        assert here._pool is None


def test_this_process_works_on_until_the_others_are_ready(
    folder: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shared_work, "PATIENCE_S", -1.0)
    monkeypatch.setattr(shared_work, "WORTH_S", -1.0)
    monkeypatch.setattr(shared_work, "usual_processes", lambda: 2)
    ready = iter([False] * 5)
    monkeypatch.setattr(BulkPool, "is_ready", property(lambda _: next(ready, True)))
    done_here: list[str] = []
    prepare = bulk.prepare_source

    def noted(source: Source, services: Services) -> Found:
        done_here.append(source.name)
        return prepare(source, services)

    monkeypatch.setattr(bulk, "prepare_source", noted)
    sources = sources_in(folder)
    with closing(prepare_all(sources, services)) as work:
        found = list(work)
    assert done_here == [source.name for source in sources[:5]]
    assert [comparable(one) for one in found] == [
        comparable(prepare(source, services)) for source in sources
    ]


class ScriptedPool:
    is_ready = True

    def __init__(self, answers: Sequence[Lost | bytes]) -> None:
        self._answers = answers

    def answers(self, _names: object) -> Sequence[Lost | bytes]:
        return self._answers

    def close(self) -> None:
        """Nothing runs."""

    stop = warm_up = close


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("lost", "code"), [(Lost.ENDED, "bulk.ended"), (Lost.SILENT, "bulk.too_slow")]
)
def test_a_lost_source_is_refused_with_its_reason(
    lost: Lost,
    code: str,
    folder: Path,
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sources = sources_in(folder)
    scripted = ScriptedPool([lost, *[Lost.NOT_STARTED] * (len(sources) - 1)])
    monkeypatch.setattr(bulk, "pool_for", lambda *_: scripted)
    with closing(prepare_all(sources, services)) as found:
        first, second = found.take(), found.take()
    assert isinstance(first, ImportResult)
    assert isinstance(first.error, UserError)
    assert (first.source, first.error.code) == (sources[0].name, code)
    # Where no process can be had, the work is done here.
    assert comparable(second) == comparable(prepare_source(sources[1], services))


@pytest.mark.usefixtures("at_once")
def test_stopping_ends_what_waits(folder: Path, services: Services) -> None:
    sources = sources_in(folder) * 10
    with closing(prepare_all(sources, services)) as stopped:
        assert stopped.take() is not None
        stopped.stop()
        left = 0
        while stopped.take() is not None:
            left += 1
        # What was ready may still come; nothing new does.
        assert left < len(sources) / 2
        assert stopped.take() is None


@pytest.mark.usefixtures("at_once")
def test_a_file_with_several_badges_is_left_to_the_one_who_asks(
    folder: Path, services: Services, tmp_path: Path
) -> None:
    assert services.recipe is not None
    path = tmp_path / "badges.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for source in sources_in(folder)[:3]:
            archive.write(source.name, Path(source.name).name)
    job = prepare_job({"recipe": services.recipe.to_json()})
    assert job(str(path)) == HAS_PARTS
    sources = [*sources_in(folder)[:25], source_named(str(path))]
    with closing(prepare_all(sources, services)) as many:
        *_, last = many
    assert isinstance(last, tuple)
    assert len(last) == 3


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0\0\0\2{}",
        b'\0\0\0\1{"parts": [1]}',
        b"\0\0\0\x0d" + b'{"parts": []}',
        b"\0\0\0\x1b" + b'{"parts": [], "code": "no"}',
    ],
)
def test_a_process_that_talks_nonsense_costs_that_file(
    answer: bytes, folder: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "pool_for", lambda *_: ScriptedPool([answer]))
    with closing(prepare_all(sources_in(folder), services)) as found:
        told = found.take()
    assert isinstance(told, ImportResult)
    assert told.error is not None
    assert told.error.code == "bulk.ended"


def test_pictures_travel_with_the_answer(folder: Path, services: Services) -> None:
    asking = replace(services, pictures=True)
    assert asking.elsewhere is not None
    job = prepare_job({"recipe": asking.elsewhere.to_json()})
    hosted = next(one for one in sources_in(folder) if one.name.endswith("3.json"))
    answered = read_answer(job(hosted.name), hosted.name, asking)
    assert isinstance(answered, Examination)
    assert answered.documents[-1].url.endswith("robotics.png")
    assert comparable(answered) == comparable(prepare_source(hosted, asking))


def test_services_that_were_changed_since_are_not_made_elsewhere(services: Services) -> None:
    owner = Owner(identities=(OwnerIdentity("email", "a@example.com"),))
    assert services.elsewhere == services.recipe
    assert replace(services, owner=owner).elsewhere is None
    assert replace(services, source=OfflineResolver()).elsewhere is None
    assert replace(services, now=utc_now).elsewhere is None
    assert Services.default(offline=True).elsewhere is None


def test_a_recipe_survives_its_journey() -> None:
    for recipe in (
        Recipe(),
        Recipe(NOW, (Path("a b"), Path("/c")), offline=True, explorers=("bitcoin",)),
    ):
        assert Recipe.from_json(recipe.to_json()) == recipe
