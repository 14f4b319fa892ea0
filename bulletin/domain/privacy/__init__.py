"""Personal data in text and tables: where it stands, and how sure that is."""
