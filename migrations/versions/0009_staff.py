"""the staff list

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('staff_column',
    sa.Column('heading', sa.String(length=120), nullable=False),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.PrimaryKeyConstraint('heading', name=op.f('pk_staff_column'))
    )
    op.create_table('staff_importer',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('allowed_by_id', sa.Uuid(), nullable=True),
    sa.Column('allowed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['allowed_by_id'], ['person.id'], name=op.f('fk_staff_importer_allowed_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_importer_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_staff_importer'))
    )
    op.create_table('staff_import',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('made_by_id', sa.Uuid(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('file_name', sa.String(length=120), nullable=False),
    sa.Column('text_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('date_order', sa.String(length=5), nullable=False),
    sa.Column('everybody', sa.Boolean(), nullable=False),
    sa.Column('counts', sa.JSON(), nullable=True),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undo_sealed', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_staff_import_made_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_import'))
    )
    op.create_table('staff_record',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('licence', sa.String(length=60), nullable=True),
    sa.Column('manager_id', sa.Uuid(), nullable=True),
    sa.Column('manager_named', sa.String(length=254), nullable=True),
    sa.Column('assessor_id', sa.Uuid(), nullable=True),
    sa.Column('assessor_named', sa.String(length=254), nullable=True),
    sa.Column('second_unit_id', sa.Uuid(), nullable=True),
    sa.Column('languages', sa.JSON(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('employer', sa.String(length=120), nullable=True),
    sa.Column('engagement', sa.String(length=12), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('trained_on', sa.Date(), nullable=True),
    sa.Column('leave_until', sa.Date(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['assessor_id'], ['person.id'], name=op.f('fk_staff_record_assessor_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['manager_id'], ['person.id'], name=op.f('fk_staff_record_manager_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_staff_record_person_id_person'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_unit_id'], ['unit.id'], name=op.f('fk_staff_record_second_unit_id_unit'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_staff_record'))
    )
    with op.batch_alter_table('staff_record', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_staff_record_assessor_id'), ['assessor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_record_manager_id'), ['manager_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_staff_record_second_unit_id'), ['second_unit_id'], unique=False)
