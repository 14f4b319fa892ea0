"""宣教: trainings, publicity, their material, and what of it the annual report counts."""
