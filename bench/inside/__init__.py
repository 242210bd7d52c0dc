"""What can only be measured from the inside of a process, each in one of its own."""
