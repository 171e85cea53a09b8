"""the days on which mentees checked in, once their check-ins are let go of

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op


revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'checkin_day',
        sa.Column('pairing_id', sa.Uuid(), nullable=False),
        sa.Column('written_on', sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(['pairing_id'], ['pairing.id'], name=op.f('fk_checkin_day_pairing_id_pairing')),
        sa.PrimaryKeyConstraint('pairing_id', 'written_on', name=op.f('pk_checkin_day')),
    )
