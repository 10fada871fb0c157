import type { MessageTexts } from './shape.ts'

// Of a mail without a voucher the lines on it are left out.
const gesture = (words: string): string => `{greeting}

${words}

Er hoort een tegoedbon van {gift} bij. De code is {code}. De bon is van u, wat u er ook mee doet.

Hij is te gebruiken tot {until}.

[Kies wat wij u mogen sturen]({preferences})

{firm}`

/** Messages in Dutch; customers are addressed with u. */
export const nl: MessageTexts = {
  greeting: (name) => (name === '' ? 'Geachte klant,' : `Geachte ${name},`),
  kinds: {
    'case.acknowledged': {
      subject: 'Wij zijn ermee bezig {reference}',
      body: `{greeting}

Het gaat om {what}. Dat is bij ons bekend en wij zijn ermee bezig, onder nummer {reference}.

{owner} houdt zich ermee bezig.

U hoort van ons vóór {until}.

U hoeft nu niets te doen. Wilt u iets toevoegen, beantwoord dan dit bericht.

[Bekijk hoe het ervoor staat, of voeg iets toe]({status})

{firm}`,
    },
    'case.reply': {
      subject: 'Ons antwoord {reference}',
      body: `{greeting}

{text}

[Bekijk hoe het ervoor staat, of voeg iets toe]({status})

{firm}`,
    },
    'remedy.choice': {
      subject: 'Hoe mogen wij het goedmaken? {reference}',
      body: `{greeting}

Het gaat om {what} ({reference}). U kiest hoe wij het goedmaken.

[Kies uw oplossing]({link})

De pagina is open tot {until}.

[Bekijk hoe het ervoor staat, of voeg iets toe]({status})

{firm}`,
    },
    'remedy.chosen': {
      subject: 'Uw keuze: {remedy} ({reference})',
      body: `{greeting}

Wij hebben uw keuze genoteerd: {remedy}. {happens}

Uiterlijk {until} is het gebeurd.

De code van uw tegoedbon van {worth}: {code}. De bon geldt zonder voorwaarden. Bewaar dit bericht: wij kunnen de code niet opnieuw opzoeken.

[Bekijk hoe het ervoor staat, of voeg iets toe]({status})

{firm}`,
    },
    'fix.done': {
      subject: 'Het is gebeurd {reference}',
      body: `{greeting}

Het gaat om {what} ({reference}). Wat wij hebben afgesproken, is gebeurd.

{how}

Over een tijdje vragen wij u één keer of het is opgelost.

[Bekijk hoe het ervoor staat, of voeg iets toe]({status})

{firm}`,
    },
    'fix.confirmation': {
      subject: 'Is het opgelost? {reference}',
      body: `{greeting}

Het gaat om {what} ({reference}). Voor zover wij weten is dat opgelost. U bepaalt of het zo is.

[Ja of nee, met één tik]({link})

Is het niet opgelost, dan pakt een collega het meteen weer op.

[Bekijk hoe het ervoor staat, of voeg iets toe]({status})

{firm}`,
    },
    'follow-up': {
      subject: 'Is het opgelost gebleven? {reference}',
      body: `{greeting}

Het gaat om {what} ({reference}). Enkele dagen geleden was dat opgelost. Wij willen graag weten of het zo is gebleven.

[Laat het ons weten]({link})

[Bekijk hoe het ervoor staat, of voeg iets toe]({status})

{firm}`,
    },
    'final.response': {
      subject: 'Ons definitieve antwoord {reference}',
      body: `{greeting}

Het gaat om {what}. Ons definitieve antwoord ({reference}) vindt u als brief in de bijlage. Daarin staat wat wij hebben vastgesteld, wat wij doen en waar u verder terechtkunt.

[Bekijk hoe het ervoor staat, of voeg iets toe]({status})

{firm}`,
    },
    'exit.acknowledged': {
      subject: 'Bevestiging van uw opzegging {reference}',
      body: `{greeting}

Wij bevestigen dat wij uw opzegging of herroeping hebben ontvangen. Bewaar dit bericht.

Inhoud: {content}

Ontvangen: {received}

Einddatum: {ends}

Nummer: {reference}

U hoeft verder niets te doen.

{firm}`,
    },
    'exit.choice': {
      subject: 'Wat moet er met uw tegoed gebeuren? {reference}',
      body: `{greeting}

U vertrekt, en voor wij afrekenen kunt u iets kiezen: wat er gebeurt met tegoedbonnen die u nog hebt, en of u andere aanbieders wilt zien.

[Kiezen]({link})

De link werkt tot {until}. Kiest u niets, dan blijven tegoedbonnen geldig. Niets wat u kiest, vertraagt het einde.

{firm}`,
    },
    'exit.settled': {
      subject: 'Afgerekend: {reference}',
      body: `{greeting}

Wij hebben afgerekend wat er tussen ons openstond. Bewaar dit bericht.

{content}

Afgerekend op: {settled}

Nummer: {reference}

{firm}`,
    },
    'survey.invitation': {
      subject: 'Een vraag over {what}',
      body: `{greeting}

Wij hebben een vraag over {what}. Antwoorden is vrijblijvend.

{question}

{scale}
Een tik opent een pagina met dit antwoord; het telt zodra u het daar verstuurt.

[Antwoord op de pagina]({link})

[Kies wat wij u mogen sturen]({preferences})

{firm}`,
    },
    'input.invitation': {
      subject: 'Uw advies over {what}',
      body: `{greeting}

Wij vragen graag uw advies: {what}.

{about}

Meedoen is vrijblijvend en u kunt altijd stoppen. Laat het weten op deze pagina:

[Ja of nee]({link})

[Kies wat wij u mogen sturen]({preferences})

{firm}`,
    },
    'input.told': {
      subject: 'Wat er van uw idee kwam',
      body: `{greeting}

U schreef ons dit:

{idea}

Wat ervan kwam:

{answer}

{firm}`,
    },
    'data.confirm': {
      subject: 'Bevestig alstublieft: {what}',
      body: `{greeting}

Iemand heeft met dit adres bij ons gevraagd om {what}. Was u dat, bevestig het dan.

[Verzoek bevestigen]({link})

De link werkt tot {until}. Was u het niet, doe dan niets: dan gebeurt er niets.

{firm}`,
    },
    'data.page': {
      subject: 'Wat wij over u bewaren',
      body: `{greeting}

Iemand vroeg ons met dit adres wat wij over u bewaren. Was u dat, dan staat op deze pagina wat er is, waarom, en hoe u bezwaar maakt.

[De pagina openen]({link})

De link werkt tot {until}. Wie hem heeft, kan de pagina lezen; geef hem dus niet door. Was u het niet, dan hoeft u niets te doen.

{firm}`,
    },
    'data.pack': {
      subject: 'Een kopie van uw gegevens',
      body: `{greeting}

Hier is een kopie van alles wat wij over u bewaren, als tabellen en als één bestand voor programma’s.

[Uw gegevens openen]({link})

De link werkt tot {until}. Wie hem heeft kan uw gegevens lezen, dus geef hem niet door.

{firm}`,
    },
    'data.answered': {
      subject: 'Over uw verzoek {reference}',
      body: `{greeting}

U vroeg ons om {what} ({reference}).

{answer}

Bent u het er niet mee eens, dan kunt u klagen bij de toezichthouder voor gegevensbescherming in uw land.

{firm}`,
    },
    'gesture.birthday': {
      subject: 'Gefeliciteerd met uw verjaardag',
      body: gesture('U vertelde ons wanneer u jarig bent. Wij wensen u een mooie dag en een goed jaar.'),
    },
    'gesture.birth': {
      subject: 'Gefeliciteerd met uw kind',
      body: gesture('U vertelde ons dat er een kind is geboren. Wij wensen u allen het beste.'),
    },
    'gesture.wedding': {
      subject: 'Gefeliciteerd met uw huwelijk',
      body: gesture('U vertelde ons over uw huwelijk. Wij wensen u beiden een mooie dag en veel goede jaren.'),
    },
    'gesture.anniversary': {
      subject: 'Gefeliciteerd met uw jubileum',
      body: gesture('U vertelde ons over deze dag. Gefeliciteerd, en een goed jaar gewenst.'),
    },
    'gesture.move': {
      subject: 'Veel geluk in uw nieuwe huis',
      body: gesture('U vertelde ons dat u bent verhuisd. Wij hopen dat u zich er snel thuis voelt.'),
    },
    'gesture.hand': {
      subject: 'Een paar woorden van ons',
      body: gesture('{text}'),
    },
    'voucher.reminder': {
      subject: 'Uw tegoedbon {reference} is geldig tot {until}',
      body: `{greeting}

Op uw tegoedbon die eindigt op {reference} staat nog {what}. U kunt hem gebruiken tot {until}.

[Bekijk wat er nog op staat]({link})

{firm}`,
    },
  },
}
