"""归档: a sealed volume of a year and place."""
