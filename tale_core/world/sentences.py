"""What can be said: each action's sentences, as data.

A sentence is words and slots. ``take|get`` is either word, ``pick_up`` two words in a row. Slots are

================  ==================================================================================================
``{item}``        a thing; ``{target}`` a second one
``{item*}``       one thing or several
``{but*}``        things left out of the item
``{direction}``   a direction
``{way}``         a direction, or the name of a place next door that has been seen
``{here}``        the place itself
``{speech}``      the same, as a topic; what begins with "to" or "about" is something else
``{how}``         how something is done, in one word or its beginning: "happily"
``{player}``      a player, wherever they are
``{number}``      a number, in words or digits; kept in digits
``{money}``       coins of the player's: "12 coins", "all my money"
``{topic}``       any words, kept as they were typed
``{order}``       what somebody else is to do: a sentence of its own
================  ==================================================================================================

Of sentences that fit equally well the earlier one is meant.
"""

from __future__ import annotations

from tale_core.world.sentences_handling import HANDLING
from tale_core.world.sentences_people import PEOPLE

SLOTS = (
    "item",
    "target",
    "but",
    "direction",
    "way",
    "here",
    "topic",
    "speech",
    "how",
    "player",
    "number",
    "money",
    "order",
)
"""The names of the slots that there are."""

IN = "in|into|inside|within"
ON = "on|onto|upon|on_top_of"
FROM = "from|out_of|off|off_of"
WITH = "with|using"
BUT = "except|but|except_for|excluding"
WALK = "go|walk|run|head|travel|return|proceed|visit|wander|hurry|rush|march"
GO = f"{WALK}|move|climb|crawl"
FETCH = "take|get|grab|remove|pull|lift|steal|snatch|collect|fetch"
LOOK = "look|l|peer|stare|gaze|glance"
ATTACK = "attack|kill|hit|fight|strike|stab|slay|smash|punch|beat|slash|murder"

QUOTED = frozenset({"say", "say_to", "shout", "whisper", "reply", "emote"})
"""Actions whose words run to the end of the line, full stops and all."""

SENTENCES: tuple[tuple[str, str], ...] = (
    # Getting about
    ("go", "{direction}"),
    ("go", f"{WALK} {{way}}"),
    ("go", "move|climb|crawl|sneak|creep|tiptoe {direction}"),
    ("go", f"{GO}|get to|towards|toward {{way}}"),
    ("go", f"{GO} back|in|into|inside to|in|into {{way}}"),
    ("go", "enter {way}"),
    ("go", f"{GO} in|into|inside {{way}}"),
    ("go", "go|walk|head|travel"),
    ("enter", f"{GO}|step|get through|in|into|inside|up|down|over {{item}}"),
    ("enter", "follow {item}"),
    ("approach", f"{GO}|step|get|come to|towards|toward|up_to|over_to {{item}}"),
    ("approach", f"{WALK} on|onto|along|across {{item}}"),
    ("approach", "approach {item}"),
    ("enter", "enter {item}"),
    ("enter", "board|mount {item}"),
    ("enter", "get|hop|jump|climb|crawl on|onto|in|into|inside|aboard|upon|on_top_of {item}"),
    ("sit", "sit|sit_down|take_a_seat|have_a_seat"),
    ("sit", "sit|sit_down|seat_myself|take_a_seat in|on|at|upon|by {item}"),
    ("sit", "sit_up"),
    ("lie", "lie|lie_down|lie_back"),
    ("lie", "lie|lie_down|lie_back|rest|sleep in|on|upon {item}"),
    ("stand", "stand|stand_up|get_up|rise|get_to_my_feet"),
    ("stand", "stand|stand_up in|on|upon {item}"),
    ("ride", "ride"),
    ("ride", "ride|ride_on|saddle {item}"),
    ("leave", "leave|exit|go_out|get_out|get_off|get_down|climb_out|climb_down|climb_off|dismount|disembark"),
    ("leave", "leave|exit|get_out_of|go_out_of {here}"),
    ("leave", "leave|exit|get_out_of|go_out_of|climb_out_of|jump_out_of|step_out_of {item}"),
    ("leave", "get|climb|step|jump|hop off|off_of|down_from {item}"),
    ("leave", "get_up|stand_up|rise from|off|off_of {item}"),
    ("leave", "dismount|disembark {item}"),
    ("enter", "leave|exit through|by|via {item}"),
    (
        "exits",
        "exits|ways|directions|map|where_can_i_go|which_way|which_way_is_out|where_is_the_exit|where_are_the_exits",
    ),
    ("exits", "show|list|find exits|ways|directions|map|the_map|the_exit|the_exits|a_way_out|the_way_out"),
    ("exits", "what exits|ways|directions are_there|can_i_see|do_i_see"),
    ("exits", f"{GO} around|about|somewhere|anywhere"),
    ("exits", "left|right|forward|forwards|ahead|straight|straight_ahead|backwards"),
    ("exits", f"{GO}|turn|step left|right|around|round|forward|forwards|ahead|straight|straight_ahead|backwards"),
    ("exits", "go|walk away"),
    ("exits", "explore|wander|look_for_an_exit|look_for_a_way_out"),
    ("back", "back|return|turn_back|retreat_back|retrace_steps"),
    ("back", f"{GO} back"),
    ("go", "step|come {direction}"),
    # Looking
    ("look", "look|l|where_am_i"),
    ("look", "look|l around|here|about|again|closer"),
    ("look", "look_around {here}"),
    ("look", "take|have a_look|look"),
    ("look", "take|have a_look|look around|about"),
    ("examine", "take|have a_look|look at {item*}"),
    ("diagnose", "diagnose|health|hp|status|stats|condition|how_am_i|check_myself|heal|rest_and_heal"),
    ("diagnose", "heal|bandage me|myself|wounds|my_wounds"),
    ("examine", "examine|x|inspect|study|describe|check|watch|ex {item*}"),
    ("examine", f"{LOOK} at {{item*}}"),
    ("examine", "look|l {item*}"),
    ("address", "who|what|how|where|why are you"),
    ("examine", "what's|who's {item}"),
    ("examine", "what|who is|are|am {item}"),
    ("look", "what|who else is|are here|there|around"),
    ("look", "who's|what's here|there|around"),
    ("look", "what_is|what's|who_is|who's this|that"),
    ("search", "what's|what_is|what_are in|inside|on {item}"),
    ("look_under", "what's|what_is under|beneath {item}"),
    ("look_behind", "what's|what_is behind {item}"),
    ("look", "who|what is|are here|there|around"),
    ("find", "find|locate|where's|where_is|where_are {item}"),
    ("find", "look|search|hunt for {item}"),
    ("find", "find|locate|where's|where_is {player}"),
    ("examine", "show_me|let_me_see {item*}"),
    ("exits", f"{LOOK}|examine|x {{direction}}"),
    ("look_in", f"{LOOK} {IN}|through|out|out_of|out_through {{item}}"),
    ("search", "search|rummage|frisk|ransack|loot|plunder {item}"),
    ("search", "search|rummage in|through|on {item}"),
    ("look_under", f"{LOOK}|search|feel under|beneath|underneath|below {{item}}"),
    ("look_behind", f"{LOOK}|search|feel behind|beside {{item}}"),
    ("search", "search"),
    (
        "search",
        "look|search|check|hunt for|for_a|for_any traps|trap|clues|secret_doors|secret_door|hidden_doors|anything",
    ),
    ("grope", "grope|feel|reach|search|look around|about|around_me|in_the_dark"),
    ("grope", "grope"),
    ("read", "read|peruse {item}"),
    ("smell", "smell|sniff {item}"),
    ("smell", "smell|sniff"),
    ("listen", "listen to|at {item}"),
    ("listen", "listen"),
    ("touch", "touch|feel|pat|stroke|pet|handle|fondle|tickle {item}"),
    ("taste", "lick|taste {item}"),
    # Having
    ("inventory", "inventory|i|inv|items|stuff|what_do_i_have|what_have_i|what_have_i_got"),
    ("inventory", "what am_i carrying|holding|wearing"),
    (
        "inventory",
        "check|show|show_me|list|see|open|take inventory|my_inventory|stuff|my_stuff|my_things|my_belongings",
    ),
    ("inventory", "check|search|empty|look_in|look_through pockets|my_pockets"),
    ("take", f"{FETCH} {{item*}} {FROM} {{target}} {BUT} {{but*}}"),
    ("take", f"{FETCH} {{item*}} {FROM} {{target}}"),
    ("take", "take|get|grab|carry|acquire|collect|lift|snatch|steal|keep|fetch|catch {item*}"),
    ("take", "pick|pick_up {item*}"),
    ("take", "pick {item*} up"),
    ("put_in", f"put|place|insert|stick|drop|lay|stuff {{item*}} {IN} {{target}} {BUT} {{but*}}"),
    ("put_in", f"put|place|insert|stick|drop|lay|stuff {{item*}} {IN} {{target}}"),
    ("put_on", f"put|place|set|drop|lay|stack|hang|hang_up {{item*}} {ON} {{target}}"),
    ("wear", "put_on|wear|don {item*}"),
    ("wear", "put {item*} on"),
    ("drop", "put_down|set_down|drop|discard|release|lay_down|throw_away {item*}"),
    ("drop", "put|set|lay {item*} down"),
    ("drop", "throw {item*} away"),
    ("give", "throw|toss {item} to {target}"),
    ("drop", "throw|toss {item*}"),
    ("remove", "take_off|remove|doff|strip_off {item*}"),
    ("remove", "take {item*} off"),
    ("give", "give|offer|hand|feed|pass|return|give_back|hand_back {item} to {target}"),
    ("give", "give|hand {item} back to {target}"),
    ("give", "give|hand {target} back {item}"),
    ("give", "give|offer|hand|feed|pass {target} {item}"),
    ("show", "show|display {item} to {target}"),
    ("show", "show {target} {item}"),
    # Opening
    ("unlock", f"open {{item}} {WITH} {{target}}"),
    ("open", "open|uncover {item}"),
    ("close", "close|shut {item}"),
    ("unlock", f"unlock {{item}} {WITH} {{target}}"),
    ("unlock", "turn {target} in {item}"),
    ("lock", f"lock {{item}} {WITH} {{target}}"),
    # Lights and devices
    ("light", "light|light_up|kindle|ignite|strike {item}"),
    ("switch_on", "switch|turn|power|put on {item}"),
    ("switch_on", "switch|turn|power {item} on"),
    ("switch_on", "activate|start {item}"),
    ("extinguish", "extinguish|douse|snuff|snuff_out|put_out|quench {item}"),
    ("extinguish", "blow|turn|put out {item}"),
    ("extinguish", "put|blow|turn|snuff {item} out"),
    ("switch_off", "switch|turn|power|shut off {item}"),
    ("switch_off", "switch|turn|power|shut {item} off"),
    ("switch_off", "deactivate|stop {item}"),
    ("switch", "switch|flip|toggle|operate {item}"),
    ("set", "set|adjust|tune {item}"),
    ("set", "set|adjust|tune|turn|rotate|twist|switch|dial {item} to {topic}"),
    ("refuel", "refuel|refill {item}"),
    ("refuel", "refuel|refill {item} with {target}"),
    # Fighting
    ("attack", f"{ATTACK} {{item}} {WITH} {{target}}"),
    ("attack", f"{ATTACK} {{item}}"),
    ("wield", "wield|equip|draw|brandish|ready {item}"),
    ("unwield", "unwield|sheathe|sheath|lower|unequip {item}"),
    ("flee", "flee|retreat|escape|run_away|run_for_it"),
    ("flee", "run"),
    ("go", "flee|retreat|escape {way}"),
    ("go", "flee|retreat|escape to|towards|toward {way}"),
    ("flee", "flee|escape|run_away from {item}"),
    ("disarm", "disarm|defuse {item}"),
    # Eating and drinking
    ("eat", "eat|devour|consume|bite|chew {item}"),
    ("drink", "drink|quaff|sip|swallow|gulp {item}"),
    ("drink", "drink from {item}"),
    *HANDLING,
    # Using is whatever makes sense
    ("unlock", "use {target} on|with {item}"),
    ("attack", "use {target} on {item}"),
    ("refuel", "use {target} on|with|in {item}"),
    ("burn", "use {target} on|with {item}"),
    ("fill", "use {item} on|with|in|at {target}"),
    ("light", "use {item}"),
    ("drink", "use {item}"),
    ("eat", "use {item}"),
    ("wear", "use {item}"),
    ("wield", "use {item}"),
    ("read", "use {item}"),
    ("switch", "use {item}"),
    ("open", "use {item}"),
    ("enter", "use {item}"),
    ("use", "use {item}"),
    ("use", "use {item} on|with {target}"),
    *PEOPLE,
    # Idling
    ("jump", "jump|hop|leap"),
    ("sing", "sing"),
    ("sing", "sing {topic}"),
    ("pray", "pray"),
    ("pray", "pray to|for {topic}"),
    ("think", "think"),
    ("sleep", "sleep|nap|take_a_nap|have_a_nap|go_to_sleep|fall_asleep"),
    ("xyzzy", "xyzzy|plugh"),
    ("xyzzy", "cast {topic}"),
    ("awaken", "wake|wake_up|awaken|rouse {item}"),
    ("awaken", "wake {item} up"),
    (
        "wait",
        "wait|z|rest|pause|wake_up|breathe|relax|do_nothing|take_a_breath|take_a_break|take_a_rest|hold_on|hang_on",
    ),
    ("wait", "wait|rest|pause a_while|a_moment|a_minute|a_bit|a_turn|awhile"),
    ("wait", "wait|z|rest|pause {number}"),
    ("wait", "wait|z|rest|pause {number} turns|turn|times|moves|minutes"),
    ("wait", "wait|z|rest|pause for {number} turns|turn|times|moves|minutes"),
    ("wait", "wait|z|rest|pause until|till|for {topic}"),
    # About the game
    ("about", "about|credits|version|who_made_this|who_wrote_this"),
    ("save", "save|save_game|save_as"),
    ("save", "save|save_game|save_as {topic}"),
    ("restore", "restore|load|restore_game|load_game"),
    ("restore", "restore|load|restore_game|load_game {topic}"),
    ("saves", "saves|saved_games|list_saves"),
    ("script", "script|transcript|script_on"),
    ("undo", "undo|take_back"),
    ("undo", "undo {topic}"),
    ("score", "score|points|rank|what_is_my_score|what's_my_score|show_score|how_many_points"),
    ("notify", "notify|notify_score"),
    ("notify", "notify {topic}"),
    ("verbose", "verbose|long|maximum"),
    ("brief", "brief|short"),
    ("superbrief", "superbrief|super_brief"),
    ("time", "check_time|check_the_time|how_late_is_it|look_at_the_time"),
    ("time", "time|what_time|what_time_is_it|what_is_the_time|what's_the_time|tell_time|ask_the_time"),
    ("help", "help|info|commands|instructions|how_to_play|how_do_i_play|what_can_i_type"),
    ("hint", "hint|hints|clue|hint_please|what_now|help_me|i'm_stuck|i_am_stuck|what_do_i_do|what_do_i_do_now"),
    ("hint", "hint|what_can|what_should|what_could i do|try"),
    ("hint", "goal|quest|objective|what_am_i_supposed_to_do|what_should_i_do_now"),
    ("hint", "what is|was my|the goal|quest|objective|mission|task|aim"),
    ("hint", "give_me|i_need|give a_hint|hints|help|some_help|a_clue"),
    ("hint", "what_can|what_should|what_could i do|try now|next|here"),
    ("help", "show|list|see help|commands|instructions|the_commands|all_commands"),
    ("help", "help|help_with|explain {topic}"),
    ("hint", "hint|hints|clue about|on|for|with {topic}"),
    ("hint", "hint|hints|clue {topic}"),
    ("verbs", "verbs"),
    ("restart", "restart|start_over"),
    ("restart", "restart game|story|the_game|the_story"),
    ("quit", "quit|q|end|give_up|i_give_up|stop_playing|log_out|logout"),
    ("quit", "quit|end|leave|exit|stop game|story|the_game|the_story"),
    ("yes", "yes|y|yeah|yep|ok|okay|sure"),
    ("no", "no|nope|nah|nothing|none|neither|cancel|never_mind|nevermind|forget_it"),
    ("again", "again|g|repeat|try_again|do_it_again|once_more"),
    ("wonder", "what|who|which|how|why|when|where|is|are|am|do|does|did|huh"),
    ("wonder", "how|why|when|is|are|am|do|does|did|has|was|were|should {topic}"),
    ("wonder", "what|who|which|where do|does|did|can|could|should|would|will|was|were|has|have|had|am {topic}"),
    ("wonder", "what|who happens|happened|else|kind|sort {topic}"),
    ("wonder", "what|who happens|happened|else"),
    ("wonder", "what is|are my {topic}"),
    ("swear", "damn|bugger|shit|fuck|crap|bollocks"),
    ("swear", "damn|bugger|fuck|screw {topic}"),
)
