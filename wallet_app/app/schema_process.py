"""The program that compares documents with schemas by strangers, in a process of its own.

A schema of 2 kB can ask for work that no computer finishes, or overflow the stack; its
references make it so, not its size. The program that asks ends this one when the time is
over (``schema_worker``). Run as a script; it imports nothing of Coffre.

Output: one byte when ready. Then for each request (4 bytes, big-endian: length of the
schema; the schema; 4 bytes: length of the document; the document, both JSON) an answer: 4
bytes: its length; a JSON array of ``[pointer, keyword]``, or ``null`` for no usable schema.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from typing import BinaryIO, Final, NoReturn

import jsonschema_rs

__all__ = ["READY", "compile_schema", "main", "violations"]

READY: Final = b"+"

_MAX_PATH_CHARS: Final = 200
_MAX_MEMORY_BYTES: Final = 2**30
_KEPT: Final = 16


def main() -> int:
    """Answer requests until there are no more; return the exit status."""
    _bound_memory()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sink.write(READY)
    sink.flush()
    while (schema := _read(source)) is not None:
        answer = json.dumps(_answer(schema, _read(source) or b"")).encode("utf-8")
        sink.write(len(answer).to_bytes(4, "big") + answer)
        sink.flush()
    return 0


def compile_schema(schema: str) -> jsonschema_rs.Validator:
    """Return a schema ready for use.

    Nothing it refers to is ever fetched, and its patterns run in time linear to the text.

    Raises:
        ValueError: no JSON Schema, of an unknown dialect, or with a pattern that cannot be
            matched in linear time.
        jsonschema_rs.ReferencingError: it refers to another document.
    """
    return jsonschema_rs.validator_for(
        schema, pattern_options=jsonschema_rs.RegexOptions(), retriever=_refuse
    )


def violations(
    validator: jsonschema_rs.Validator, document: object, most: int
) -> list[tuple[str, str]]:
    """Return where a document does not conform: JSON Pointer and keyword, ``most`` at most."""
    return [
        (_pointer(error), error.kind.name)
        for error in islice(validator.iter_errors(document), most)
    ]


def _refuse(uri: str) -> NoReturn:
    raise ValueError(uri)


def _pointer(error: jsonschema_rs.ValidationError) -> str:
    steps = list(error.instance_path)
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Required):
        steps.append(error.kind.property)
    return "".join(_steps(steps))[:_MAX_PATH_CHARS]


def _steps(steps: list[str | int]) -> Iterator[str]:
    for step in steps:
        yield "/" + str(step).replace("~", "~0").replace("/", "~1")


@lru_cache(maxsize=_KEPT)
def _compiled(schema: bytes) -> jsonschema_rs.Validator:
    return compile_schema(schema.decode("utf-8"))


def _answer(schema: bytes, document: bytes) -> list[tuple[str, str]] | None:
    try:
        return violations(_compiled(schema), json.loads(document), most=11)
    except (ValueError, RecursionError, jsonschema_rs.ReferencingError):
        return None


def _read(source: BinaryIO) -> bytes | None:
    size = source.read(4)
    return source.read(int.from_bytes(size, "big")) if len(size) == 4 else None


def _bound_memory() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - the module does not exist on Windows

        for limit, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, _MAX_MEMORY_BYTES)):
            with suppress(ValueError, OSError):
                resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    raise SystemExit(main())
