"""Records and rules that every module shares."""
