"""nudges

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pairing_last_nudge',
    sa.Column('pairing_id', sa.Uuid(), nullable=False),
    sa.Column('nudged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('nudged_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['nudged_by_id'], ['person.id'], name=op.f('fk_pairing_last_nudge_nudged_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['pairing_id'], ['pairing.id'], name=op.f('fk_pairing_last_nudge_pairing_id_pairing'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('pairing_id', name=op.f('pk_pairing_last_nudge'))
    )
