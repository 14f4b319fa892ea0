"""What a place owed and delivered, its matters and its meetings, as residents read them."""
