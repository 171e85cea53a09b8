"""What is said of a staff list: its fields, why a line or a file is not taken, what one should know before going on."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from webapp.jobs import Words

FIELD_NAMES = {
    "staff_number": _("Staff number"),
    "name": _("Name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail"),
    "site": _("Site"),
    "unit": _("Unit"),
    "second_unit": _("Second unit"),
    "role": _("Role"),
    "licence": _("Licence level"),
    "manager": _("Line manager"),
    "assessor": _("Assessor"),
    "languages": _("Languages"),
    "starts_on": _("Start date"),
    "employer": _("Employer"),
    "engagement": _("Engagement"),
    "ends_on": _("Engagement ends"),
    "trained_on": _("Mentor training"),
    "leave_until": _("On leave until"),
}
IN_THE_TEMPLATE = tuple(name for name in FIELD_NAMES if name not in ("first_name", "last_name"))

UNREADABLE = {
    "too_large": _("This file is larger than 8 MB. Split it, for example by site."),
    "spreadsheet": _("This is a spreadsheet. Open it there and save it as CSV."),
    "no_text": _("This file is not text. Save your list as CSV and choose that file."),
    "empty": _("There is nothing in this file."),
    "only_headings": _("This file has headings and no people."),
    "too_many": _("This file has %(number)s rows. At most 20,000 fit. Split it, for example by site."),
    "too_wide": _("This file has %(number)s columns. At most 100 fit."),
    "quotes": _("A quotation mark is opened and not closed near line %(number)s. Put it right and try again."),
}
BAD_LINE = {
    "no_staff_number": _("There is no staff number."),
    "staff_number_is_email": _("The staff number is an e-mail: %(value)s"),
    "no_name": _("There is no name, and nobody here has the staff number %(value)s."),
    "email": _("This is not a whole e-mail: %(value)s"),
    "email_of_another": _("Somebody with another staff number has this already: %(value)s"),
    "same_number": _("Another line has the same staff number: %(value)s"),
    "same_email": _("Another line has the same e-mail: %(value)s"),
    "date": _("This is not a date: %(value)s"),
    "ends_first": _("The engagement ends before it starts: %(value)s"),
    "engagement": _("Write staff, student, agency or bank here, not %(value)s"),
    "role": _("Write mentee or mentor here, not %(value)s"),
    "unit_without_site": _("Which site is this unit on? %(value)s"),
    "too_long": _("This is too long: %(value)s"),
    "more_cells": _("This line has more cells than there are headings."),
    "closed": _("The account of this person is closed. Open it again first: %(value)s"),
}
NOTES = {
    "two_ways": _("These dates can be read in two ways. They are read with the day first. Change it if that is wrong."),
    "manager_unknown": _("The line manager is not in the list, so it is not checked for them."),
    "manager_away": _("The line manager is on leave."),
    "manager_leaves": _("The line manager would be flagged as having left."),
    "circle": _("These line managers report to each other in a circle, so none of them is taken."),
    "assessor_unknown": _("The assessor is not in the list, so it is not checked for them."),
    "email_stays": _("They have an account, so their e-mail stays. An administrator can change it on their page."),
    "roles_stay": _("They work at the desk. Their roles stay as they are."),
    "come_back": _("They had left and are back."),
}
IMPORT_WORDS = Words(
    _("Importing the staff list"),
    lambda job: f"/staff/imports/{job.about}",
    {"comparing": _("Comparing the list with who is here."), "writing": _("Writing it down.")},
    {
        "changed_meanwhile": _("Something changed while you were looking. Nothing was imported. Look at it again."),
        "import_is_gone": _("This list was imported already, or is no longer kept."),
    },
)
UNDO_WORDS = Words(
    _("Undoing the import"),
    lambda job: f"/staff/imports/{job.about}",
    {"comparing": _("Comparing the list with who is here.")},
    {"cannot_undo": _("This import cannot be undone. A later one came after it, or 30 days have passed.")},
)

STEP_WORDS = {
    1: _("Student or trainee"),
    2: _("Assistant"),
    3: _("Practical or associate nurse"),
    4: _("Newly registered"),
    5: _("Registered"),
    6: _("Senior or specialist"),
    7: _("Leads a unit or more"),
}
