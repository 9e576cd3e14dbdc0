"""A hostile news portal on loopback, in which 50 good pages stand beside every trick that we know."""
