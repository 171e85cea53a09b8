"""partings

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op


revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('stay_answer',
    sa.Column('pairing_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('stays', sa.Boolean(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pairing_id'], ['pairing.id'], name=op.f('fk_stay_answer_pairing_id_pairing'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_stay_answer_person_id_person')),
    sa.PrimaryKeyConstraint('pairing_id', 'person_id', name=op.f('pk_stay_answer'))
    )
    op.create_table('swap_request',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pairing_id', sa.Uuid(), nullable=False),
    sa.Column('asked_by_id', sa.Uuid(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('over_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('over_by_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['asked_by_id'], ['person.id'], name=op.f('fk_swap_request_asked_by_id_person')),
    sa.ForeignKeyConstraint(['over_by_id'], ['person.id'], name=op.f('fk_swap_request_over_by_id_person')),
    sa.ForeignKeyConstraint(['pairing_id'], ['pairing.id'], name=op.f('fk_swap_request_pairing_id_pairing'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_swap_request'))
    )
    with op.batch_alter_table('swap_request', schema=None) as batch_op:
        batch_op.create_index('uq_swap_request_open', ['pairing_id', 'asked_by_id'], unique=True, sqlite_where=sa.text('over_at IS NULL'), postgresql_where=sa.text('over_at IS NULL'))

    with op.batch_alter_table('feedback', schema=None) as batch_op:
        batch_op.add_column(sa.Column('acted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('acted_by_id', sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_feedback_acted_by_id_person'), 'person', ['acted_by_id'], ['id'])

    with op.batch_alter_table('pairing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ended_for_change', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('paused_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('paused_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('asked_to_stay_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('friends_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('friends_until', sa.DateTime(timezone=True), nullable=True))
