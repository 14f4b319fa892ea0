"""Files of people, read: Word, Excel, CSV and PDF become plain rows and text."""
