"""When Python looks for garbage in circles: not while the program starts, and never again through what the start made.

A look through everything takes 70 ms, in which nobody is answered. While modules load, it finds nothing and costs 0.15 s.
"""

import gc


def wait_with_garbage() -> None:
    """Look for none until `leave_out_what_is_here`."""
    gc.disable()


def leave_out_what_is_here() -> None:
    """From now on look only through what is made from now on. What is here stays until the process ends."""
    gc.collect()
    gc.freeze()
    gc.enable()
