"""Files of authorities: recognised, kept, consulted at the next check, switched and removed."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulators.certificates import Holder, europass_credential, seal, trust_list
from simulators.world import World
from wallet_app.app.anchor_lists import AnchorList
from wallet_app.app.authority_words import authority_facts
from wallet_app.app.safe import Safe
from wallet_app.app.trust_lists import load_lists, load_trust
from wallet_app.errors import UserError
from wallet_app.storage.models import Event, NewTrustList
from wallet_app.verification.report import CheckId, Verdict
from wallet_app.wording import LANGUAGES, Words

SITE = "https://lists.example"
ROOT = Holder.root()
OTHER = Holder.root("Other Root", end=datetime(2030, 5, 6, tzinfo=UTC))
COLLEGE = ROOT.certify("Seal", identifier="VATBE-0123456789")
DIPLOMA = json.dumps(seal(europass_credential(), COLLEGE)).encode()


def write(folder: Path, data: bytes, name: str = "authority") -> str:
    path = folder / name
    path.write_bytes(data)
    return str(path)


def add(safe: Safe, world: World, folder: Path, data: bytes, name: str = "authority") -> AnchorList:
    safe.people.keep_lists(load_lists(write(folder, data, name), world.services))
    return safe.people.anchor_lists()[-1]


def diploma(safe: Safe) -> str:
    (result,) = safe.import_bytes(DIPLOMA, "diploma.json")
    assert result.badge is not None
    return result.badge.id


def checked(safe: Safe, badge_id: str) -> Verdict:
    return safe.check_again(badge_id).report.verdict


@pytest.mark.parametrize(
    "data",
    [ROOT.pem, b"Bag Attributes\n" + ROOT.pem, ROOT.der, trust_list(ROOT)],
    ids=["pem", "pem with words before", "der", "list"],
)
def test_a_file_is_recognised_by_its_content_as_a_kind_of_its_own(
    world: World, tmp_path: Path, data: bytes
) -> None:
    loaded = load_lists(write(tmp_path, data), world.services)
    assert loaded.are_anchors
    (new,) = loaded.lists
    assert (new.kind, new.name, new.source, new.data) == ("anchors", "authority", "authority", data)
    trust = load_trust(write(tmp_path, data), world.services)
    assert trust.registries == ()
    assert [one.certificate.der for one in trust.anchors] == [ROOT.der]


def test_json_is_never_a_certificate_whatever_its_texts_hold(world: World, tmp_path: Path) -> None:
    sly = json.dumps({"registry": {"did:web:a.example": {"name": ROOT.pem.decode()}}}).encode()
    loaded = load_lists(write(tmp_path, sly), world.services)
    assert not loaded.are_anchors
    assert load_trust(write(tmp_path, sly), world.services).anchors == ()


@pytest.mark.parametrize("data", [ROOT.pem, trust_list(ROOT), ROOT.der])
def test_no_address_can_answer_with_authorities(world: World, data: bytes) -> None:
    world.web.serve(f"{SITE}/a", data, media_type="text/plain")
    with pytest.raises(UserError, match=r"anchors\.only_from_file"):
        load_lists(f"{SITE}/a", world.services)


def test_a_directory_of_lists_brings_no_authorities(world: World) -> None:
    world.web.serve(f"{SITE}/schools", {"registry": {}})
    world.web.serve(f"{SITE}/sly", ROOT.pem, media_type="text/plain")
    entries = [
        {"type": "dcc-legacy", "name": name, "url": f"{SITE}/{name}"} for name in ("schools", "sly")
    ]
    world.web.serve(f"{SITE}/all", entries)
    loaded = load_lists(f"{SITE}/all", world.services)
    assert (loaded.are_anchors, loaded.left_out) == (False, ("sly",))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<html>", "anchors.list_unreadable"),
        (b"\x30\x03abc", "anchors.unreadable"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA", "anchors.unreadable"),
        (trust_list(), "anchors.list_names_none"),
        (b"hello", "trust_list.unknown_format"),
    ],
)
def test_what_is_no_list_is_not_kept(world: World, tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(UserError) as caught:
        load_lists(write(tmp_path, data), world.services)
    assert caught.value.code == code


def test_authorities_decide_from_the_next_check_on(
    safe: Safe, world: World, tmp_path: Path
) -> None:
    badge = diploma(safe)
    assert safe.badge(badge).report.verdict is Verdict.UNDETERMINED
    number = add(safe, world, tmp_path, ROOT.pem).kept.number
    assert safe.badge(badge).report.verdict is Verdict.UNDETERMINED, "not before a check"
    assert checked(safe, badge) is Verdict.VERIFIED
    safe.people.switch_list(number, enabled=False)
    assert safe.people.anchors == ()
    assert checked(safe, badge) is Verdict.UNDETERMINED
    safe.people.switch_list(number, enabled=True)
    assert checked(safe, badge) is Verdict.VERIFIED
    safe.people.remove_list(number)
    assert safe.people.anchor_lists() == ()
    assert checked(safe, badge) is Verdict.UNDETERMINED


def test_a_diploma_that_comes_later_is_judged_by_them_at_once(
    safe: Safe, world: World, tmp_path: Path
) -> None:
    add(safe, world, tmp_path, trust_list(ROOT))
    badge = diploma(safe)
    assert safe.badge(badge).report.verdict is Verdict.VERIFIED
    path = write(tmp_path, json.dumps(seal(europass_credential(id="urn:x:2"), COLLEGE)).encode())
    (result,) = safe.import_sources([path])
    assert result.badge is not None
    assert result.badge.verdict is Verdict.VERIFIED
    made = safe.made_again(badge, world.clock.now)
    assert made is not None
    assert made.verdict is Verdict.VERIFIED


def test_another_authority_proves_nothing(safe: Safe, world: World, tmp_path: Path) -> None:
    add(safe, world, tmp_path, OTHER.pem)
    report = safe.badge(diploma(safe)).report
    assert report.check(CheckId.ISSUER).code == "issuer.certificate_unanchored"


def test_they_are_no_registry_and_ask_nobody(safe: Safe, world: World, tmp_path: Path) -> None:
    add(safe, world, tmp_path, ROOT.pem)
    assert safe.people.trust_lists() == ()
    assert safe.people.owner.registries == ()
    assert world.web.calls == []


def test_the_history_tells_of_them_in_words_of_their_own(
    safe: Safe, world: World, tmp_path: Path
) -> None:
    number = add(safe, world, tmp_path, ROOT.pem).kept.number
    safe.people.remove_list(number)
    events = [(event.kind, event.params) for event in safe.history()][:2]
    named = {"name": "authority"}
    assert events == [("authorities_removed", named), ("authorities_added", named)]
    with pytest.raises(UserError, match=r"trust_list\.unknown"):
        safe.people.remove_list(number)


def test_a_kept_file_that_cannot_be_read_counts_for_nothing(safe: Safe, world: World) -> None:
    broken = NewTrustList("anchors", "Broken", "broken.pem", world.clock.now, b"nonsense")
    safe._vault.people.keep_trust_list(broken, Event(world.clock.now, "authorities_added"))
    (one,) = safe.people.anchor_lists()
    assert (one.anchors, one.authorities, one.until) == ((), (), None)
    assert safe.badge(diploma(safe)).report.verdict is Verdict.UNDETERMINED
    for language in LANGUAGES:
        assert "broken.pem" in authority_facts(Words(language), one, world.clock.now)


def test_they_count_until_the_last_certificate_or_the_list_ends(
    safe: Safe, world: World, tmp_path: Path
) -> None:
    bundle = add(safe, world, tmp_path, ROOT.pem + OTHER.pem, "bundle.pem")
    assert bundle.until == datetime(2035, 1, 1, tzinfo=UTC)
    assert len(bundle.authorities) == 2
    assert bundle.kept.data == b""
    listed = add(safe, world, tmp_path, trust_list(ROOT, OTHER), "be.xml")
    assert listed.authorities == ("Authority of Examples (BE)",)
    assert listed.until == datetime(2027, 3, 1, tzinfo=UTC)


def test_facts_name_a_few_until_when_and_from_where(
    safe: Safe, world: World, tmp_path: Path
) -> None:
    words, now = Words("en"), world.clock.now
    roots = [Holder.root(f"Root {number}\u202e") for number in range(5)]
    one = add(safe, world, tmp_path, b"".join(root.pem for root in roots), "roots.pem")
    facts = authority_facts(words, one, now)
    assert "Root 2" in facts
    assert "Root 3" not in facts
    assert "and 2 more" in facts
    assert "\u202e" not in facts
    assert facts.endswith("until 1 January 2035 at the latest · added on 23 November 2026")
    safe.people.switch_list(one.kept.number, enabled=False)
    (off,) = safe.people.anchor_lists()
    assert authority_facts(words, off, now).startswith("Left aside · ")
    late = now + timedelta(days=9 * 365)
    assert authority_facts(words, one, late).startswith("No longer counts: ended on 1 January 2035")
