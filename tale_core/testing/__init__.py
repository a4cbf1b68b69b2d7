"""What third parties use to test a transport or a story."""
