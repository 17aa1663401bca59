"""Target groups in the administration: the rule, what it means before it is saved, and the protocol of its changes."""
