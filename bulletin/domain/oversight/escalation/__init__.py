"""督办、责任追究: from a reminder to a case, each step when a rule allows it and a person issues it."""
