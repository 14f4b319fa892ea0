"""信息报送: which department reports for which item, by when, and what is missing."""
