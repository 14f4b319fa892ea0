"""Attachments, pictures, photographs and the exact PDFs that were printed, by their SHA-256: in a folder or a bucket."""
