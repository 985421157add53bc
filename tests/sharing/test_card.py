"""The badge card: its size, the issuer's picture as it is, texts that stay in their column."""

import io
from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from wallet_app.drawing.tokens import SIDEBAR
from wallet_app.sharing.card import CardContent, CardShape, card_png
from wallet_app.sharing.card_words import card_text
from wallet_app.wording import LANGUAGES, Words

pytestmark = pytest.mark.usefixtures("qapp")

CONTENT = CardContent(
    title="Project Management Foundations",
    issuer="Northgate College",
    issuer_proven=True,
    fingerprint="4e1c90b7",
    holder="Camille Vasseur",
    issued_on=datetime(2024, 3, 12, tzinfo=UTC),
    skills=("Project scheduling", "risk reporting"),
)
LONG = replace(
    CONTENT,
    title="Certificat de spécialisation en cybersécurité " * 20,
    issuer="Institut interrégional de formation " * 20,
    holder="Marie-Antoinette " * 30,
    skills=tuple(f"Compétence {number}" for number in range(500)),
)
GROUND = tuple(bytes.fromhex(SIDEBAR.ground[1:]))
SIZES = {CardShape.POST: (1_200, 627), CardShape.MESSAGE: (1_080, 1_080)}
PLATES = {CardShape.POST: (266, 313), CardShape.MESSAGE: (540, 300)}


def _card(
    content: CardContent = CONTENT, language: str = "en", shape: CardShape = CardShape.POST
) -> Image.Image:
    with Image.open(io.BytesIO(card_png(content, Words(language), shape=shape))) as image:
        assert image.format == "PNG"
        return image.convert("RGB")


def _picture(width: int, height: int) -> bytes:
    """A picture in one colour with a frame of another, to see whether it is cropped."""
    image = Image.new("RGB", (width, height), (255, 0, 255))
    frame = max(width, height) // 20
    ImageDraw.Draw(image).rectangle((0, 0, width - 1, height - 1), outline=(0, 0, 255), width=frame)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("shape", CardShape)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "content",
    [CONTENT, LONG, CardContent("x", "", False, "")],
    ids=["usual", "long", "bare"],
)
def test_card_has_its_size_and_its_texts_stay_inside(
    content: CardContent, language: str, shape: CardShape
) -> None:
    card = _card(content, language, shape)
    width, height = SIZES[shape]
    assert card.size == (width, height)
    margin = card.crop((width - 64, 0 if shape is CardShape.POST else 580, width, height))
    assert margin.getcolors() == [(margin.width * margin.height, GROUND)]
    # Between the column and the invitation there is always air.
    foot = 533 if shape is CardShape.POST else 974
    left = 640 if shape is CardShape.POST else 84
    gap = card.crop((left, foot - 16, width, foot - 2))
    assert gap.getcolors() == [(gap.width * gap.height, GROUND)]


def test_same_badge_gives_the_same_card_and_another_gives_another() -> None:
    made = card_png(CONTENT, Words("en"))
    assert card_png(CONTENT, Words("en")) == made
    assert card_png(replace(CONTENT, fingerprint="other"), Words("en")) != made
    assert card_png(CONTENT, Words("fr")) != made


@pytest.mark.parametrize("shape", CardShape)
@pytest.mark.parametrize(("width", "height"), [(400, 400), (900, 300), (200, 800), (40, 40)])
def test_issuers_picture_is_whole_on_a_white_plate(
    width: int, height: int, shape: CardShape
) -> None:
    card = _card(replace(CONTENT, picture=_picture(width, height)), shape=shape)
    x, y = PLATES[shape]
    magenta, blue = [], []
    for row in range(y - 180, y + 180):
        for column in range(x - 180, x + 180):
            red, green, deep = card.getpixel((column, row))  # type: ignore[misc]
            if (red > 220, green < 40, deep > 220) == (True, True, True):
                magenta.append((column, row))
            elif (red < 40, green < 40, deep > 220) == (True, True, True):
                blue.append((column, row))
    left, right = min(at for at, _ in blue), max(at for at, _ in blue)
    top, bottom = min(at for _, at in blue), max(at for _, at in blue)
    # All four sides of the frame are there, in the picture's own proportion.
    assert (right - left + 1) / (bottom - top + 1) == pytest.approx(width / height, rel=0.06)
    assert min(at for at, _ in magenta) > left
    assert max(at for at, _ in magenta) < right
    assert abs((left + right) / 2 - x) <= 2
    corners = {(left, top), (right, top), (left, bottom), (right, bottom)}
    assert corners <= set(blue)
    assert card.getpixel((left - 4, y)) == (255, 255, 255)
    assert card.getpixel((x, bottom + 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    "picture", [b"<svg/>", b"\x89PNG\r\n\x1a\n broken", b""], ids=["svg", "damaged", "none"]
)
def test_picture_that_is_refused_is_drawn_from_the_fingerprint(picture: bytes) -> None:
    assert card_png(replace(CONTENT, picture=picture), Words("en")) == card_png(
        CONTENT, Words("en")
    )


def test_card_has_no_verdict_no_code_and_no_address() -> None:
    names = {one.name for one in fields(CardContent)}
    assert names.isdisjoint({"verdict", "qr", "link", "checked_at", "email"})
    text = card_text(replace(CONTENT, holder="camille@mail.example"), Words("en"), place="post")
    assert text.holder == ""
    assert zxingcpp.read_barcodes(_card()) == []


@pytest.mark.parametrize(
    ("language", "facts", "invitation"),
    [
        (
            "en",
            "Northgate College, March\u00a02024 to March\u00a02027",
            "Check it yourself with the link in this post",
        ),
        (
            "fr",
            "Northgate College, de mars\u00a02024 à mars\u00a02027",
            "Contrôlez-le avec le lien de ce message",
        ),
    ],
)
def test_card_says_who_and_when(language: str, facts: str, invitation: str) -> None:
    content = replace(CONTENT, expires_on=datetime(2027, 3, 12, tzinfo=UTC))
    text = card_text(content, Words(language), place="post")
    assert (text.facts, text.invitation) == (facts, invitation)
    assert text.skills == "Project scheduling, risk reporting"


def test_issuer_that_is_not_proven_only_calls_itself_so() -> None:
    unproven = replace(CONTENT, issuer_proven=False)
    text = card_text(unproven, Words("en"), place="post")
    assert text.facts == "Issuer calls itself “Northgate College”, March\u00a02024"
    french = card_text(replace(unproven, issued_on=None), Words("fr"), place="message")
    assert french.facts == "L’émetteur se dit «\u00a0Northgate College\u00a0»"


def test_card_without_a_link_or_of_a_sample_does_not_promise_one() -> None:
    bare = card_text(replace(CONTENT, has_link=False), Words("en"), place="post")
    assert bare.invitation == "Ask its holder for the badge itself to check it"
    sample = card_text(replace(CONTENT, sample=True), Words("en"), place="post")
    assert sample.invitation == "Sample · Proves nothing"


def test_long_issuer_never_hides_the_date() -> None:
    # The two differ in the date alone: were it cut off, the cards would be equal.
    assert card_png(LONG, Words("en")) != card_png(
        replace(LONG, issued_on=datetime(2025, 3, 12, tzinfo=UTC)), Words("en")
    )
