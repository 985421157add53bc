import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonValue
from wallet_app.credentials.strict_json import JsonLimits, parse_json, parse_object

REFUSED = [
    pytest.param(b"", "format.json_invalid", id="empty"),
    pytest.param(b'{"a":1,"b":2,"a":1}', "format.json_duplicate_key", id="duplicate key"),
    pytest.param(b'{"a":1,"\\u0061":1}', "format.json_duplicate_key", id="duplicate by escape"),
    pytest.param(b"[NaN]", "format.json_number", id="NaN"),
    pytest.param(b"[-Infinity]", "format.json_number", id="infinity"),
    pytest.param(b"[1e400]", "format.json_number", id="float overflow"),
    pytest.param(b"1" * 65, "format.json_number", id="65 digits"),
    pytest.param(b"-" + b"9" * 1_000_000, "format.json_number", id="a million digits"),
    pytest.param(b"[" * 65 + b"]" * 65, "format.json_too_deep", id="65 levels"),
    pytest.param(b'{"a":' * 90_000, "format.json_too_deep", id="endless objects"),
    pytest.param(b"[" * 4_000_000, "format.json_too_many_values", id="four million brackets"),
    pytest.param(b"[" + b"0," * 100_000 + b"0]", "format.json_too_many_values", id="too many"),
    pytest.param(b'"\\ud800"', "format.json_surrogate", id="lone surrogate"),
    pytest.param(b'{"\\udc00x":1}', "format.json_surrogate", id="lone surrogate in a key"),
    pytest.param('{"a":1}'.encode("utf-16"), "format.not_utf8", id="UTF-16"),
    pytest.param(b'"\xe9"', "format.not_utf8", id="Latin-1"),
    pytest.param("\ufeff\ufeff1".encode(), "format.json_invalid", id="two byte order marks"),
    pytest.param("\u00a01".encode(), "format.json_invalid", id="no-break space"),
    pytest.param(b'"\x01"', "format.json_invalid", id="raw control character"),
    pytest.param(b"{} {}", "format.json_invalid", id="two documents"),
    pytest.param(b'"' + b'\\"' * 2_000_000, "format.json_invalid", id="unterminated string"),
    pytest.param(b" " * (20 * 1024 * 1024 + 1), "format.too_large", id="over the size limit"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED)
def test_ambiguous_or_hostile_json_is_refused_quickly_with_its_own_code(
    data: bytes, code: str
) -> None:
    start = time.process_time()
    with pytest.raises(FormatError) as caught:
        parse_json(data)
    assert caught.value.code == code
    assert time.process_time() - start < 2


def test_many_names_with_one_duplicate_are_refused_in_linear_time() -> None:
    names = ",".join(f'"n{number}":1' for number in range(60_000))
    start = time.process_time()
    with pytest.raises(FormatError):
        parse_json("{" + names + ',"n59999":2}')
    assert time.process_time() - start < 2


def test_limits_are_reached_but_not_crossed_by_documents_at_the_limit() -> None:
    assert parse_json(b"[" * 64 + b"]" * 64)
    assert parse_json(b"9" * 64) == int("9" * 64)
    assert parse_json(b"[" + b"0," * 99_997 + b"0]") == [0] * 99_998


def test_brackets_and_commas_inside_strings_do_not_count() -> None:
    text = json.dumps(["[" * 1000, '\\"[{,' * 1000])
    assert parse_json(text, JsonLimits(depth=1, nodes=4)) == json.loads(text)


def test_mark_and_white_space_around_are_dropped_and_text_inside_is_kept() -> None:
    assert parse_json('\ufeff\r\n\t {"a": " é\\ud83d\\ude00 "} \n'.encode()) == {"a": " é😀 "}


def test_an_object_is_asked_for_and_a_list_is_refused() -> None:
    assert parse_object('{"a":{}}') == {"a": {}}
    with pytest.raises(FormatError) as caught:
        parse_object("[]")
    assert caught.value.code == "format.json_not_an_object"


def test_text_with_a_lone_surrogate_character_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        parse_json('"\ud800"')
    assert caught.value.code == "format.not_utf8"


_text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**60), 10**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_text, inner, max_size=4),
    max_leaves=15,
)


@given(_json)
def test_what_was_written_as_json_is_read_back_equal(value: JsonValue) -> None:
    assert parse_json(json.dumps(value)) == value
    assert parse_json(json.dumps(value, ensure_ascii=False).encode()) == value


@given(st.binary(max_size=60) | st.text(st.sampled_from('{}[]",:\\ud80e1-+. NaIfty'), max_size=60))
def test_any_input_is_read_or_refused_and_never_crashes(data: bytes | str) -> None:
    with suppress(FormatError):
        parse_json(data)
