"""The organiser's words: the list, one tag, joining two, and what people typed themselves."""

from __future__ import annotations

from uuid import UUID

from flask import flash, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from webapp.database import writing
from webapp.people import Person, current_person
from webapp.profiles.forms.words import JoinForm, TagForm
from webapp.profiles.keeping_words import Taken, free_words, join_tags, keep_tag, retire_tag, tag_or_404
from webapp.profiles.rules import LONGEST_WORD
from webapp.profiles.starting_words import begin_with_words
from webapp.profiles.views.room import go_on, keepers_only, one_button_or_400, room
from webapp.profiles.vocabulary import vocabulary
from webapp.profiles.words import group_names
from webapp.programmes import all_programmes, enrolled_in, programmes_of
from webapp.web import unfinished
from webapp.web.languages import chosen_language

PAGE = "profiles/tag.html"


@room.get("/programme/words")
@keepers_only
def words() -> str:
    """Every tag by its group, and the words that people typed themselves."""
    return render_template(
        "profiles/words.html",
        vocabulary=vocabulary(),
        groups=group_names(),
        free=free_words(_whose_words_may_be_read(current_person())),
        lang=chosen_language(),
    )


@room.post("/programme/words/begin")
@keepers_only
def begin() -> ResponseReturnValue:
    """Begin with the words that come with Friendtor, where there are none."""
    one_button_or_400()
    with writing():
        begin_with_words(current_person())
    return go_on(url_for("profiles.words"))


@room.route("/programme/words/new", methods=["GET", "POST"])
@keepers_only
def new_tag() -> ResponseReturnValue:
    """One more; `?word=` makes one of what people typed."""
    form = TagForm()
    form.offer()
    if request.method == "GET":
        lang = "es" if chosen_language() == "es" else "en"
        form[lang].data = (request.args.get("word") or "")[:LONGEST_WORD]
        return render_template(PAGE, form=form, tag=None)
    return _keep(form, None)


@room.route("/programme/words/<uuid:tag_id>", methods=["GET", "POST"])
@keepers_only
def tag(tag_id: UUID) -> ResponseReturnValue:
    """One tag, to change."""
    form = TagForm()
    form.offer()
    if request.method == "GET":
        form.show(tag_or_404(tag_id))
        return render_template(PAGE, form=form, **_beside(tag_id))
    tag_or_404(tag_id)
    return _keep(form, tag_id)


@room.post("/programme/words/<uuid:tag_id>/retire")
@keepers_only
def retire(tag_id: UUID) -> ResponseReturnValue:
    """Offer it no more, or again."""
    tag_or_404(tag_id)
    one_button_or_400()
    with writing():
        retire_tag(current_person(), tag_or_404(tag_id), is_retired=request.form.get("again") != "1")
    flash(_("Saved."))
    return go_on(url_for("profiles.words"))


@room.post("/programme/words/<uuid:tag_id>/join")
@keepers_only
def join(tag_id: UUID) -> ResponseReturnValue:
    """Make it one with another."""
    tag_or_404(tag_id)
    form = _join_form(tag_id)
    if not form.validate():
        edit = TagForm(formdata=None)
        edit.offer()
        edit.show(tag_or_404(tag_id))
        return unfinished(PAGE, edit, **_beside(tag_id, form))
    with writing():
        join_tags(current_person(), tag_or_404(tag_id), tag_or_404(UUID(form.into.data)))
    flash(_("Saved. The words of both mean the same now."))
    return go_on(url_for("profiles.words"))


def _keep(form: TagForm, tag_id: UUID | None) -> ResponseReturnValue:
    shown = _beside(tag_id) if tag_id else {"tag": None}
    if not form.validate():
        return unfinished(PAGE, form, **shown)
    try:
        with writing():
            kept = tag_or_404(tag_id) if tag_id else None
            keep_tag(current_person(), kept, form.group.data, form.names(), form.other_words())
    except Taken as taken:
        form.say_taken(taken)
        return unfinished(PAGE, form, **(_beside(tag_id) if tag_id else shown))
    except IntegrityError:  # somebody else gave the same word a meaning at this moment
        form.say_taken(Taken(form.en.data or form.es.data))
        return unfinished(PAGE, form, **(_beside(tag_id) if tag_id else shown))
    flash(_("Saved."))
    return go_on(url_for("profiles.words"))


def _beside(tag_id: UUID, join_form: JoinForm | None = None) -> dict[str, object]:
    """A tag's page beside its form."""
    known = tag_or_404(tag_id)
    return {"tag": known, "tag_name": known.name_in(chosen_language()), "join_form": join_form or _join_form(tag_id)}


def _join_form(tag_id: UUID) -> JoinForm:
    lang = chosen_language()
    others = [(each.name_in(lang), str(each.id)) for each in vocabulary().tags if each.id != tag_id]
    form = JoinForm()
    form.offer([(other, name) for name, other in sorted(others, key=lambda each: each[0].casefold())])
    return form


def _whose_words_may_be_read(keeper: Person) -> set[UUID]:
    """An administrator finds everybody's words; a coordinator those of the people whom she sees. Nobody is named."""
    if "administrator" in keeper.roles:
        seen = [each for programme in all_programmes() for each in enrolled_in(programme)]
    else:
        seen = [each for programme in programmes_of(keeper) for each in enrolled_in(programme, keeper)]
    return {each.person_id for each in seen}
