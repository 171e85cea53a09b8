"""staying in touch where one came above the other

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op


revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('pairing_in_line', schema=None) as batch_op:
        batch_op.add_column(sa.Column('mentee_stays_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('mentor_stays_at', sa.DateTime(timezone=True), nullable=True))
