"""属性认定: proposing that something is not disclosed by itself, and the second look."""
