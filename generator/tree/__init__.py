"""The decision tree: walks, proofs, drawing."""
