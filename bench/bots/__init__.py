"""The bots that are measured, each a process of its own: the whole house, and the bare libraries as their manuals begin them."""
