"""WHO: the city, its people, departments, employments and managers; who may see whom; the event log."""
