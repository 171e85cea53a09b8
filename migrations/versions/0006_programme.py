"""programmes with purpose, dates, people, objectives and an agreement

Revision ID: 0006
Revises: 0005
"""

import uuid

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.add_column(sa.Column('purpose', sa.String(length=600), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('starts_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('ends_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('started_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('started_by_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('ended_by_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('protected_minutes', sa.Integer(), nullable=False, server_default='40'))
        batch_op.add_column(sa.Column('off_shift', sa.String(length=12), nullable=False, server_default='not_asked'))
        batch_op.add_column(sa.Column('training_required_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_programme_started_by_id_person'), 'person', ['started_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_programme_ended_by_id_person'), 'person', ['ended_by_id'], ['id'])
    op.create_table('coordinator_site',
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('site_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id', 'person_id'], ['programme_coordinator.programme_id', 'programme_coordinator.person_id'], name='fk_coordinator_site_coordinator', ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_coordinator_site_site_id_site'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('programme_id', 'person_id', 'site_id', name=op.f('pk_coordinator_site'))
    )
    op.create_table('cohort',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_cohort_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort'))
    )
    with op.batch_alter_table('cohort', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_cohort_programme_id'), ['programme_id'], unique=False)
    op.create_table('enrolment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('cohort_id', sa.Uuid(), nullable=True),
    sa.Column('role', sa.String(length=6), nullable=False),
    sa.Column('capacity', sa.Integer(), nullable=False),
    sa.Column('enrolled_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('enrolled_by_id', sa.Uuid(), nullable=True),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_enrolment_cohort_id_cohort'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['enrolled_by_id'], ['person.id'], name=op.f('fk_enrolment_enrolled_by_id_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_enrolment_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_enrolment_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_enrolment_standing', ['programme_id', 'person_id', 'role'], unique=True, sqlite_where=sa.text('left_at IS NULL'), postgresql_where=sa.text('left_at IS NULL'))
    op.create_table('objective',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('measure', sa.String(length=12), nullable=False),
    sa.Column('baseline', sa.Integer(), nullable=True),
    sa.Column('target', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_objective_made_by_id_person')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_objective_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objective'))
    )
    with op.batch_alter_table('objective', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objective_programme_id'), ['programme_id'], unique=False)
    op.create_table('agreement_text',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('lang', sa.String(length=8), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('written_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_agreement_text_programme_id_programme'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by_id'], ['person.id'], name=op.f('fk_agreement_text_written_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_text')),
    sa.UniqueConstraint('programme_id', 'version', 'lang', name=op.f('uq_agreement_text_programme_id_version_lang'))
    )
    op.create_table('launch_step_done',
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('step', sa.String(length=20), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('done_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['done_by_id'], ['person.id'], name=op.f('fk_launch_step_done_done_by_id_person')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_launch_step_done_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('programme_id', 'step', name=op.f('pk_launch_step_done'))
    )
    op.execute('UPDATE programme SET started_at = created_at')  # what ran before goes on running
    _enrol_who_is_paired(op.get_bind())


def _enrol_who_is_paired(connection: sa.Connection) -> None:
    """Everybody of a pair that stands takes part in its programme; a mentor has time for the mentees they have."""
    pairing = sa.table('pairing', *(sa.column(name, sa.Uuid()) for name in ('programme_id', 'mentor_id', 'mentee_id', 'made_by_id')), sa.column('made_at', sa.DateTime(timezone=True)), sa.column('ended_at', sa.DateTime(timezone=True)))
    enrolment = sa.table('enrolment', *(sa.column(name, sa.Uuid()) for name in ('id', 'programme_id', 'person_id', 'enrolled_by_id')), sa.column('role', sa.String()), sa.column('capacity', sa.Integer()), sa.column('enrolled_at', sa.DateTime(timezone=True)))
    rows = {}
    for pair in connection.execute(sa.select(pairing).where(pairing.c.ended_at.is_(None)).order_by(pairing.c.made_at)):
        for role, person_id in (('mentee', pair.mentee_id), ('mentor', pair.mentor_id)):
            row = rows.setdefault((pair.programme_id, person_id, role), {'id': uuid.uuid4(), 'programme_id': pair.programme_id, 'person_id': person_id, 'role': role, 'capacity': 0, 'enrolled_at': pair.made_at, 'enrolled_by_id': pair.made_by_id})
            row['capacity'] += 1
    if rows:
        connection.execute(sa.insert(enrolment), list(rows.values()))
