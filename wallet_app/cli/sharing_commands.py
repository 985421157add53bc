"""Commands that let a badge be seen: export, share, and the tour without a window."""

from wallet_app.app.models import ExportKind, LinkedInFields, ShareWay
from wallet_app.app.paper_choice import Paper
from wallet_app.app.safe import Safe
from wallet_app.app.share_models import Portfolio
from wallet_app.app.showing import save_link
from wallet_app.cli.exit_codes import ExitCode
from wallet_app.cli.session import Session
from wallet_app.cli.share_ways import (
    best_link,
    check_until,
    mine_link,
    public_link,
    share_file,
    share_portfolio,
)
from wallet_app.errors import UserError
from wallet_app.wording import plain_text

__all__ = ["run_export", "run_share", "run_tour"]


def run_export(session: Session) -> ExitCode:
    """Write a copy of one badge to a file, or several badges to one file."""
    options = session.options
    kind, language = ExportKind(options.kind), session.console.words.language
    paper = Paper(options.paper) if options.paper else None
    portfolio = {"title": options.title, "words": options.words}
    with session.safe() as safe:
        several = len(options.badges) > 1 or any(portfolio.values())
        if several and kind is ExportKind.HTML:
            badges = tuple(options.badges)
            safe.share_portfolio_html(Portfolio(badges, **portfolio), options.output)
        elif several:
            safe.export_several(
                options.badges, kind, options.output, language=language, paper=paper, **portfolio
            )
        else:
            badge = options.badges[0]
            safe.export(badge, kind, options.output, language=language, paper=paper)
    session.console.note("cli.export.done", path=str(options.output))
    return ExitCode.DONE


def run_share(session: Session) -> ExitCode:
    """Print the link of each badge, or write the QR code of one to a file."""
    options = session.options
    way = ShareWay(options.way)
    check_until(session, way)
    if way in _TOGETHER:
        with session.safe() as safe:
            _TOGETHER[way](session, safe)
        return ExitCode.DONE
    if options.output is not None and len(options.badges) > 1:
        raise UserError("share.one_file_one_badge")
    with session.safe() as safe:
        for badge_id in options.badges:
            _SHARERS[way](session, safe, badge_id)
        if way is ShareWay.LINKEDIN:
            _print_post(session, safe)
    return ExitCode.DONE


def _share_link(session: Session, safe: Safe, badge_id: str) -> None:
    _print_link(session, best_link(session, safe, badge_id), badge_id)


def _share_mine(session: Session, safe: Safe, badge_id: str) -> None:
    _print_link(session, mine_link(session, safe, badge_id), badge_id)


def _share_public(session: Session, safe: Safe, badge_id: str) -> None:
    _print_link(session, public_link(session, safe, badge_id), badge_id)


def _share_portfolio(session: Session, safe: Safe) -> None:
    _print_link(session, share_portfolio(session, safe), *session.options.badges)


def _share_html(session: Session, safe: Safe) -> None:
    share_file(session, safe)
    session.console.note("cli.export.done", path=str(session.options.output))


def _share_qr(session: Session, safe: Safe, badge_id: str) -> None:
    if session.options.output is None:
        raise UserError("share.file_needed")
    options = session.options
    safe.share_qr(badge_id, options.output, to=options.to, page=options.page_address)
    session.console.note("cli.export.done", path=str(session.options.output))


def _share_linkedin(session: Session, safe: Safe, badge_id: str) -> None:
    if session.options.organization is not None:
        safe.set_linkedin_organization(safe.badge(badge_id), session.options.organization)
    fields = safe.linkedin(badge_id, to=session.options.to)
    _print_link(session, fields.url, badge_id)
    if not session.console.as_json:
        _print_fields(session, fields)


def _print_link(session: Session, link: str, *badge_ids: str) -> None:
    if session.options.output is not None:
        save_link(link, session.options.output)
        session.console.note("cli.export.done", path=str(session.options.output))
    elif session.console.as_json:
        way = session.options.way
        named = {"ids": badge_ids} if way == ShareWay.PORTFOLIO else {"id": badge_ids[0]}
        session.console.record({**named, "as": way, "link": link})
    else:
        session.console.line(plain_text(link, max_chars=len(link)))


def _print_fields(session: Session, fields: LinkedInFields) -> None:
    """Say beside the link what to type by hand: LinkedIn does not always fill it in."""
    console = session.console
    console.note("cli.linkedin.by_hand")
    for name in ("name", "organization", "issued", "expires", "credential_url", "credential_id"):
        value = _linkedin_value(fields, name)
        if value:
            console.note(f"cli.linkedin.{name}", value=value)


def _print_post(session: Session, safe: Safe) -> None:
    """Suggest a text for a post about all of them, for a person alone."""
    console = session.console
    if console.as_json or session.options.output is not None:
        return
    kit = safe.linkedin_kit(session.options.badges)
    console.note("cli.linkedin.post")
    for line in kit.texts[console.words.language].splitlines():
        console.note("cli.linkedin.post_line", line=line)


def _linkedin_value(fields: LinkedInFields, name: str) -> str:
    if name == "issued":
        return f"{fields.issue_year}-{fields.issue_month}".strip("-")
    if name == "expires":
        return f"{fields.expiration_year}-{fields.expiration_month}".strip("-")
    value: str = getattr(fields, name)
    return value


_SHARERS = {
    ShareWay.LINK: _share_link,
    ShareWay.QR: _share_qr,
    ShareWay.LINKEDIN: _share_linkedin,
    ShareWay.MINE: _share_mine,
    ShareWay.PUBLIC: _share_public,
}
_TOGETHER = {ShareWay.PORTFOLIO: _share_portfolio, ShareWay.HTML: _share_html}


def run_tour(session: Session) -> ExitCode:
    """Do the whole main job on the sample badges, in the terminal."""
    # Loads every room, Qt for the PDF included.
    from wallet_app.cli.guided_tour import give_tour  # noqa: PLC0415

    return give_tour(session.console, session.options.output)
