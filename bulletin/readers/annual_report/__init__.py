"""Published annual reports: their words and tables, whatever program wrote them."""
