"""Small, valid cases and a small, valid judgement as their authors write them."""

CASES_FILE = "prov/02-fall.md"
CASES = """\
---
sort: fall
nyckel: fall-oro
slug: fall-oro
titel: "Får jag dela detta? Oro"
minuter: 6
mål: [m1]
---

::: text fo-inledning
fakta: metod

Här är **två** fall.
:::

::: fall c01
titel: Kuratorn ringer
mål: m1
arbetsplatser: skola, elevhälsa
miljö: ingen
kön: kvinna
fakta: A1.1
rättskällor: rf-2-1

Telefonen ringer på
expeditionen.

Det är kuratorn.

Vad gör du?

- [ ] a: Lägger på.
  > Nej, fråga
  > först.
- [x] b: Ringer upp.
  > Ja.
- [ ] c: Svarar direkt.
  > Nej.

### Rättsligt svar
Du får **ringa upp**.

- Alltid.

### Varför
Därför.

### Vanligt misstag
Att svara direkt.
:::

::: fall c02
titel: Chefen frågar
mål: m1
arbetsplatser: reception
miljö: högerextrem
kön: man
fakta: metod

Chefen frågar om en elev.

Vad svarar du?

- [x] a: Ingenting.
  > Ja.
- [ ] b: Allt.
  > Nej.
- [ ] c: Lite.
  > Nej.

### Rättsligt svar
Inget.

### Varför
Därför.

### Vanligt misstag
Att svara.
:::
"""

JUDGEMENT_FILE = "prov/03-bedomning.md"
JUDGEMENT = """\
---
sort: bedömning
nyckel: bed-siffran
slug: siffran-pa-trojan
titel: "Hur orolig ska jag vara? Siffran"
minuter: 3
mål: [m1]
arbetsplatser: skola
miljö: högerextrem
kön: man
innehållsnotis: Här nämns hat.
---

::: lager bs-ser
titel: Det du ser
fakta: A1.1
rättskällor: rf-2-1

En elev har en siffra på tröjan.

Vad gör du nu?

- [x] a: Frågar.
  > Ja.
- [x] b: Väntar.
  > Ja, det går.
- [ ] c: Ringer polisen.
  > Nej.

### Så ändras bilden
En siffra säger **lite**.
:::

::: lager bs-sammanhang
titel: Sammanhanget
fakta: metod

Han spelar handboll.

Vad gör du nu?

- [x] a: Frågar.
  > Ja.
- [ ] b: Ringer.
  > Nej.

### Så ändras bilden
Den blir ljusare.
:::

::: lager bs-forandring
titel: Förändring över tid
fakta: metod

Inget har hänt.

Vad gör du nu?

- [x] a: Inget.
  > Ja.
- [ ] b: Ringer.
  > Nej.

### Så ändras bilden
Den är som förut.
:::

::: slutsats bs-slut
fakta: metod
rättskällor: rf-2-1

Ingen **oro**.
:::
"""
