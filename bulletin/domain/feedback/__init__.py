"""What residents ask, object to and request, and how they are answered: rules alone."""
