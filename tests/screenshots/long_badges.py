"""Badges that say far too much: long names, long texts, long lists."""

import json
from typing import Any, Final

from tests.simulators.issuer import Issuer
from tests.simulators.web import WebSimulator
from wallet_app.app.safe import Safe

__all__ = ["fill_long"]

_NAMES: Final = (
    "Coordinatrice interrégionale de la transition énergétique et de l’accompagnement des "
    "collectivités, parcours approfondi à dominante juridique",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftskunde",
    "Advanced practice in the conservation, restoration and public presentation of maritime "
    "heritage, second cycle, with distinction",
)
_ISSUER: Final = (
    "Fédération nationale des établissements d’enseignement supérieur professionnel, "
    "délégation du littoral et des îles"
)
_SKILL: Final = "Conduire un entretien d’explicitation avec un public éloigné de l’emploi"
_PARAGRAPH: Final = (
    "Ce parcours demande de tenir seule une permanence, de rendre compte par écrit dans la "
    "journée et de faire vivre un réseau de partenaires que rien n’oblige à coopérer. "
)
_SKILLS: Final = 24


def fill_long(safe: Safe) -> None:
    """Take in badges with long names, texts and lists."""
    issuer = Issuer.at_did_key(WebSimulator(), "long")
    for number, name in enumerate(_NAMES):
        document = issuer.sign(_long_badge(issuer, number, name))
        safe.import_bytes(json.dumps(document).encode(), f"{name[:80]}.json")


def _long_badge(issuer: Issuer, number: int, name: str) -> dict[str, Any]:
    badge = issuer.badge(id=f"urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-3a1a8e3f01{number:02}", name=name)
    badge["issuer"]["name"] = _ISSUER
    badge["validUntil"] = "2027-01-15T09:00:00Z"
    achievement = badge["credentialSubject"]["achievement"]
    achievement["name"] = name
    achievement["description"] = _PARAGRAPH * 6
    achievement["criteria"] = {"narrative": _PARAGRAPH * 12}
    achievement["alignment"] = [
        {
            "type": ["Alignment"],
            "targetName": f"{_SKILL}, niveau {level}",
            "targetUrl": f"https://skills.example/{number}/{level}",
            "targetFramework": "Référentiel des métiers de l’accompagnement",
        }
        for level in range(_SKILLS)
    ]
    badge["evidence"] = [
        {
            "id": f"https://portfolio.example/{'x' * 90}/{piece}",
            "type": ["Evidence"],
            "name": f"Rapport {piece} : {_SKILL}",
            "narrative": _PARAGRAPH * 3,
        }
        for piece in range(4)
    ]
    return badge
