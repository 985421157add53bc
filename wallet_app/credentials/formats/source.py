"""Where a document came from, as every format module needs it."""

from dataclasses import dataclass, field, replace

from wallet_app.credentials.model import JsonObject, Original, Secured, Securing

__all__ = ["Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """What surrounds one document.

    Attributes:
        original: the bytes it was read from.
        container: where in them it lay, such as ``svg/credential``; "" for bare.
        depth: how many containers it lies in.
        token: the compact token it was the payload of, or "".
        selective: whether the token is an SD-JWT.
        claims: the token's whole payload; empty without a token.
        shown: the document with its disclosures in place, when it differs from what was
            signed.
        warnings: codes of oddities met on the way here.
    """

    original: Original
    container: str = ""
    depth: int = 0
    token: str = ""
    selective: bool = False
    claims: JsonObject = field(default_factory=dict)
    shown: JsonObject | None = None
    warnings: tuple[str, ...] = ()

    def inside(self, step: str) -> str:
        """Return the container path one ``step`` further in."""
        return f"{self.container}/{step}" if self.container else step

    def warned(self, *codes: str) -> "Source":
        """Return the same source with more warnings."""
        return replace(self, warnings=self.warnings + codes)

    def secured(self, document: JsonObject) -> Secured:
        """Return how ``document`` is protected when its family is one that can be checked."""
        if self.token:
            kind = Securing.SD_JWT if self.selective else Securing.JWS
        else:
            kind = Securing.EMBEDDED_PROOF if document.get("proof") else Securing.NONE
        return Secured(kind, document, self.token)

    def not_checkable(self, document: JsonObject) -> Secured:
        """Return that ``document`` is protected in a way this version cannot check."""
        kind = self.secured(document).securing
        kind = kind if kind is Securing.NONE else Securing.UNSUPPORTED
        return Secured(kind, document, self.token)
