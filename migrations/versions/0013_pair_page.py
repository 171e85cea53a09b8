"""the page of a pair

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agreement_signature',
    sa.Column('pairing_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('signed_as', sa.String(length=120), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pairing_id'], ['pairing.id'], name=op.f('fk_agreement_signature_pairing_id_pairing'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_agreement_signature_person_id_person')),
    sa.PrimaryKeyConstraint('pairing_id', 'person_id', 'version', name=op.f('pk_agreement_signature'))
    )
    op.create_table('contact_card',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pairing_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('reach_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('hours_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('shared_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['pairing_id'], ['pairing.id'], name=op.f('fk_contact_card_pairing_id_pairing'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_contact_card_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_card'))
    )
    with op.batch_alter_table('contact_card', schema=None) as batch_op:
        batch_op.create_index('uq_contact_card_of_one', ['pairing_id', 'person_id'], unique=True)

    op.create_table('next_contact',
    sa.Column('pairing_id', sa.Uuid(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('at', sa.Time(), nullable=True),
    sa.Column('place_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('set_by_id', sa.Uuid(), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('head', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['pairing_id'], ['pairing.id'], name=op.f('fk_next_contact_pairing_id_pairing'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['set_by_id'], ['person.id'], name=op.f('fk_next_contact_set_by_id_person')),
    sa.PrimaryKeyConstraint('pairing_id', name=op.f('pk_next_contact'))
    )
    op.create_table('shared_note',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('pairing_id', sa.Uuid(), nullable=False),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('words_sealed', sa.LargeBinary(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('head', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_shared_note_author_id_person')),
    sa.ForeignKeyConstraint(['pairing_id'], ['pairing.id'], name=op.f('fk_shared_note_pairing_id_pairing'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shared_note'))
    )
    with op.batch_alter_table('shared_note', schema=None) as batch_op:
        batch_op.create_index('ix_shared_note_pairing_written', ['pairing_id', 'written_at'], unique=False)
