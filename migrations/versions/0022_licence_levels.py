"""licence levels

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('licence_word',
    sa.Column('spelling', sa.String(length=120), nullable=False),
    sa.Column('step', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('spelling', name=op.f('pk_licence_word'))
    )
