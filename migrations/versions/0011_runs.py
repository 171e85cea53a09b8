"""runs of matching, with their proposals and what was decided over them

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('match_run',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('intake_id', sa.Uuid(), nullable=True),
    sa.Column('before_id', sa.Uuid(), nullable=True),
    sa.Column('made_by_id', sa.Uuid(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settings_said', sa.JSON(), nullable=False),
    sa.Column('input_hash', sa.String(length=64), nullable=False),
    sa.Column('scores_hash', sa.String(length=64), nullable=False),
    sa.Column('engine', sa.String(length=120), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=False),
    sa.Column('notices', sa.JSON(), nullable=False),
    sa.Column('circles', sa.JSON(), nullable=False),
    sa.Column('unchecked', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['before_id'], ['match_run.id'], name=op.f('fk_match_run_before_id_match_run'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['intake_id'], ['cohort.id'], name=op.f('fk_match_run_intake_id_cohort'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_match_run_made_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_match_run_programme_id_programme'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match_run'))
    )
    with op.batch_alter_table('match_run', schema=None) as batch_op:
        batch_op.create_index('ix_match_run_programme_made', ['programme_id', 'made_at'], unique=False)
    op.create_table('match_proposal',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('mentee_id', sa.Uuid(), nullable=False),
    sa.Column('mentor_id', sa.Uuid(), nullable=True),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['mentee_id'], ['person.id'], name=op.f('fk_match_proposal_mentee_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mentor_id'], ['person.id'], name=op.f('fk_match_proposal_mentor_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['match_run.id'], name=op.f('fk_match_proposal_run_id_match_run'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match_proposal')),
    sa.UniqueConstraint('run_id', 'mentee_id', name=op.f('uq_match_proposal_run_id_mentee_id'))
    )
    op.create_table('match_choice',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Uuid(), nullable=False),
    sa.Column('mentee_id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('mentor_id', sa.Uuid(), nullable=True),
    sa.Column('made_by_id', sa.Uuid(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('said_sealed', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_match_choice_made_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['mentee_id'], ['person.id'], name=op.f('fk_match_choice_mentee_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['mentor_id'], ['person.id'], name=op.f('fk_match_choice_mentor_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['run_id'], ['match_run.id'], name=op.f('fk_match_choice_run_id_match_run'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match_choice')),
    sa.UniqueConstraint('run_id', 'mentee_id', name=op.f('uq_match_choice_run_id_mentee_id'))
    )
    for table in ('match_proposal', 'match_choice'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.create_index(batch_op.f(f'ix_{table}_mentee_id'), ['mentee_id'], unique=False)
            batch_op.create_index(batch_op.f(f'ix_{table}_mentor_id'), ['mentor_id'], unique=False)
