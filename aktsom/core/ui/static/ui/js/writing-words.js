// Words the help while writing looks for, and what to write instead. Our own lists; a school's language is wider than these,
// so a mark is a question and never a bar. Stems are matched at the start of a word.

export const DIAGNOSES = {
  stems: [
    "adhd", "add", "asperger", "autis", "bipolar", "depresjon", "deprimert", "dyskalkuli", "dysleksi", "epilepsi", "odd",
    "ocd", "ptsd", "psykose", "schizofren", "spiseforstyrrels", "tourette", "atferdsforstyrrels", "personlighetsforstyrrels",
    "utviklingshem", "selvskad", "suicidal",
  ],
  advice: "Er dette en diagnose? Skriv heller det du har sett og hørt. Trengs diagnosen i saken, skriv hvem som har sagt den.",
};

export const JUDGING = {
  stems: [
    "bråkmaker", "drama", "egoist", "frekk", "gjerningsmann", "hevder", "hysteri", "innbiller", "krevende", "lat", "løgn",
    "lyver", "manipuler", "mobber", "mobberen", "overdriv", "overfølsom", "overreager", "plageånd", "problembarn",
    "problemelev", "provoser", "påstår", "påstand", "ressurskrevende", "slem", "syter", "tull", "umulig", "umoden",
    "uskyldig", "skyldig", "vanskelig elev", "vanskelige elev",
  ],
  advice: "Ordet dømmer. Skriv hva som ble sagt og gjort, hvor og når. Eleven og foresatte kan lese dette.",
};

export const INITIALS = {
  // Short words in capitals that are no person.
  allowed: [
    "PPT", "PP", "OT", "BUP", "NAV", "SFO", "AKS", "FAU", "SMU", "SU", "KU", "SMS", "TV", "IT", "IKT", "IKO", "IOP", "VG", "OK",
    "HMS", "MOT", "VIP", "BTI", "SLT", "PC", "KRLE", "RLE", "LOS", "FN", "EU", "ID", "DM", "UDIR", "QR", "PDF",
    "ER", "JA", "NEI", "NÅ", "MÅ", "SÅ", "FÅ", "VIL", "DU", "DE", "VI", "HAN", "HUN", "HEN", "MEG", "DEG", "DET", "DEN", "ALT", "OG",
  ],
  advice: "Er dette forbokstavene til noen? Forbokstaver skjuler ikke hvem det er. Velg personen i saken, eller skriv «en annen elev».",
};

export const NAMES = {
  // Words with a capital in the middle of a sentence that are no person.
  allowed: [
    "Aktsom", "Barnekonvensjonen", "Barnevernet", "BUP", "Discord", "Elevundersøkelsen", "Facebook", "Gud", "Instagram", "Jeg",
    "Messenger", "Norge", "Oslo", "PPT", "Roblox", "Snap", "Snapchat", "Statsforvalteren", "Teams", "TikTok", "Udir", "Vg1", "Vg2",
    "Vg3", "YouTube", "Zoom", "Du", "De", "Han", "Hun", "Hen", "Det", "Den", "Vi", "Dere", "Minecraft", "Fortnite", "Iphone",
  ],
  advice: "Er dette navnet på en annen? Skriv bare navn som saken trenger. «En medelev» er ofte nok her.",
};
