"""Which column is what: the fields of a staff list, and the names by which they go in English and Spanish. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

FIELDS: Mapping[str, tuple[str, ...]] = {
    "staff_number": (
        "staff number", "staff no", "staff id", "employee number", "employee id", "employee no", "personnel number",
        "payroll number", "assignment number", "id number", "number", "numero de empleado", "numero empleado",
        "numero de personal", "no de empleado", "matricula", "codigo de empleado", "id empleado", "legajo", "numero",
    ),
    "name": ("name", "full name", "staff name", "employee name", "nombre", "nombre completo", "nombre y apellidos"),
    "first_name": ("first name", "given name", "forename", "nombre de pila"),
    "last_name": ("last name", "surname", "family name", "apellido", "apellidos"),
    "email": ("email", "e mail", "email address", "e mail address", "work email", "mail", "correo",
              "correo electronico", "correo del trabajo", "direccion de correo"),
    "site": ("site", "hospital", "location", "campus", "building", "centro", "sede", "edificio"),
    "unit": ("unit", "ward", "department", "floor", "team", "unidad", "servicio", "planta", "departamento"),
    "second_unit": ("second unit", "rotation", "rotation unit", "second ward", "other unit", "segunda unidad",
                    "rotacion", "unidad de rotacion"),
    "role": ("role", "roles", "mentoring role", "programme role", "program role", "rol", "papel",
             "papel en el programa"),
    "licence": ("licence level", "license level", "licence", "license", "registration", "grade", "band", "job title",
                "nivel de licencia", "licencia", "titulacion", "categoria", "puesto"),
    "manager": ("line manager", "manager", "reports to", "supervisor", "line manager number", "manager number",
                "manager email", "line manager email", "responsable", "jefatura", "superior", "supervisora",
                "responsable directo", "mando directo"),
    "assessor": ("assessor", "preceptor", "practice assessor", "assessor preceptor", "evaluador", "evaluadora",
                 "quien evalua", "tutor", "tutora", "tutor de practicas"),
    "languages": ("languages", "language", "languages spoken", "idiomas", "idioma", "lenguas"),
    "starts_on": ("start date", "starts", "started", "date started", "hire date", "joined", "fecha de inicio",
                  "fecha de alta", "alta", "fecha de ingreso", "inicio"),
    "employer": ("employer", "agency", "company", "organisation", "organization", "empresa", "empleador", "agencia",
                 "entidad"),
    "engagement": ("engagement", "contract", "contract type", "employment type", "kind of engagement", "contrato",
                   "tipo de contrato", "vinculacion", "relacion"),
    "ends_on": ("engagement ends", "end date", "contract end", "ends", "leaving date", "fecha de fin", "fin",
                "fin de contrato", "fecha de baja", "hasta"),
    "trained_on": ("mentor training", "mentor training date", "trained on", "mentor trained", "training date",
                   "formacion de guia", "formacion de mentor", "fecha de formacion", "formacion mentor"),
    "leave_until": ("on leave until", "leave until", "back from leave", "permiso hasta", "de permiso hasta",
                    "baja hasta"),
}  # fmt: skip
NEEDED = "staff_number"
Columns = dict[str, int]  # field -> the column that holds it, from 0


def plain(heading: str) -> str:
    """A heading as it is compared and remembered: small letters without accents, points and dashes."""
    letters = unicodedata.normalize("NFKD", heading.casefold())
    bare = "".join(each for each in letters if not unicodedata.combining(each))
    return " ".join(re.findall(r"[^\W_]+", bare))[:120]


def guess(headings: Sequence[str], remembered: Mapping[str, str]) -> Columns:
    """Which column is which field: as it was said the last time, else by its name. `remembered`: heading -> field."""
    found: Columns = {}
    names = [plain(heading) for heading in headings]
    for at, name in enumerate(names):
        field = remembered.get(name, "")
        if field in FIELDS:
            found.setdefault(field, at)
    for at, name in enumerate(names):
        if name not in remembered and name in BY_NAME:
            found.setdefault(BY_NAME[name], at)
    return found


BY_NAME = {plain(name): field for field, names in FIELDS.items() for name in names}
