"""A township moves to another house: from its own machine into a county's, and out again."""
