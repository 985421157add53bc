"""XML from strangers, read without its traps.

Threat: entities that grow without end, documents that name files or addresses to be put in,
and markup of which a small file makes a huge tree: callers bound that first.
"""

from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

__all__ = ["XmlProblem", "has_more_markup", "read_xml"]


class XmlProblem(Exception):
    """The bytes are no XML, or ``is_forbidden``: they hold what is never read."""

    def __init__(self, *, is_forbidden: bool) -> None:
        super().__init__("forbidden" if is_forbidden else "unreadable")
        self.is_forbidden = is_forbidden


def has_more_markup(data: bytes, *, tags: int, attributes: int) -> bool:
    """Return whether there may be more than so many tags or attributes in ``data``."""
    return data.count(b"<") > tags or data.count(b"=") > attributes


def read_xml(data: bytes, *, allows_doctype: bool = False) -> Element:
    """Return the root. Entities are refused, and with ``allows_doctype`` only they.

    Raises:
        XmlProblem: see there.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=not allows_doctype, forbid_entities=True)
    except DefusedXmlException as error:
        raise XmlProblem(is_forbidden=True) from error
    except (ParseError, ValueError, LookupError) as error:
        raise XmlProblem(is_forbidden=False) from error
    return root
