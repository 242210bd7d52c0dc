"""The shared vocabulary: plain values and pure functions. It imports nothing of ours and does no input or output."""
