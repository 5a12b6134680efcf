"""The connection over the files of a month."""

from digital_diplomacy import messages


def test_no_bar_of_progress_is_printed_on_pages_of_notebooks() -> None:
    with messages.opened([]) as connection:
        assert connection.execute("SELECT current_setting('enable_progress_bar')").fetchone() == (False,)
