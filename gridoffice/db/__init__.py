"""How records are kept: engine, units of work, undo, migrations."""
