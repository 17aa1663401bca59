"""A small, valid conversation as its author writes it."""

DIALOGUE_FILE = "prov/02-soffan.md"
DIALOGUE = """\
---
sort: dialog
nyckel: soffan
slug: samtal-i-soffan
titel: "Samtal: i soffan"
minuter: 6
mål: [m1]
arbetsplatser: fritidsgård, skola
miljö: högerextrem
kön: man
innehållsnotis: Samtalet innehåller hot i ord.
börjar: s-start
---

::: situation s-situation
fakta: metod

Det är **kväll** på fritidsgården.
:::

::: slut s-bra
titel: Elias stannar kvar
fakta: A1.1
rättskällor: rf-2-1

Ni pratar vidare i morgon.

### Att fundera på
Vad gjorde att han
stannade?
:::

::: replik s-start
talar: Elias
fakta: A1.1
rättskällor: rf-2-1

”De borde bort”, säger Elias.

De andra skrattar.

- a -> s-ute: ”Stopp. Kom,
  vi går ut en stund.”
  > Elias följer
  > med.
  > trygghet: De andra ser att du
  > sätter stopp.
  > rätt väg: Du tar det enskilt.
- b -> s-slut: ”Du är dum.”
  > Elias tystnar.
:::

::: replik s-ute
fakta: metod

Ni står vid dörren.

- a -> s-bra: ”Vad har hänt?”
  > Han berättar.
  > relation: Han märker att du lyssnar.
- b -> s-start: ”Gå in igen.”
  > Ni går in igen.
:::

::: slut s-slut
titel: Elias går hem
fakta: metod

Du får veta mindre.

### Att fundera på
Vad hade du velat säga?
:::
"""
