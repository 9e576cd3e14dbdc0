"""What to request, and nothing else."""
