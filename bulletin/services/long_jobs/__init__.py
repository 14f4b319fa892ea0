"""Long work that one worker does from beginning to end: ordered, claimed with a beat, ended once. Packs have parts, see boards."""
