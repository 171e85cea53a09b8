"""Where a new programme begins: suggestions for three usual kinds, each of them to be changed."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from webapp.programmes.rules import DEFAULT_RHYTHM, PROTECTED_MINUTES, Rhythm


@dataclass(frozen=True, slots=True)
class Wish:
    """An objective counted from the first day: `target` in per cent, due `after_days`."""

    kind: str
    measure: str
    target: int
    after_days: int


@dataclass(frozen=True, slots=True)
class Preset:
    """`lasts_days` 0 means that nobody knows; `purpose` is said in the language of whoever makes the programme."""

    rhythm: Rhythm = DEFAULT_RHYTHM
    protected_minutes: int = PROTECTED_MINUTES
    lasts_days: int = 0
    purpose: object = ""
    objectives: tuple[Wish, ...] = ()


PRESETS: dict[str, Preset] = {
    "own": Preset(),
    "preceptorship": Preset(
        lasts_days=364,
        purpose=_("New nurses settle in well. Each has an experienced colleague to ask, beside their preceptor."),
        objectives=(
            Wish("welcome", "matched", 100, 14),
            Wish("welcome", "first_talk", 80, 60),
            Wish("belonging", "talked", 75, 182),
            Wish("belonging", "rhythm", 60, 182),
        ),
    ),
    "residency": Preset(
        rhythm=Rhythm(72, 7, 84, 182),
        protected_minutes=60,
        lasts_days=364,
        purpose=_("New graduates grow into their work during the first year, with a mentor who is not their manager."),
        objectives=(
            Wish("welcome", "matched", 100, 7),
            Wish("welcome", "first_talk", 90, 45),
            Wish("skills", "talked", 80, 182),
            Wish("skills", "rhythm", 70, 182),
        ),
    ),
    "students": Preset(
        rhythm=Rhythm(48, 7, 84, 84),
        protected_minutes=20,
        lasts_days=84,
        purpose=_("Students have somebody on site to turn to during their placement. Nobody in a pair assesses."),
        objectives=(
            Wish("welcome", "matched", 100, 7),
            Wish("welcome", "first_talk", 90, 21),
            Wish("belonging", "talked", 80, 84),
        ),
    ),
}
