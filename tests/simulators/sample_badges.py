"""What the sample badges say. Issuers, persons and skills are invented (RFC 2606 names)."""

from typing import Any

from simulators.issuer import HOLDER_DID, OB3_CONTEXT, VC2

__all__ = ["ATELIER_NAME", "HOLDER_NAME", "NORTHGATE", "NORTHGATE_NAME", "achievement", "badge"]

Json = dict[str, Any]

NORTHGATE = "https://badges.northgate.example"
NORTHGATE_NAME = "Northgate College"
ATELIER_NAME = "Atelier numérique de Bellerive"
HOLDER_NAME = "Camille Vasseur"

_NORTHGATE_FRAMEWORK = "Northgate Skills Framework"
_BELLERIVE_FRAMEWORK = "Référentiel de Bellerive"

_ACHIEVEMENTS: dict[str, Json] = {
    "data-analysis": {
        "name": "Data Analysis in Practice",
        "achievementType": "Course",
        "description": "Cleans, explores and explains real data, and says what it does not show.",
        "criteria": "Analysed three open data sets, wrote up each finding with its uncertainty, "
        "and defended them before two examiners.",
        "skills": [
            ("Analyse data", "NG-DA-1"),
            ("Explain statistics to others", "NG-DA-4"),
            ("Program in Python", "NG-PR-2"),
        ],
        "tag": ["data", "statistics", "Python"],
    },
    "project-management": {
        "name": "Project Management Foundations",
        "achievementType": "Certificate",
        "description": "Plans a small project, keeps it on course and closes it properly.",
        "criteria": "Led one project of at least eight weeks from plan to review.",
        "skills": [("Plan projects", "NG-PM-1"), ("Manage risks", "NG-PM-3")],
        "tag": ["project", "planning"],
    },
    "laboratory-safety": {
        "name": "Laboratory Safety",
        "achievementType": "Certificate",
        "description": "Works safely with chemicals, glass and heat, and knows what to do if not.",
        "criteria": "Passed the written test and the practical drill.",
        "skills": [("Follow laboratory safety rules", "NG-LS-1")],
        "tag": ["safety", "laboratory"],
    },
    "advanced-mathematics": {
        "name": "Advanced Mathematics",
        "achievementType": "Course",
        "description": "Linear algebra, probability and proof at the level of a first degree.",
        "criteria": "Passed the final examination.",
        "skills": [("Reason with proofs", "NG-MA-5"), ("Use probability", "NG-MA-2")],
        "tag": ["mathematics"],
    },
    "public-speaking": {
        "name": "Public Speaking",
        "achievementType": "Badge",
        "description": "Prepares and gives a talk that people remember for its content.",
        "criteria": "Gave four talks before a mixed audience and answered its questions.",
        "skills": [("Speak in public", "NG-CO-2"), ("Answer questions", "NG-CO-3")],
        "tag": ["communication"],
    },
    "cloud-foundations": {
        "name": "Cloud Foundations",
        "achievementType": "MicroCredential",
        "description": "Runs a small service in the cloud: deployed, watched, backed up, paid for.",
        "criteria": "Ran a service for thirty days and restored it once from its backup.",
        "skills": [("Operate cloud services", "NG-CL-1"), ("Restore from backups", "NG-CL-6")],
        "tag": ["cloud", "operations"],
    },
    "accueil-mediation": {
        "name": "Accueil et médiation numérique",
        "achievementType": "Badge",
        "description": "Accueille, écoute et accompagne des personnes éloignées du numérique.",
        "criteria": "Quarante heures d’accompagnement, attestées par deux référents de l’atelier.",
        "skills": [
            ("Accueillir un public varié", "BV-12"),
            ("Expliquer sans jargon", "BV-15"),
            ("Protéger les données personnelles", "BV-31"),
        ],
        "tag": ["médiation", "numérique"],
    },
    "gestes-secours": {
        "name": "Gestes de premiers secours",
        "achievementType": "Certificate",
        "description": "Protège, alerte et secourt en attendant l’arrivée des secours.",
        "criteria": "Journée de formation et mise en situation ; à renouveler chaque année.",
        "skills": [("Porter secours", "BV-02"), ("Garder son calme", "BV-04")],
        "tag": ["secours", "sécurité"],
    },
    "mentorat-robotique": {
        "name": "Mentorat en robotique",
        "achievementType": "Badge",
        "description": "Guide une équipe de jeunes, de la première soudure à la compétition.",
        "criteria": "Deux saisons comme mentor, avec l’accord des familles.",
        "skills": [("Encadrer une équipe", "BV-21"), ("Souder des composants", "BV-44")],
        "tag": ["robotique", "mentorat"],
    },
}


def achievement(slug: str, picture: str, *, base: str, language: str) -> Json:
    """Return the achievement of one sample; ``picture`` is a ``data:`` address or ""."""
    text = _ACHIEVEMENTS[slug]
    framework = _BELLERIVE_FRAMEWORK if language == "fr" else _NORTHGATE_FRAMEWORK
    made: Json = {
        "id": f"{base}/achievements/{slug}",
        "type": ["Achievement"],
        "achievementType": text["achievementType"],
        "name": text["name"],
        "description": text["description"],
        "criteria": {"narrative": text["criteria"]},
        "inLanguage": language,
        "tag": text["tag"],
        "alignment": [
            {
                "type": ["Alignment"],
                "targetName": name,
                "targetCode": code,
                "targetFramework": framework,
                "targetUrl": f"{base}/skills/{code}",
            }
            for name, code in text["skills"]
        ],
    }
    if picture:
        made["image"] = {"id": picture, "type": "Image"}
    return made


def badge(
    slug: str,
    issuer: Json,
    *,
    number: int,
    issued: str,
    base: str = NORTHGATE,
    language: str = "en",
    picture: str = "",
    **more: Any,
) -> Json:
    """Return an unsigned Open Badges 3.0 credential of one sample."""
    return {
        "@context": [VC2, OB3_CONTEXT],
        "id": f"{base}/credentials/{number}"
        if issuer["id"].startswith("did:web:")
        else f"urn:uuid:5f1e9b1c-0f4c-4d6e-9d7a-{number:012d}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"type": ["Profile"], **issuer},
        "validFrom": issued,
        "awardedDate": issued,
        "name": _ACHIEVEMENTS[slug]["name"],
        "credentialSubject": {
            "id": HOLDER_DID,
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "identityType": "name",
                    "identityHash": HOLDER_NAME,
                    "hashed": False,
                }
            ],
            "achievement": achievement(slug, picture, base=base, language=language),
        },
        **more,
    }
