"""反馈制度: what residents asked, by whom it had to be answered, and what was mended because of it."""
