"""Words that make a man or a woman of somebody whom we do not know, and ways to address people that we do not use."""

from __future__ import annotations

import re

TITLES = r"enfermer[oa]|mentor[a]?|coordinador[a]?|administrador[a]?|tutor[a]?|supervisor[a]?|director[a]?|doctor[a]?"
OTHERS = r"médic[oa]|compañer[oa]|jef[ea]|emplead[oa]|trabajador[a]?|usuari[oa]|alumn[oa]|bienvenid[oa]|invitad[oa]"
NEUTRAL = re.compile(r"%\(\w+\)s|\bla bienvenida\b", re.I)  # names of people go there; a welcome is no person
ADDRESS = r"usted(?:es)?|vosotr[oa]s|vuestr[oa]s?"
FORMS = {"es": re.compile(rf"\b(?:(?:{TITLES}|{OTHERS})(?:e?s)?|{ADDRESS}|[ae]l guía|[ue]na? guía)\b", re.I)}


def gendered(text: str, lang: str) -> list[str]:
    """What in a text names somebody by gender, or is not "tú"."""
    return FORMS[lang].findall(NEUTRAL.sub("", text))
