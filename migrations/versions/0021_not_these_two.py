"""not these two

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op


revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('kept_apart',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('programme_id', sa.Uuid(), nullable=False),
    sa.Column('first_id', sa.Uuid(), nullable=False),
    sa.Column('second_id', sa.Uuid(), nullable=False),
    sa.Column('why', sa.String(length=10), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['first_id'], ['person.id'], name=op.f('fk_kept_apart_first_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_kept_apart_made_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_kept_apart_programme_id_programme'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_id'], ['person.id'], name=op.f('fk_kept_apart_second_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_apart')),
    sa.UniqueConstraint('programme_id', 'first_id', 'second_id', name=op.f('uq_kept_apart_programme_id_first_id_second_id'))
    )
    with op.batch_alter_table('kept_apart', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_kept_apart_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_kept_apart_second_id'), ['second_id'], unique=False)
