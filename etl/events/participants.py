"""Tell who took part in a happening, also where its own clause does not name them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from etl.events.cues import Cue, load_types
from etl.events.dating import Dated
from etl.events.roles import Sides, assign_sides, is_passive, lead_group
from etl.events.scenes import Scene
from etl.model import Claim, Place, Span
from etl.naming.actors import country_of, is_group, kind_of
from etl.naming.places import resolve_country
from etl.naming.story import Story
from etl.words.language import stands_behind

_CONJUNCTION = 8
_SAYING_REACH = 40
_WORDS_BETWEEN = 2
_SPOKEN = {"statement", "demand", "negotiation", "ceasefire_or_agreement"}


def find_sides(scene: Scene, dated: Dated, before: Claim | None, rivals: Sequence[Cue]) -> Sides:
    """The sides in the clause; where it has no subject, the one that the sentences give.

    `before` is the happening told just before in the same sentence, `rivals` are the cues of
    all others in it.
    """
    cue = dated.cue
    verbs = [one for one in rivals if one.is_verb and dated.first <= one.start < dated.last]
    inside = [
        span
        for span in scene.actors
        if dated.first <= span.start < dated.last and not _only_says(scene, cue, span)
    ]
    named = [span for span in inside if not verbs or _takes_part(scene, cue, verbs, span)]
    sides = assign_sides(scene.text, scene.language, cue, named, dated.first, dated.last)
    if not sides.actors:
        subject = _inherit_subject(scene, dated, sides, before)
        taken = {*sides.recipients, *sides.others}
        sides = replace(sides, actors=tuple(name for name in subject if name not in taken))
    violent = load_types()[cue.type]["family"] == "violence"
    if violent and cue.is_verb and sides.actors and not sides.recipients:
        sides = replace(sides, recipients=_find_victim(scene, dated, sides))
    return sides


def _takes_part(scene: Scene, cue: Cue, verbs: Sequence[Cue], actor: Span) -> bool:
    """Whether an actor is not that of other verbs: the first subject of a clause is shared.

    "Rebels attacked the army in May and killed two Russians in June": the army is not in the
    killing, as "and" parts it from there.
    """
    before = max((one for one in verbs if one.end <= actor.start), default=None, key=_start)
    if before is None or before.start < cue.start < actor.start:
        return True
    if actor.start > cue.start:
        return False
    return not scene.is_joined(actor.end, cue.start) or scene.is_joined(before.end, actor.start)


def _start(cue: Cue) -> int:
    return cue.start


def _has_pronoun(scene: Scene, dated: Dated) -> bool:
    """Whether a clause begins with a pronoun for its subject, "and they seized", or inverts it."""
    inverted = scene.language.signs.get("inverted")
    if inverted and inverted.search(scene.text, dated.first, dated.cue.end + _CONJUNCTION):
        return True
    pronoun = scene.language.signs["pronouns"].search(scene.text, dated.first, dated.cue.start)
    if pronoun is None:
        return False
    return len(scene.text[dated.first : pronoun.start()].strip()) <= _CONJUNCTION


def complete_sides(sides: Sides, type_name: str, place: Place | None, scene: Scene) -> Sides:
    """The sides with those who take part unnamed, as the file of types says.

    `doer` is who does it where nobody is named; `host` is the side of the country where troops
    come, stay or leave; `between` and `against` say that there is another side: where it
    is not named, it is the one that the report is about.
    """
    definition = load_types()[type_name]
    story = scene.story
    doer = definition.get("doer")
    if doer and not sides.actors:
        sides = replace(sides, actors=(doer,))
    sides = _add_states(sides, story)
    if definition.get("between") and not sides.everyone and len(story.sides) > 1:
        return replace(sides, others=story.sides)
    host = _find_host(definition.get("host"), place, story)
    if host and host not in sides.everyone:
        if definition["host"] == "recipients" and not sides.recipients:
            return replace(sides, recipients=(host,))
        return replace(sides, others=(*sides.others, host))
    if definition.get("between") or definition.get("against"):
        at_war = definition["family"] == "violence"
        return _add_opponent(sides, place if at_war else None, story, at_war)
    return sides


def _add_opponent(sides: Sides, place: Place | None, story: Story, at_war: bool) -> Sides:
    """One who acts alone acts against the other that the report is about, or a state abroad."""
    if sides.recipients or len(sides.actors) != 1:
        return sides
    actor = sides.actors[0]
    if kind_of(actor) == "people" or (kind_of(actor) == "organisation" and not at_war):
        return sides
    against = [name for name in story.sides if name != actor]
    if actor not in story.sides and is_group(actor) and story.state in against:
        against = [story.state]
    if place and place.country not in (None, story.country):
        against = [resolve_country(place.country).name]
    if not against or against[-1] in sides.everyone:
        return sides
    return replace(sides, others=(*sides.others, against[-1]))


def _find_host(side: str | None, place: Place | None, story: Story) -> str | None:
    """The state in whose country it happens, where the type gives it a side."""
    if side is None or place is None or place.country is None:
        return None
    if place.country == story.country:
        return story.state
    return resolve_country(place.country).name


def _add_states(sides: Sides, story: Story) -> Sides:
    """A person who acts stands for a state: it is added without a side."""
    states = (
        story.state if code == story.country else resolve_country(code).name
        for name in sides.actors[:1]
        if kind_of(name) == "person" and (code := country_of(name))
    )
    return replace(
        sides,
        others=(*sides.others, *(one for one in states if one and one not in sides.everyone)),
    )


def _inherit_subject(
    scene: Scene, dated: Dated, sides: Sides, before: Claim | None
) -> tuple[str, ...]:
    """Who the subject of a clause that names none stands for."""
    if _has_pronoun(scene, dated):
        taken = {*sides.recipients, *sides.others}
        back = [span.name for span in scene.earlier if span.name not in taken]
        groups = [name for name in back if is_group(name)]
        return tuple((groups or back[::-1])[:1])
    if before is not None and before.actors:
        return before.actors
    if sides.recipients and is_passive(scene.text, scene.language, dated.cue, dated.first):
        return ()
    doing = [span for span in scene.actors if not _only_says(scene, dated.cue, span)]
    ahead = [span for span in doing if span.start < dated.first]
    return lead_group(scene.text, ahead or [span for span in doing if span.start >= dated.last])


def _only_says(scene: Scene, cue: Cue, actor: Span) -> bool:
    """Whether an actor only tells what others did: "the UN said that rebels had killed ten".

    Who says it of itself, "the army said it had bombed", does it; an organisation never does.
    """
    if cue.type in _SPOKEN:
        return False
    saying, sources = (scene.language.signs.get(sign) for sign in ("saying", "sources"))
    before = scene.text[max(scene.sentence.start, actor.start - _SAYING_REACH) : actor.start]
    if sources and stands_behind(sources, _drop_article(scene, before)):
        says = actor.end
    else:
        last = min(scene.sentence.end, actor.end + _SAYING_REACH)
        said = saying.search(scene.text, actor.end, last) if saying else None
        if said is None or len(scene.text[actor.end : said.start()].split()) > _WORDS_BETWEEN:
            return False
        says = said.end()
    if says > cue.start:
        return False
    if kind_of(actor.name) == "organisation":
        return True
    return any(says <= one.start < cue.start for one in scene.actors)


def _drop_article(scene: Scene, before: str) -> str:
    """The words without an article at their end."""
    words = before.rstrip()
    article = re.search(r"(?:\w{1,5}['’]|\w{1,5})$", words)
    definite = scene.language.signs.get("definite")
    if article and definite and definite.fullmatch(article[0]):
        return words[: article.start()]
    return words


def _find_victim(scene: Scene, dated: Dated, sides: Sides) -> tuple[str, ...]:
    """The first actor behind the clause, unless another date comes before it."""
    after = [span for span in scene.actors if span.start >= dated.last]
    if not after or any(dated.last <= phrase.start < after[0].start for phrase in scene.phrases):
        return ()
    return tuple(name for name in lead_group(scene.text, after) if name not in sides.actors)[:1]
