"""Follow-up reports: frozen, numbered answers for a cut-off day, protected, published, and reproducible byte for byte."""
