"""Where the plain-file copy of the public site lies: a folder, or a bucket of an object store."""
