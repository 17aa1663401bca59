"""The city's organisation in the administration of coordinators: the tree, its history, and what changes it."""
