"""A step as lines of readable text: for differences, and for counting words."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping

from django.utils.html import strip_tags

from courses.conversation_faults import names_of
from courses.payload import (
    Block,
    Case,
    Cases,
    Check,
    CityField,
    Dialogue,
    Fact,
    Heading,
    Image,
    Judgement,
    Layer,
    Legal,
    Lesson,
    Question,
    Quotation,
    Reflection,
    StepContent,
    Steps,
    Table,
    Text,
    Video,
)
from courses.situations import Side

_BREAK = re.compile(r"</(p|li|h[1-6]|tr|blockquote)>|<br\s*/?>", re.IGNORECASE)


def lines_of_html(markup: str) -> list[str]:
    """Return the text of final HTML, a line for each paragraph or list item."""
    text = html.unescape(strip_tags(_BREAK.sub("\n", markup)))
    return [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]


def lines_of_question(question: Question) -> list[str]:
    """Return the question with its options; right ones, and places in an order, are marked."""
    lines = [question.text]
    for option in question.options:
        mark = f"{option.position}." if question.kind == "order" else ("[x]" if option.is_right else "[ ]")
        lines.append(f"{mark} {option.text} – {option.explanation}")
    return lines


def lines_of_block(block: Block) -> list[str]:  # noqa: C901  one case a kind of block
    """Return what a reader of the block reads."""
    match block:
        case Heading(text=text):
            return [text]
        case Text(html=markup):
            return lines_of_html(markup)
        case Image(file=file, alt=alt, caption=caption):
            return [f"[{file[:12]}] {alt} {caption}".strip()]
        case Fact(title=title, html=markup):
            return [title, *lines_of_html(markup)]
        case Quotation(text=text, source=source):
            return [f"”{text}” ({source})"]
        case Legal(source=source, html=markup):
            return [f"§ {source}", *lines_of_html(markup)]
        case Reflection(prompt=prompt):
            return [prompt]
        case Video(title=title, file=file, captions=captions, transcript=transcript):
            return [title, f"[{file[:12]} {captions[:12]}]", *lines_of_html(transcript)]
        case CityField(label=label, instruction=instruction, html=markup):
            return [label, *(lines_of_html(markup) or [instruction])]
        case Steps(title=title, items=items):
            return [title, *(line for item in items for line in lines_of_html(item))]
        case Table(caption=caption, columns=columns, rows=rows):
            return [caption, *(" | ".join(row) for row in (columns, *rows))]
        case Question():
            return lines_of_question(block)


def lines_of_step(step: StepContent) -> list[str]:
    """Return everything that a person who takes the step reads, its title first."""
    note = [] if isinstance(step, Check) or not step.content_note else [step.content_note]
    return [step.title, *note, *_lines_inside(step)]


def _lines_inside(step: StepContent) -> list[str]:
    match step:
        case Lesson(blocks=blocks):
            return [line for block in blocks for line in lines_of_block(block)]
        case Check():
            rule = f"{step.draw} / {len(step.questions)}, {step.pass_percent} %"
            questions = [line for question in step.questions for line in lines_of_question(question)]
            return [*lines_of_html(step.introduction), rule, *questions]
        case Cases(introduction=introduction, cases=cases):
            return [*lines_of_html(introduction), *(line for case in cases for line in _lines_of_case(case))]
        case Judgement(layers=layers, conclusion=conclusion):
            return [*(line for layer in layers for line in _lines_of_layer(layer)), *lines_of_html(conclusion)]
        case Dialogue():
            return _lines_of_dialogue(step)


def _lines_of_case(case: Case) -> list[str]:
    parts = (case.answer, case.why, case.mistake)
    return [case.title, *lines_of_question(case.question), *(line for part in parts for line in lines_of_html(part))]


def _lines_of_layer(layer: Layer) -> list[str]:
    options = [f"[{'x' if option.is_right else ' '}] {option.text} – {option.explanation}" for option in layer.options]
    return [layer.title, layer.text, *options, *lines_of_html(layer.picture)]


def _lines_of_dialogue(dialogue: Dialogue) -> list[str]:
    names = _told_apart(names_of(dialogue))
    lines = lines_of_html(dialogue.setting)
    for turn in dialogue.turns:
        lines.append(f"{turn.speaker}: {turn.text}" if turn.speaker else turn.text)
        for choice in turn.choices:
            lines.append(f"– {choice.text} → {names.get(choice.leads_to, choice.leads_to)}")
            effects = [f"{Side(effect.side).label}: {effect.text}" for effect in choice.effects if effect.side in Side.values]
            lines += [choice.consequence, *effects]
    for ending in dialogue.endings:
        lines += [ending.title, *lines_of_html(ending.html), ending.reflection]
    return lines


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Turns and endings are called by their first words; only where two begin alike does a reader need their ids."""
    counts = Counter(names.values())
    return {id_: name if counts[name] == 1 else f"{name} ({id_})" for id_, name in names.items()}
