"""profiles and the organiser's words

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('profile_later',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_profile_later_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_profile_later'))
    )
    op.create_table('tag',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('in_group', sa.String(length=12), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_tag_made_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tag'))
    )
    op.create_table('tag_word',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('tag_id', sa.Uuid(), nullable=False),
    sa.Column('lang', sa.String(length=8), nullable=True),
    sa.Column('word', sa.String(length=60), nullable=False),
    sa.Column('spelling', sa.String(length=240), nullable=False),
    sa.ForeignKeyConstraint(['tag_id'], ['tag.id'], name=op.f('fk_tag_word_tag_id_tag'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tag_word')),
    sa.UniqueConstraint('spelling', name=op.f('uq_tag_word_spelling'))
    )
    with op.batch_alter_table('tag_word', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tag_word_tag_id'), ['tag_id'], unique=False)
    op.create_table('profile_answer',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('enrolment_id', sa.Uuid(), nullable=True),
    sa.Column('topic', sa.String(length=12), nullable=False),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_profile_answer_enrolment_id_enrolment'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_profile_answer_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_answer'))
    )
    with op.batch_alter_table('profile_answer', schema=None) as batch_op:
        batch_op.create_index('ix_profile_answer_person_id', ['person_id'], unique=False)
        batch_op.create_index('uq_profile_answer_of_part', ['enrolment_id', 'topic'], unique=True, sqlite_where=sa.text('enrolment_id IS NOT NULL'), postgresql_where=sa.text('enrolment_id IS NOT NULL'))
        batch_op.create_index('uq_profile_answer_of_person', ['person_id', 'topic'], unique=True, sqlite_where=sa.text('enrolment_id IS NULL'), postgresql_where=sa.text('enrolment_id IS NULL'))
