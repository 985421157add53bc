"""JSON-LD contexts that count: those whose hash is pinned, whoever delivers the bytes.

A pin is the SHA-256 of a context's RFC 8785 form; one URL may have several, because more
than one file circulates under it. A context that is not pinned would let its sender decide
what a signed document means, so it never counts.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product
from types import MappingProxyType
from typing import Final

import rfc8785

from wallet_app.credentials.errors import FormatError
from wallet_app.credentials.model import JsonObject, JsonValue
from wallet_app.credentials.strict_json import parse_object
from wallet_app.crypto.errors import ProofUnsupported

__all__ = ["ContextChoice", "ContextVariant", "PinnedContexts", "context_hash"]

_MAX_CHOICES: Final = 8
"""How many combinations of variants are tried for one document."""


@dataclass(frozen=True, slots=True)
class ContextVariant:
    """One accepted content of one context URL.

    Attributes:
        url: the canonical URL (aliases resolved). sha256: the pin it satisfies.
        origin: ``bundled`` or ``document``.
        data: its bytes as they came.
        names: the addresses of contexts that it names in turn, as written.
    """

    url: str
    sha256: str
    document: JsonObject
    origin: str = "bundled"
    data: bytes = b""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ContextChoice:
    """One content per URL: what a document is read with.

    Attributes:
        key: identifies the choice by content, for caches.
    """

    variants: Mapping[str, ContextVariant]
    aliases: Mapping[str, str]
    refused: frozenset[str]
    key: str

    def variant(self, url: str) -> ContextVariant:
        """Return the context at ``url``.

        Raises:
            ProofUnsupported: ``context.missing``, ``context.unpinned``.
        """
        canonical = self.aliases.get(url, url)
        found = self.variants.get(canonical)
        if found is not None:
            return found
        code = "context.unpinned" if canonical in self.refused else "context.missing"
        raise ProofUnsupported(code, {"url": url[:500]})


class PinnedContexts:
    """The contexts that may be used, immutable and safe to share between threads."""

    def __init__(
        self,
        pins: Mapping[str, frozenset[str]],
        variants: Mapping[str, tuple[ContextVariant, ...]],
        aliases: Mapping[str, str],
        refused: frozenset[str] = frozenset(),
        differing_terms: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> None:
        """Take parts that fit together; ``from_files`` makes them."""
        self._differing_terms = differing_terms
        self._pins = pins
        self._variants = variants
        self._aliases = aliases
        self._refused = refused
        self._default = self._choice({url: found[0] for url, found in variants.items()})

    @classmethod
    def from_files(
        cls,
        *,
        pins: Iterable[tuple[str, str]],
        files: Iterable[tuple[str, bytes]],
        aliases: Mapping[str, str],
        differing_terms: Mapping[str, frozenset[str]] = MappingProxyType({}),
    ) -> "PinnedContexts":
        """Build from ``(url, jcs_sha256)`` pins, ``(url, bytes)`` files and aliases.

        Args:
            pins: the accepted contents.
            files: the contents that are here.
            aliases: further names of a URL.
            differing_terms: for a URL with contents that are not here, the terms in which
                those differ from the one that is; what uses none of them reads the same.

        Raises:
            ValueError: a file is no context or its hash is not pinned: a packaging bug.
        """
        pinned: dict[str, set[str]] = {}
        for url, digest in pins:
            pinned.setdefault(url, set()).add(digest)
        variants: dict[str, tuple[ContextVariant, ...]] = {}
        for url, data in files:
            variant = _read_variant(url, data, "bundled")
            if variant is None or variant.sha256 not in pinned.get(url, set()):
                raise ValueError("context is not pinned", url)
            variants[url] = (*variants.get(url, ()), variant)
        frozen = {url: frozenset(digests) for url, digests in pinned.items()}
        return cls(
            frozen, variants, MappingProxyType(dict(aliases)), differing_terms=differing_terms
        )

    def with_documents(self, extra: Mapping[str, bytes]) -> "PinnedContexts":
        """Return contexts that also hold those of ``extra`` whose hash is pinned.

        Bytes with another hash are kept as known-but-refused (``context.unpinned``); they
        never replace a bundled context.
        """
        variants, refused = dict(self._variants), set(self._refused)
        for url, data in extra.items():
            canonical = self._aliases.get(url, url)
            known = variants.get(canonical, ())
            variant = _read_variant(canonical, data, "document")
            if variant is None or variant.sha256 not in self._pins.get(canonical, frozenset()):
                refused.add(canonical)
            elif all(variant.sha256 != each.sha256 for each in known):
                variants[canonical] = (*known, variant)
        return PinnedContexts(
            self._pins, variants, self._aliases, frozenset(refused), self._differing_terms
        )

    def variants(self, url: str) -> tuple[ContextVariant, ...]:
        """Return the accepted contents of ``url``, bundled ones first.

        Raises:
            ProofUnsupported: ``context.missing`` (nothing known, or pinned without bytes),
                ``context.unpinned`` (bytes came, their hash is not pinned).
        """
        self._default.variant(url)
        return self._variants[self._aliases.get(url, url)]

    def wanted(self, document: JsonObject) -> tuple[str, ...]:
        """Return context URLs that are pinned and named by ``document``, but lack bytes.

        That is: at least one pinned content is not here. Contexts named by contexts that
        are here count, too, so that asking again after ``with_documents`` may give more.
        The caller may fetch each once and come back through ``with_documents``.
        """
        named = dict.fromkeys(self.named(document))
        for url in list(named):
            for variant in self._variants.get(url, ()):
                named.update(dict.fromkeys(self._canonical(variant.names)))
        return tuple(
            url for url in named if len(self._variants.get(url, ())) < len(self._pins.get(url, ()))
        )

    def undecided_without(self, document: JsonObject) -> tuple[str, ...]:
        """Return those of ``wanted`` whose missing content may read ``document`` otherwise."""
        return tuple(
            url
            for url in self.wanted(document)
            if url not in self._differing_terms or _uses(document, self._differing_terms[url])
        )

    def named(self, document: JsonObject) -> tuple[str, ...]:
        """Return the context URLs a document names, aliases resolved, each once."""
        return self._canonical(_named_urls(document))

    def _canonical(self, urls: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._aliases.get(url, url) for url in urls))

    def read_with(self, document: JsonObject) -> tuple[ContextVariant, ...]:
        """Return the contents at hand of all contexts that ``document`` names, each once.

        Those that contexts name in turn are among them. Of a URL with several accepted
        contents all are given: each may be the one that was signed with.
        """
        named = list(self.named(document))
        found: dict[tuple[str, str], ContextVariant] = {}
        while named:
            for variant in self._variants.get(named.pop(0), ()):
                if (variant.url, variant.sha256) not in found:
                    found[variant.url, variant.sha256] = variant
                    named.extend(self._canonical(variant.names))
        return tuple(found.values())

    def choices(self, document: JsonObject) -> Iterator[ContextChoice]:
        """Yield the combinations of contents to read ``document`` with, usual one first."""
        named = self.named(document)
        doubtful = [self._variants[url] for url in named if len(self._variants.get(url, ())) > 1]
        yield self._default
        for combination in islice(product(*doubtful), 1, _MAX_CHOICES):
            yield self._choice({**self._default.variants, **{v.url: v for v in combination}})

    def _choice(self, variants: dict[str, ContextVariant]) -> ContextChoice:
        text = "".join(f"{url}\n{variants[url].sha256}\n" for url in sorted(variants))
        # What was refused is part of what a reading answers, so also of its cache key.
        text += "".join(f"{url}\n-\n" for url in sorted(self._refused))
        key = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return ContextChoice(variants, self._aliases, self._refused, key)


def context_hash(document: JsonObject) -> str:
    """Return the pin of a context: hex SHA-256 of its RFC 8785 form."""
    return hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()


def _read_variant(url: str, data: bytes, origin: str) -> ContextVariant | None:
    try:
        document = parse_object(data)
        digest = context_hash(document)
    except (FormatError, rfc8785.CanonicalizationError):
        return None
    if "@context" not in document:
        return None
    # Named once: a large context is not searched again for every badge.
    return ContextVariant(url, digest, document, origin, data, tuple(_named_urls(document)))


def _uses(value: JsonValue, terms: frozenset[str]) -> bool:
    """Return whether a key or text is one of the terms, or starts with one as its prefix."""
    waiting: list[JsonValue] = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str) and item.partition(":")[0] in terms:
            return True
        if isinstance(item, Mapping):
            waiting.extend(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return False


def _named_urls(document: JsonObject) -> Iterator[str]:
    waiting: list[JsonValue] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            continue
        if isinstance(value, dict | Mapping):
            named = value.get("@context", [])
            for entry in named if isinstance(named, list) else [named]:
                if isinstance(entry, str):
                    yield entry
            waiting.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            waiting.extend(reversed(value))
