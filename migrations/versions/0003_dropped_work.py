"""what was brought in for somebody who left

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('dropped_envelope',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('brought_by_id', sa.Uuid(), nullable=True),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('envelope', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('clock_changed', sa.Boolean(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('turned_away_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(length=30), nullable=True),
    sa.ForeignKeyConstraint(['brought_by_id'], ['person.id'], name=op.f('fk_dropped_envelope_brought_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dropped_envelope'))
    )
    with op.batch_alter_table('dropped_envelope', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dropped_envelope_brought_by_id'), ['brought_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_dropped_envelope_digest'), ['digest'], unique=False)

    op.create_table('dropped_op',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('op_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('device_id', sa.Uuid(), nullable=False),
    sa.Column('entity_id', sa.Uuid(), nullable=False),
    sa.Column('content_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('day_uncertain', sa.Boolean(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('refused_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_dropped_op_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dropped_op'))
    )
    with op.batch_alter_table('dropped_op', schema=None) as batch_op:
        batch_op.create_index('ix_dropped_op_person_op', ['person_id', 'op_id'], unique=False)
