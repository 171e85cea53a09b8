"""the unit on whose poster somebody asked

Revision ID: 0025
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op


revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('join_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('unit_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_join_request_unit_id_unit'), 'unit', ['unit_id'], ['id'], ondelete='SET NULL'
        )
