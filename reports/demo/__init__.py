"""The demonstration: an invented organisation in the shape of the plan's, with a history of fixed days."""
