"""What has to be known of a column before its rows can move into a house with rows of its own."""

from sqlalchemy import JSON, Integer

from bulletin.store.metadata import metadata
from bulletin.store.moved_rows import JSON_IDS, Newcomers, moved_tables, whose

# Columns of JSON that hold words, days, figures, codes and digests, and no id of any row.
WITHOUT_IDS = {
    "adoption.adaptation", "annual_report_edition.content", "board_visit.missing", "board_visit.missing_pages",
    "catalog_import.items", "catalog_import.rows", "catalog_version.catalog", "due_day_change.reckoning",
    "duty.reckoning", "earlier_report.content", "edition.closing", "edition.explained", "edition.objections",
    "edition.posting_requirements", "edition_content.document", "edition_pattern.pattern", "inspection.form",
    "ledger_mapping.columns", "matter.phases", "notice.items", "preflight.findings", "receipt.box",
    "request_correction.after", "request_correction.before", "returned_text.document",
    "former_history_entry.facts",  # kept as it was written
}  # fmt: skip
ONE = Newcomers(1, shift=1_000_000)


def test_every_column_of_json_says_whether_it_holds_ids():
    columns = {
        f"{table.name}.{column.name}"
        for table in moved_tables(ONE)
        for column in table.columns
        if isinstance(column.type, JSON)
    }
    assert columns == WITHOUT_IDS | {".".join(key) for key in JSON_IDS}


def test_every_number_that_is_called_an_id_is_a_foreign_key():
    loose = {
        f"{table.name}.{column.name}"
        for table in moved_tables(ONE)
        for column in table.columns
        if column.name.endswith(("_id", "_by"))
        and isinstance(column.type, Integer)
        and not column.foreign_keys
    }
    assert loose == {"former_history_entry.actor_id"}  # kept as it was written


def test_of_every_table_it_is_known_whose_its_rows_are():
    for table in metadata.sorted_tables:
        if table in moved_tables(ONE):
            assert str(whose(table, 1)) != "true"
