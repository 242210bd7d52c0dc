"""A local server that speaks Discord's REST API and gateway, as far as the bot uses them, and holds the bot to their contract."""
