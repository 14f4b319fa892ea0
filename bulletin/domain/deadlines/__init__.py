"""Everything that counts days: rules, periods, work days, 公示期, and reading a wording."""
