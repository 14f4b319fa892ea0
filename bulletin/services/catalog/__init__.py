"""The catalog of a place: adopted, imported, in force on a day."""
