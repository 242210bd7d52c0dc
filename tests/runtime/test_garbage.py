"""Looking for garbage, and where not to."""

import gc

from bot.runtime.garbage import leave_out_what_is_here, wait_with_garbage


def test_what_the_start_made_is_left_out_and_looking_goes_on():
    wait_with_garbage()
    assert not gc.isenabled()
    leave_out_what_is_here()
    try:
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
