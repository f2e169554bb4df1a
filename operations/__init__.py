"""What whoever runs Focal does with it: start and stop it, look after its health, carry its records in and out."""
