"""Read and validate what authors write."""
