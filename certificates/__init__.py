"""PROOF: certificates are numbered, drawn, stored, verified and revoked here."""
