"""discord.py as its manual begins: a client with a command tree and views, its default loop, the same texts, nothing kept."""

import json
import sys
import warnings
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord
    from discord import app_commands

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bench.obedience import end_with_parent, say

AnyInteraction = discord.Interaction[Any]


def main(url: str, gateway: str, token: str, answers: dict[str, Any]) -> None:
    Route.BASE = url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)

    class Pressed(discord.ui.Button["View"]):
        async def callback(self, interaction: AnyInteraction) -> None:
            answer = answers[f"={self.label}"]
            await interaction.response.edit_message(content=answer["content"], view=View(answer))

    class View(discord.ui.View):
        def __init__(self, answer: dict[str, Any]) -> None:
            super().__init__(timeout=None)
            for number, row in enumerate(answer.get("components") or []):
                for one in row["components"]:
                    style = discord.ButtonStyle(one["style"])
                    self.add_item(Pressed(label=one["label"], style=style, custom_id=one["custom_id"], row=number))

    client = discord.Client(intents=discord.Intents.default())
    tree = app_commands.CommandTree(client)

    def answering(name: str) -> None:
        answer = answers[f"/{name}"]

        @tree.command(name=name, description="answers the same")
        async def command(interaction: AnyInteraction) -> None:
            await interaction.response.send_message(answer["content"], view=View(answer))

    for act in answers:
        if act.startswith("/"):
            answering(act[1:])

    @client.event
    async def setup_hook() -> None:
        await tree.sync()
        for answer in answers.values():
            client.add_view(View(answer))  # a press may come before the library has learnt its message's id

    end_with_parent()
    say({"ready": True})
    client.run(token, log_handler=None)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4]))
