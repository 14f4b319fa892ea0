"""What a new notice takes from an earlier one: wording and structure, with the period rolled on."""
