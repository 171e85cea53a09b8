"""Each reader's revisions rise without a gap that hides something, whoever writes and pulls at the same time."""

from __future__ import annotations

import threading
import uuid
from random import Random

from flask import Flask
from sqlalchemy import select

from tests.people import Cast
from webapp.database import db, writing
from webapp.feed import FeedCounter, FeedRow, touch

WRITERS, WRITES = 4, 25


def test_concurrent_writers_and_a_pulling_phone_skip_no_row(app: Flask, cast: Cast) -> None:
    """A phone pulls from the last revision it saw while others write: in the end it has seen every entity."""
    readers = [cast.mary, cast.ana, cast.carol]
    written: list[set[uuid.UUID]] = []
    troubles: list[BaseException] = []
    done = threading.Event()
    seen: dict[uuid.UUID, int] = {}

    def write(seed: int) -> None:
        random, mine = Random(seed), set()
        try:
            with app.app_context():
                for _ in range(WRITES):
                    entity = uuid.uuid4()
                    with writing(wait=60):
                        for reader in random.sample(readers, 3):
                            touch(reader, "note", entity)
                    mine.add(entity)
        except BaseException as trouble:
            troubles.append(trouble)
        written.append(mine)

    def pull() -> None:
        since = 0
        with app.app_context():
            while True:
                last = done.is_set()
                rows = db.session.execute(
                    select(FeedRow.rev, FeedRow.entity_id)
                    .where(FeedRow.person_id == cast.mary, FeedRow.rev > since)
                    .order_by(FeedRow.rev)
                    .limit(7)
                ).all()
                db.session.rollback()
                seen.update({entity: rev for rev, entity in rows})
                since = rows[-1].rev if rows else since
                if last and not rows:
                    return

    writers = [threading.Thread(target=write, args=(seed,)) for seed in range(WRITERS)]
    puller = threading.Thread(target=pull)
    for thread in [*writers, puller]:
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    puller.join()
    assert not troubles
    everything = set().union(*written)
    assert len(everything) == WRITERS * WRITES
    assert set(seen) == everything
    assert sorted(seen.values()) == list(range(1, WRITERS * WRITES + 1))
    db.session.expire_all()
    assert db.session.get_one(FeedCounter, cast.mary).rev == WRITERS * WRITES


def test_the_last_word_on_an_entity_wins(cast: Cast) -> None:
    entity = uuid.uuid4()
    with writing():
        touch(cast.mary, "note", entity)
        touch(cast.mary, "note", entity, gone=True)
    [row] = db.session.scalars(select(FeedRow)).all()
    assert (row.rev, row.gone) == (1, True)
