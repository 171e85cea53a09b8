"""introductions

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op


revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('open_to_introduction',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('about_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_open_to_introduction_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_open_to_introduction'))
    )
    op.create_table('introduction',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pairing_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('why_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('mentee_agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('person_agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('introduced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('led_to', sa.String(length=60), nullable=True),
    sa.Column('led_line_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('led_answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['pairing_id'], ['pairing.id'], name=op.f('fk_introduction_pairing_id_pairing'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_introduction_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_introduction'))
    )
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_introduction_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_introduction_standing', ['pairing_id', 'person_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
