"""The verdict in words says no more than what is proven."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from simulators.issuer import Issuer
from simulators.open_badges_2 import OpenBadges2
from simulators.web import WebSimulator
from simulators.world import World
from wallet_app.app.certificates import certificate_content
from wallet_app.app.check_names import check_name
from wallet_app.app.models import BadgeDetail
from wallet_app.app.safe import Safe
from wallet_app.app.verdict_sentence import verdict_sentence
from wallet_app.verification.report import (
    CHECK_ORDER,
    DECIDING,
    CheckId,
    CheckResult,
    Outcome,
    Report,
    Verdict,
    decide_verdict,
)
from wallet_app.wording import LANGUAGES, Words


def kept(safe: Safe, issuer: Issuer, **changes: object) -> BadgeDetail:
    return taken(safe, issuer.sign(issuer.badge(**changes)))


def taken(safe: Safe, document: object) -> BadgeDetail:
    text = document if isinstance(document, str) else json.dumps(document)
    (result,) = safe.import_bytes(text.encode(), "badge.json")
    assert result.badge is not None
    return safe.badge(result.badge.id)


def later(detail: BadgeDetail) -> Report:
    return replace(detail.report, later=detail.report)


def said(detail: BadgeDetail, language: str = "en") -> str:
    return verdict_sentence(Words(language), detail.row, detail.report)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_key_that_calls_itself_a_college_is_never_said_to_be_it(
    safe: Safe, language: str
) -> None:
    forger = Issuer.at_did_key(WebSimulator(), "forger")
    forger.name = "Northgate College"
    detail = kept(safe, forger)
    assert detail.report.verdict is Verdict.VERIFIED
    assert not detail.row.issuer_proven
    sentence = said(detail, language)
    assert "Northgate College signed" not in sentence
    assert "Northgate College a signé" not in sentence
    assert ("calls itself “Northgate" if language == "en" else "se donne le nom") in sentence


def test_an_issuers_name_cannot_go_on_in_our_voice(safe: Safe) -> None:
    forger = Issuer.at_did_key(WebSimulator(), "forger")
    forger.name = "Northgate”. Its domain vouches for that. Thank “you"
    sentence = said(kept(safe, forger))
    assert sentence.count("“") == sentence.count("”") == 1
    forger.name = ""
    assert "gives no name, and nothing vouches" in said(kept(safe, forger))


def test_nothing_is_said_to_be_unchanged_since_a_day_to_come(safe: Safe, world: World) -> None:
    issuer = Issuer.at_did_web(world.web)
    detail = kept(safe, issuer, awardedDate="9999-12-31T23:59:59Z")
    assert detail.report.verdict is Verdict.VERIFIED
    assert "9999" not in said(detail)
    assert "since 23 November 2026" in said(detail)


def test_an_issuer_behind_its_own_domain_is_named(safe: Safe, world: World) -> None:
    detail = kept(safe, Issuer.at_did_web(world.web))
    assert detail.row.issuer_proven
    assert said(detail).startswith("Institute of Examples signed this badge")
    assert "15 January 2026" in said(detail)


@pytest.mark.parametrize(
    ("language", "publishes"), [("en", "publishes this badge"), ("fr", "publie ce badge")]
)
def test_a_badge_that_its_issuers_site_serves_is_published_and_never_signed(
    safe: Safe, world: World, language: str, publishes: str
) -> None:
    club, words = OpenBadges2(world.web), Words(language)
    served, signed = (taken(safe, one) for one in (club.hosted("one"), club.signed()))
    assert (served.report.verdict, signed.report.verdict) == (Verdict.VERIFIED, Verdict.VERIFIED)
    assert f" {publishes} " in said(served, language)
    assert f" {publishes} " not in said(signed, language)
    names = [
        *(check_name(words, check, served.credential) for check in CheckId),
        *(said(replace(served, report=one), language) for one in (served.report, later(served))),
        *certificate_content(served, words).verdict_sentence.split(". "),
    ]
    assert [name for name in names if re.search("sign", name)] == []
    assert re.search("sign", check_name(words, CheckId.SIGNATURE, signed.credential))


def test_an_ended_badge_names_the_day_it_ended(safe: Safe, world: World) -> None:
    detail = kept(safe, Issuer.at_did_web(world.web), validUntil="2026-11-22T00:00:00Z")
    assert "22 November 2026" in said(detail)
    assert "22 novembre 2026" in said(detail, "fr")


def test_a_badge_to_come_names_the_day_it_begins_not_the_day_it_was_awarded(
    safe: Safe, world: World
) -> None:
    detail = kept(
        safe,
        Issuer.at_did_web(world.web),
        validFrom="2027-02-01T00:00:00Z",
        awardedDate="2026-11-01T00:00:00Z",
    )
    assert "1 February 2027" in said(detail)
    assert "1er février 2027" in said(detail, "fr")
    world.clock.now = datetime(2027, 2, 2, tzinfo=UTC)
    assert safe.badges()[0].verdict is Verdict.VERIFIED


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_with_a_hole(safe: Safe, world: World, language: str) -> None:
    safe.import_demo()
    for row in safe.badges():
        sentence = said(safe.badge(row.id), language)
        assert "{" not in sentence
        assert "code." not in sentence
        assert "  " not in sentence


@pytest.mark.parametrize(
    ("dates", "verdict"),
    [
        ({"validUntil": "2026-05-31T00:00:00Z"}, Verdict.EXPIRED),
        ({"validFrom": "2031-09-01T00:00:00Z"}, Verdict.NOT_YET_VALID),
    ],
)
def test_a_date_makes_no_stranger_genuine(
    safe: Safe, world: World, dates: dict[str, str], verdict: Verdict
) -> None:
    known = kept(safe, Issuer.at_did_web(world.web), **dates)
    stranger = Issuer.at_did_key(WebSimulator(), "forger")
    stranger.name = "Northgate College"
    forged = kept(safe, stranger, **dates)

    assert known.report.verdict is forged.report.verdict is verdict
    assert "It is genuine" in said(known)
    assert "genuine" not in said(forged)
    assert "nothing vouches for who its issuer is" in said(forged)
    # Nobody knows whose it is: the badge names nobody here.
    assert "still yours" not in said(known)


def test_a_date_hides_no_question_that_nobody_answered(safe: Safe, world: World) -> None:
    issuer = Issuer.at_did_web(world.web)
    unanswered = {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://silent.example/list",
    }
    detail = kept(safe, issuer, validUntil="2026-05-31T00:00:00Z", credentialStatus=unanswered)
    assert detail.report.verdict is Verdict.EXPIRED
    assert "Whether its issuer withdrew it could not be checked." in said(detail)


ALL_IS_WELL = {"en": "Nothing points to a problem", "fr": "Rien n’indique un problème"}
NOT_WITHDRAWN = {"en": "not been withdrawn", "fr": "pas été retiré"}
IN_FORCE = {"en": "in force", "fr": "en vigueur"}
MAY_COME_BACK = {"en": "may come back", "fr": "peut redevenir"}
BUT = {"en": "But ", "fr": "Mais "}
STATED = {
    (CheckId.STATUS, Outcome.PASSED): "status.in_force",
    (CheckId.STATUS, Outcome.WARNING): "status.may_be_withheld",
    (CheckId.STATUS, Outcome.FAILED): "status.revoked_without_reason",
    (CheckId.STATUS, Outcome.NOT_APPLICABLE): "status.none_declared",
    (CheckId.VALIDITY, Outcome.WARNING): "date.end_may_be_withheld",
    (CheckId.VALIDITY, Outcome.FAILED): "date.expired",
    (CheckId.RECIPIENT, Outcome.FAILED): "recipient.someone_else",
}
"""Where nothing is stated here, a code that says nothing to a verdict's words."""
ELSE = (
    {},
    {(CheckId.STATUS, Outcome.FAILED): "status.suspended"},
    {(CheckId.VALIDITY, Outcome.FAILED): "date.not_yet_valid"},
)


def every_report(like: Report) -> Iterator[Report]:
    """Yield every way in which the five end that decide, with each that informs as well."""
    quiet = dict.fromkeys(CHECK_ORDER, Outcome.NOT_APPLICABLE)
    four = CHECK_ORDER[len(DECIDING) :]
    informing = [{}, *({check: Outcome.FAILED} for check in four)]
    informing += [{CheckId.TRUST: Outcome.WARNING}, dict.fromkeys(four, Outcome.FAILED)]
    for codes in ({**STATED, **other} for other in ELSE):
        for ends, also in product(product(Outcome, repeat=len(DECIDING)), informing):
            found = {**quiet, **dict(zip(DECIDING, ends, strict=True)), **also}
            checks = tuple(
                CheckResult(check, end, codes.get((check, end), "check.no_credential"))
                for check, end in found.items()
            )
            yield replace(like, checks=checks, verdict=decide_verdict(checks))


def too_good(sentence: str, report: Report, language: str) -> Iterator[str]:
    """Yield what a sentence says better than its report."""
    ends = {one.check: (one.outcome, one.code) for one in report.checks}
    status, validity = ends[CheckId.STATUS], ends[CheckId.VALIDITY]
    if ALL_IS_WELL[language] in sentence and any(
        end in (Outcome.FAILED, Outcome.WARNING) for end, _ in ends.values()
    ):
        yield "a problem"
    if NOT_WITHDRAWN[language] in sentence and status[1] != "status.in_force":
        yield "no answer on withdrawals"
    told = sentence.replace(Words(language).text("code.status.in_force"), "")
    withheld = report.verdict is Verdict.VERIFIED and validity[1] == "date.end_may_be_withheld"
    if withheld and IN_FORCE[language] in told:
        yield "an end that may be left out"
    if MAY_COME_BACK[language] in sentence and validity == (Outcome.FAILED, "date.expired"):
        yield "an end"
    if report.verdict in (Verdict.FAILED, Verdict.REVOKED):
        return  # final: the first reason is enough
    # The day is said, or the hold, in the verdict's own words.
    decided = {
        Verdict.EXPIRED: {"date.expired"},
        Verdict.NOT_YET_VALID: {"date.not_yet_valid"},
        Verdict.SUSPENDED: {"status.suspended", "date.expired"},
    }.get(report.verdict, set())
    for check, (end, code) in ends.items():
        named = code in decided or check_name(Words(language), check) in sentence
        if end is Outcome.FAILED and not named:
            yield str(check)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_verdict_hides_what_another_check_found(safe: Safe, world: World, language: str) -> None:
    detail, words = kept(safe, Issuer.at_did_web(world.web)), Words(language)
    hidden = set()
    for report in every_report(detail.report):
        sentence = verdict_sentence(words, detail.row, report)
        hidden.update((report.verdict, what) for what in too_good(sentence, report, language))
        if "  " in sentence or sentence.count(BUT[language]) > 1:
            hidden.add((report.verdict, sentence))
    assert hidden == set()


@pytest.mark.parametrize("nobody_answered", [False, True])
def test_a_copy_that_may_leave_out_its_end_is_not_said_to_be_in_force(
    safe: Safe, world: World, *, nobody_answered: bool
) -> None:
    detail = kept(safe, Issuer.at_did_web(world.web))
    withheld = (("date.end_may_be_withheld", {}),)
    checks = tuple(
        replace(one, outcome=Outcome.WARNING, findings=withheld)
        if one.check is CheckId.VALIDITY
        else one
        for one in detail.report.checks
    )
    report = replace(detail.report, checks=checks)
    report = replace(report, later=report) if nobody_answered else report
    sentence = said(replace(detail, report=report))
    assert "Institute of Examples signed this badge." in sentence
    assert "in force" not in sentence
    assert "Whether this copy leaves out an end date cannot be seen." in sentence
    assert ("nobody could be asked" in sentence) is nobody_answered


def test_who_a_badge_is_made_out_to_stands_in_its_first_words(safe: Safe, world: World) -> None:
    detail = kept(safe, Issuer.at_did_web(world.web))
    somebody = CheckResult(CheckId.RECIPIENT, Outcome.FAILED, "recipient.someone_else")
    checks = tuple(
        somebody if one.check is CheckId.RECIPIENT else one for one in detail.report.checks
    )
    sentence = said(replace(detail, report=replace(detail.report, checks=checks)))
    assert "one check failed: “Made out to you”. It is made out to somebody else." in sentence
