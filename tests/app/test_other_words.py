"""What is looked for, said otherwise; and that a search itself stays exact."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulators.issuer import Issuer
from simulators.web import NOW
from wallet_app.app.advert_text import bare, folded
from wallet_app.app.advert_words import lore
from wallet_app.app.open_safe import create_safe
from wallet_app.app.other_words import MOST_QUERIES, said_otherwise
from wallet_app.app.safe import Safe
from wallet_app.app.safe_finding import Why
from wallet_app.app.search_language import State
from wallet_app.app.services import Services
from wallet_app.crypto.secret import Secret


def others(query: str) -> list[str]:
    return [one.query for one in said_otherwise(query)]


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("sécurité", "security"),
        ("SECURITE", "security"),
        ("security", "sécurité"),
        ("réseaux", "network"),
        ("sécurité des réseaux", "network security"),
        ("network security", "sécurité réseau"),
        ("gestion de projet", "project management"),
        ("project management", "gestion de projet"),
        ("premiers secours", "first aid"),
        ("l’enseignement des langues", "language teaching"),
        ("analyse de données", "data analysis"),
        ("certificat premiers secours", "certificat first aid"),
        ("sécurité est:expiré", "security est:expiré"),
    ],
)
def test_words_of_one_language_are_said_in_the_other(query: str, other: str) -> None:
    assert other in others(query)


@pytest.mark.parametrize(
    "query", ["", "python", "secur", "skill:sécurité", "is:expired", "sauf:sécurité", "it", "de la"]
)
def test_nothing_is_offered_for_what_is_in_no_list_or_no_plain_word(query: str) -> None:
    assert others(query) == []


def test_no_query_makes_many_and_each_is_another() -> None:
    for word in ("a " * 250, "sécurité " * 60, '"' * 500, "sécurité\x00 réseau", "gestion projet"):
        found = others(word)
        assert len(found) <= MOST_QUERIES
        assert word not in found
        assert len(set(found)) == len(found)


def test_every_pair_leads_there_and_back_and_names_no_word_twice() -> None:
    seen: set[tuple[int, str]] = set()
    for pair in lore().pairs:
        for side, words in enumerate((pair.french, pair.english)):
            keys = {(side, bare(folded(word))) for word in words}
            assert not seen & keys, pair
            seen |= keys
        assert pair.english[0] in others(pair.french[0])
        assert pair.french[0] in others(pair.english[0])


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Safe]:
    folder: Path = tmp_path_factory.mktemp("otherwise") / "safe"
    services = Services.default(now=lambda: NOW, offline=True)
    with Secret.from_text("velvet orbit granite meadow") as passphrase:
        safe = create_safe(folder, passphrase, services)
    with safe:
        safe.import_demo()
        yield safe


def test_a_search_stays_exact_and_tells_what_other_words_would_find(samples: Safe) -> None:
    assert not [row for row in samples.badges("project") if row.name.startswith("Gestes")]
    found = samples.also_found("sécurité")
    assert [one.query for one in found] == ["safety"]
    rows = samples.badges("safety")
    assert found[0].count == len(rows)
    assert "Laboratory Safety" in {row.name for row in rows}
    assert not {row.id for row in rows} & {row.id for row in samples.badges("sécurité")}


def test_what_finds_nothing_new_is_not_offered(samples: Safe) -> None:
    assert samples.also_found("laboratory") == ()
    # The same badge has both words: who looks for one has it already.
    for one in samples.also_found("data"):
        assert set(samples.found_numbers(one.query)) - set(samples.found_numbers("data"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("laobratory", "laboratory"),
        ("labratory", "laboratory"),
        ("laborattory", "laboratory"),
        ("leboratory safety", "laboratory safety"),
        ("laobratory not:revoked", "laboratory not:revoked"),
    ],
)
def test_a_slip_is_offered_as_the_word_that_the_safe_knows(
    samples: Safe, typed: str, meant: str
) -> None:
    assert samples.badges(typed) == ()
    (found,) = samples.also_found(typed)
    assert (found.query, found.why) == (meant, Why.SPELLING)
    assert found.count == len(samples.badges(meant)) > 0


def test_a_deleted_badge_hides_no_word(safe: Safe, issuer: Issuer) -> None:
    def keep(name: str) -> str:
        badge = issuer.badge(name=name, id=f"urn:example:{len(name)}-{name[:6]}")
        badge["credentialSubject"]["achievement"]["name"] = name
        (kept,) = safe.import_bytes(json.dumps(issuer.sign(badge)).encode(), "b.json")
        assert kept.badge is not None
        return kept.badge.id

    keep("Botany")
    # One is spelled as it is typed, two have another word that is as near: all are deleted.
    for name in ("Botnay", "Botnax", "Botnax again"):
        safe.delete(keep(name))
    (found,) = safe.also_found("botnay")
    assert (found.query, found.count) == ("botany", 1)


@pytest.mark.parametrize("typed", ["labo", "lbo", "xyzzyx", "zeppelin", "skill:laobratory", "été"])
def test_what_is_right_or_short_or_far_from_all_is_not_spelled_otherwise(
    samples: Safe, typed: str
) -> None:
    assert not [one for one in samples.also_found(typed) if one.why is Why.SPELLING]


def test_a_state_is_counted_and_told_only_where_it_finds_more(samples: Safe) -> None:
    (found,) = samples.also_found("revoked", [(State.REVOKED, "is:revoked")])
    assert (found.words, found.count, found.why) == ("revoked", 1, Why.STATE)
    assert samples.also_found("is:revoked", [(State.REVOKED, "is:revoked")]) == ()
