"""Discord: the adapter over discord.py. This package is the only place that imports it."""

import warnings

with warnings.catch_warnings():
    # discord.py imports `audioop` for voice, which this bot does not use; Python 3.11 warns of it at every import.
    warnings.filterwarnings("ignore", message="'audioop' is deprecated", category=DeprecationWarning)
    import discord as discord

discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # the same of voice, in the log at every start
