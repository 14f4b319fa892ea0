"""The parts that a county adds: shared store, object store, queue."""
