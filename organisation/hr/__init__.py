"""HR files: how they are read, what is wrong with them, and what they change. `organisation.actions.import_hr` writes it."""
