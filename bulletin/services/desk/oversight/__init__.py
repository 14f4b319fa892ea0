"""Cards of what the township sees to: inspections and what is to be mended."""
