"""A reader of addresses that shares no code with the one that writes them (RFC 3986)."""

UNRESERVED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
HEX = "0123456789ABCDEF"


def fields_of(address: str) -> tuple[str, list[tuple[str, str]]]:
    """Return what stands before the query, and its pairs; refuse what is not encoded."""
    before, _, query = address.partition("?")
    assert "#" not in address
    pairs = []
    for part in query.split("&"):
        name, equals, value = part.partition("=")
        assert equals == "="
        pairs.append((decoded(name), decoded(value)))
    return before, pairs


def decoded(text: str) -> str:
    data, at = bytearray(), 0
    while at < len(text):
        if text[at] == "%":
            high, low = text[at + 1], text[at + 2]
            data.append(16 * HEX.index(high) + HEX.index(low))
            at += 3
        else:
            assert text[at] in UNRESERVED, text[at]
            data.append(ord(text[at]))
            at += 1
    return data.decode("utf-8")
