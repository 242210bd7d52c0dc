"""Lean stand-ins for the platforms, each a process of its own, with a crowd of persons who act. They check nothing: tests do."""
