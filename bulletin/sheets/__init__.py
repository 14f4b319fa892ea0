"""Paper: sheets set by Typst, QR codes drawn and read, photographs of boards."""
