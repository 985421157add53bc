"""Any interleaving of edits, deliveries, losses and copies on two or three computers converges."""

import shutil
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, rule

from tests.simulators.groups import group, later, set_tag, view, write_note
from tests.simulators.vaults import add, credential, event
from wallet_app.errors import UserError
from wallet_app.storage.places import FolderPlace
from wallet_app.storage.sync.exchange import run
from wallet_app.storage.sync.names import read_set_name

NUMBERS = st.sampled_from([0, 0, 0, 1, 2])
WHO = st.integers(0, 2)


class Group(RuleBasedStateMachine):
    """Three vaults, one folder, and a world that delays, hides, doubles and brings back files."""

    hidden: Bundle[str] = Bundle("hidden")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.stack = ExitStack()
        self.vaults = self.stack.enter_context(group(self.folder, ("a", "b", "c")))
        for vault in self.vaults:
            # A crash of the machine is not what these tests are about.
            vault.database.run("PRAGMA synchronous = OFF")
        self.place = self.folder / "place"
        self.minute = 0
        self.ever: set[str] = set()
        self.deleted: set[str] = set()
        # Something that all have from the start: what two change at once is what is hard.
        self.add(0, 0)
        self.meet()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            for found in self.folder.glob("hidden-*"):
                found.rename(self.place / found.name.removeprefix("hidden-"))
            self.converge()
            self.stack.close()
            shutil.rmtree(self.folder)

    def converge(self) -> None:
        for _ in range(4):
            for number in range(3):
                self.sync(number)
        first, *rest = [view(vault) for vault in self.vaults]
        assert all(other == first for other in rest)
        safe = {row[0] for row in first["originals"]}
        # Nothing is lost but what somebody deleted.
        assert self.ever - self.deleted <= safe
        told = [run(vault, FolderPlace(self.place), now=self.now()).told for vault in self.vaults]
        assert told == [0, 0, 0]

    def now(self) -> object:
        self.minute += 1
        return later(self.minute)

    @rule(who=WHO, number=NUMBERS)
    def add(self, who: int, number: int) -> None:
        with suppress(UserError):
            self.ever.add(add(self.vaults[who], credential(number), at=self.now()).id)  # type: ignore[arg-type]

    @rule(who=WHO, number=NUMBERS, for_good=st.booleans())
    def delete(self, who: int, number: int, for_good: bool) -> None:
        identity, vault = credential(number).original.sha256, self.vaults[who]
        with suppress(UserError):
            vault.credentials.move_to_trash(identity, event("deleted", identity, at=self.now()))  # type: ignore[arg-type]
            self.deleted.add(identity)
        if for_good:
            with suppress(UserError):
                told = event("deleted_forever", identity, at=self.now())  # type: ignore[arg-type]
                vault.credentials.delete_forever(identity, told)

    @rule(who=WHO, number=NUMBERS)
    def recover(self, who: int, number: int) -> None:
        identity = credential(number).original.sha256
        with suppress(UserError):
            told = event("recovered", identity, at=self.now())  # type: ignore[arg-type]
            self.vaults[who].credentials.recover(identity, told)

    @rule(who=WHO, number=NUMBERS, text=st.sampled_from(["one", "two", ""]))
    def note(self, who: int, number: int, text: str) -> None:
        identity = credential(number).original.sha256
        if self._has(who, identity):
            write_note(self.vaults[who], identity, text, self.now())  # type: ignore[arg-type]

    @rule(who=WHO, number=NUMBERS, present=st.booleans())
    def tag(self, who: int, number: int, present: bool) -> None:
        identity = credential(number).original.sha256
        if self._has(who, identity):
            set_tag(self.vaults[who], identity, "x", present=present, at=self.now())  # type: ignore[arg-type]

    @rule(who=WHO, name=st.sampled_from(["a", "b"]), take=st.booleans())
    def identity(self, who: int, name: str, take: bool) -> None:
        people, told = self.vaults[who].people, event("identity", at=self.now())  # type: ignore[arg-type]
        with suppress(UserError):
            if take:
                people.add_identity("email", f"{name}@mail.example", told)
            else:
                people.remove_identity("email", f"{name}@mail.example", told)

    @rule(who=WHO)
    def sync(self, who: int) -> None:
        run(self.vaults[who], FolderPlace(self.place), now=self.now())  # type: ignore[arg-type]

    @rule()
    def meet(self) -> None:
        """Let all come in step, as far as nothing is hidden."""
        for who in (0, 1, 2, 0, 1):
            self.sync(who)

    @rule(first=WHO, second=WHO, present=st.booleans())
    def both(self, first: int, second: int, present: bool) -> None:
        """Two change the same before either hears of it; the first to write hears first."""
        self.tag(first, 0, not present)
        self.tag(second, 0, present)
        self.sync(first)
        self.sync(second)

    @rule(target=hidden, which=st.integers(0, 50))
    def hide(self, which: int) -> object:
        found = sorted(one for one in self.place.iterdir() if read_set_name(one.name))
        if not found:
            return multiple()
        chosen = found[which % len(found)]
        chosen.rename(self.folder / f"hidden-{chosen.name}")
        return chosen.name

    @rule(name=hidden)
    def bring_back(self, name: str) -> None:
        kept = self.folder / f"hidden-{name}"
        if kept.exists():
            kept.rename(self.place / name)

    @rule(which=st.integers(0, 50), cut=st.booleans())
    def double(self, which: int, cut: bool) -> None:
        found = sorted(one for one in self.place.iterdir() if read_set_name(one.name))
        if found:
            chosen = found[which % len(found)]
            data = chosen.read_bytes()
            copy = chosen.with_name(chosen.name.replace(".changes", " (1).changes"))
            copy.write_bytes(data[: len(data) // 2] if cut else data)

    def _has(self, who: int, identity: str) -> bool:
        select = "SELECT 1 FROM credential WHERE id = ? AND deleted_at IS NULL"
        return self.vaults[who].database.row(select, (identity,)) is not None


Group.TestCase.settings = settings(
    max_examples=16,
    stateful_step_count=30,
    deadline=None,
    # A broken promise is shown as it was found; ``campaign sync`` makes it shorter, and may take
    # its time.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
TestGroup = Group.TestCase
