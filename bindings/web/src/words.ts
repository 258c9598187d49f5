// Every word of the page that is not the engine's or the catalog's, in both languages.

import type { Admission, CredentialKind, Gate, Measure, NodeStatus, Standing, Status } from "credstack";

export type Language = "en" | "es";

export const LANGUAGES: readonly { code: Language; name: string }[] = [
  { code: "en", name: "English" },
  { code: "es", name: "Español" },
];

/** In Spanish as in the United States and Mexico, numbers have a decimal point, as the engine's sentences do. */
const LOCALES: Record<Language, string> = { en: "en-US", es: "es-US" };

type Kind = "course" | "badge" | "certificate" | "degree" | "exam" | "experience" | "competency";

/** A sentence with a number in it. */
type Counted = (n: number) => string;

export interface Words {
  loading: string;
  promise: string;
  forgets: string;
  language: string;
  yourRecord: string;
  answers: string;
  asOf: string;

  // What the learner has.
  has: string;
  search: string;
  searchHint: string;
  found: Counted;
  moreFound: Counted;
  notInCatalog: (code: string) => string;
  badCode: string;
  added: (what: string) => string;
  removed: (what: string) => string;
  nothingYet: string;
  grade: string;
  noGrade: string;
  state: string;
  states: Record<"completed" | "in_progress" | "planned", string>;
  more: string;
  moreOf: (what: string) => string;
  remove: string;
  removeOf: (what: string) => string;
  credits: string;
  kind: string;
  kinds: Record<Kind, string>;
  asInCatalog: string;
  when: string;
  noDate: string;
  onDay: string;
  day: string;
  expires: string;
  source: string;
  sources: Record<"institution" | "transfer" | "exam" | "waiver" | "external", string>;
  scale: string;
  notStated: string;
  yes: string;
  no: string;
  badNumber: string;

  // About the learner.
  pursues: string;
  pursuesHint: string;
  addPursued: string;
  choose: string;
  first: (what: string) => string;
  awarded: string;
  awardedHint: string;
  awardedCredential: string;
  awardedOn: string;
  add: string;
  facts: string;
  factsHint: string;
  kept: (approvals: number, exceptions: number) => string;

  // Files.
  file: string;
  fileHint: string;
  chooseFile: string;
  dropHere: string;
  saveRecord: string;
  startOver: string;
  undo: string;
  recordTaken: (name: string) => string;
  rowsTaken: (n: number, name: string) => string;
  rowsRefused: Counted;
  rowsLeftOut: string;
  whose: string;
  whoseHint: Counted;
  rowsOf: (learner: string, n: number) => string;
  take: string;
  line: (line: number) => string;
  cleared: string;

  // What is wrong with a file.
  tooLarge: (name: string, size: string, most: string) => string;
  badRecord: (name: string) => string;
  place: (line: number, column: number) => string;
  csv: {
    unreadable: (name: string) => string;
    utf16: string;
    workbook: string;
    gzip: string;
    notUtf8: string;
    saveAsUtf8: string;
    unpack: string;
    empty: string;
    nameColumns: (columns: string) => string;
    unknownColumn: (column: string) => string;
    knownColumns: (columns: string) => string;
    twice: (column: string) => string;
    leaveOne: string;
    missingColumn: (column: string) => string;
    addColumn: (column: string) => string;
    useCommas: string;
    openQuote: string;
    closeQuote: string;
    badQuote: string;
    cells: (found: number, expected: number) => string;
    sameCells: string;
    emptyCell: (column: string) => string;
    fillIn: string;
    badWord: (column: string, text: string) => string;
    oneOf: (words: string) => string;
    badAmount: (column: string, text: string) => string;
    writeAmount: string;
    badDate: (column: string, text: string) => string;
    writeDate: string;
    badFlag: (column: string, text: string) => string;
    writeFlag: string;
    badName: (column: string) => string;
    writeName: string;
    repeated: (id: string) => string;
    ownId: string;
  };

  // Answers.
  statuses: Record<Status, string>;
  nodeStatuses: Record<NodeStatus, string>;
  standings: Record<Standing, string>;
  admissions: Record<Admission, string>;
  conferrals: Record<Exclude<Gate, "open">, string>;
  credentialKinds: Record<CredentialKind, string>;
  amount: (have: number, need: number, measure: Measure | undefined) => string;
  worth: (n: number, measure: Measure) => string;
  toGo: Counted;
  counted: (have: number, need: number) => string;
  summary: { complete: Counted; inProgress: Counted; review: Counted; startable: Counted };
  pursuedTogether: string;
  groups: { complete: string; review: string; startable: string; further: string };
  nextSteps: string;
  requirements: string;
  toStart: string;
  toBeAwarded: string;
  alternative: string;
  whyNot: string;
  sharedTitle: string;
  sharedUse: (titles: string) => string;
  exceptions: string;
  grantedBy: string;
  notices: string;
  unproved: string;
  edition: (year: number) => string;
  pursue: string;
  changed: Counted;
  working: string;
  notAnswered: string;
  unknownTargets: (ids: string) => string;

  // The picture.
  stack: string;
  stackHint: string;
  stackAsList: string;
  countsToward: (from: string, into: string) => string;
  neededFor: (from: string, into: string) => string;

  // Plans.
  plan: string;
  planOf: (title: string) => string;
  load: string;
  loadHint: string;
  planNothing: string;
  planTotal: (courses: number, credits: number) => string;
  planLeast: string;
  planTerm: (n: number) => string;
  planInstead: string;
  planBefore: string;
  planThen: string;
  planStill: string;
  planWithoutTerms: string;

  // Print.
  print: string;
  unofficial: string;
  unofficialHint: string;
  printed: (date: string) => string;
  rules: string;
  engine: string;

  // When it does not work.
  retry: string;
  problems: Record<
    "bundleUnreachable" | "bundleDamaged" | "bundleVersion" | "moduleUnreachable" | "moduleDamaged" | "insecure" | "stopped" | "noBundle",
    { title: string; mend: string }
  >;
  details: string;
  trapped: string;
  refused: string;
}

function numberFormat(language: Language): Intl.NumberFormat {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 3 });
}

function counter(language: Language): (n: number, one: string, other: string) => string {
  const plural = new Intl.PluralRules(language);
  const number = numberFormat(language);
  return (n, one, other) => `${number.format(n)} ${plural.select(n) === "one" ? one : other}`;
}

function english(): Words {
  const count = counter("en");
  const number = numberFormat("en");
  const worth = (n: number, measure: Measure): string =>
    ({ count: count(n, "item", "items"), credits: count(n, "credit", "credits"), hours: count(n, "hour", "hours") })[measure];
  return {
    loading: "Getting the rules ready …",
    promise: "Nothing leaves this page.",
    forgets: "Your answers are worked out on this device and nothing is stored. When you reload or close the page, what you entered is gone; save your record if you want to come back to it.",
    language: "Language",
    yourRecord: "Your record",
    answers: "What it adds up to",
    asOf: "Answer for the date",

    has: "What you have",
    search: "Add a course, badge or exam",
    searchHint: "Type a code or a few words of the title.",
    found: (n) => count(n, "match", "matches"),
    moreFound: (n) => `${count(n, "match more", "matches more")}: type a little more`,
    notInCatalog: (code) => `Add “${code}”, which this catalog does not list`,
    badCode: "A code has at most 200 characters and no line breaks.",
    added: (what) => `${what} added`,
    removed: (what) => `${what} removed`,
    nothingYet: "Nothing here yet. Add what you have completed or are taking, and the answers follow as you type.",
    grade: "Grade",
    noGrade: "No grade",
    state: "State",
    states: { completed: "Completed", in_progress: "In progress", planned: "Planned" },
    more: "Details",
    moreOf: (what) => `Details of ${what}`,
    remove: "Remove",
    removeOf: (what) => `Remove ${what}`,
    credits: "Credits",
    kind: "Kind",
    kinds: {
      course: "Course",
      badge: "Badge",
      certificate: "Certificate",
      degree: "Degree",
      exam: "Exam",
      experience: "Experience",
      competency: "Competency",
    },
    asInCatalog: "As in the catalog",
    when: "When",
    noDate: "Not stated",
    onDay: "On a day …",
    day: "Day",
    expires: "Valid until",
    source: "Where it comes from",
    sources: {
      institution: "Earned here",
      transfer: "Transferred",
      exam: "By examination",
      waiver: "Waived",
      external: "Earned elsewhere, not transferred",
    },
    scale: "Grade scale",
    notStated: "Not stated",
    yes: "Yes",
    no: "No",
    badNumber: "Write a number such as 3 or 1.5, with a point.",

    pursues: "What you pursue",
    pursuesHint: "The most important first. What you pursue is answered together, so that one course is not promised twice.",
    addPursued: "Add a credential",
    choose: "Choose …",
    first: (what) => `Put ${what} one place up`,
    awarded: "What you were awarded",
    awardedHint: "Credentials that you hold already.",
    awardedCredential: "Add an award",
    awardedOn: "Awarded on",
    add: "Add",
    facts: "About you",
    factsHint: "Only what the rules ask about. Leave out what you do not know; the answer then says so.",
    kept: (approvals, exceptions) =>
      `From your file, and taken into account: ${count(approvals, "decision of an office", "decisions of offices")}, ${count(exceptions, "exception", "exceptions")}.`,

    file: "Bring a file",
    fileHint: "A record that you saved here (JSON), or a table of attainments (CSV). You can also drop it anywhere on this form.",
    chooseFile: "Choose a file",
    dropHere: "Drop the file to read it here",
    saveRecord: "Save my record",
    startOver: "Start over",
    undo: "Undo",
    recordTaken: (name) => `The record in ${name} is now your record.`,
    rowsTaken: (n, name) => `${count(n, "row", "rows")} of ${name} added.`,
    rowsRefused: (n) => `${count(n, "row was", "rows were")} not added`,
    rowsLeftOut: "The answers leave these rows out. A course that is missing can change an answer either way, so mend the rows and bring the file again, or add them by hand.",
    whose: "Whose rows are yours?",
    whoseHint: (n) => `The file has rows of ${count(n, "learner", "learners")}. Only those that you choose are added.`,
    rowsOf: (learner, n) => `${learner} (${count(n, "row", "rows")})`,
    take: "Add these rows",
    line: (line) => `Line ${number.format(line)}`,
    cleared: "The form is empty again.",

    tooLarge: (name, size, most) =>
      `${name} has ${size}; a record has at most ${most}. Is it the right file? Nothing was changed.`,
    badRecord: (name) => `${name} is not a record that can be read, so nothing was changed.`,
    place: (line, column) => `Line ${line}, column ${column}`,
    csv: {
      unreadable: (name) => `${name} cannot be read as a table, so nothing was changed.`,
      utf16: "This is UTF-16, not UTF-8.",
      workbook: "This is a workbook or another ZIP file, not a table in text.",
      gzip: "This is compressed with gzip.",
      notUtf8: "This is not UTF-8 text.",
      saveAsUtf8: "Save it again as UTF-8 (in Excel: Save As, CSV UTF-8).",
      unpack: "Unpack it first.",
      empty: "The table is empty.",
      nameColumns: (columns) => `The first line must name the columns, such as ${columns}.`,
      unknownColumn: (column) => `The column “${column}” is not known.`,
      knownColumns: (columns) => `Remove it or mend its name. Known columns are ${columns}.`,
      twice: (column) => `The column “${column}” stands twice.`,
      leaveOne: "Leave one of them.",
      missingColumn: (column) => `The column “${column}” is missing.`,
      addColumn: (column) => `Add ${column} to the first line, and its cells below.`,
      useCommas: "The columns are not separated by commas. Save the file with commas between them.",
      openQuote: "A quote opens in this row and is never closed, so nobody can know where the cell ends.",
      closeQuote: "Close it, or write a quote inside a quoted cell twice (\"\").",
      badQuote: "A quote stands where none may be.",
      cells: (found, expected) => `The row has ${count(found, "cell", "cells")}; the first line has ${number.format(expected)}.`,
      sameCells: "Give the row as many cells as the first line; put a cell that has a comma in it between quotes.",
      emptyCell: (column) => `The cell of “${column}” is empty.`,
      fillIn: "Fill it in.",
      badWord: (column, text) => `“${text}” is no value of “${column}”.`,
      oneOf: (words) => `Write one of: ${words}.`,
      badAmount: (column, text) => `“${text}” in “${column}” is not an amount.`,
      writeAmount: "Write a number of zero or more with at most three decimals, such as 3 or 1.5, with a point.",
      badDate: (column, text) => `“${text}” in “${column}” is not a date.`,
      writeDate: "Write a real day between 1900 and 2200 as YYYY-MM-DD, such as 2025-08-31.",
      badFlag: (column, text) => `“${text}” in “${column}” is neither yes nor no.`,
      writeFlag: "Write yes or no, or leave it empty if it is not known.",
      badName: (column) => `The name in “${column}” cannot be used.`,
      writeName: "Write a name of 1 to 200 bytes without line breaks or tabs.",
      repeated: (id) => `An attainment “${id}” is on your record already.`,
      ownId: "Give each attainment an id of its own, or leave the row out if it is the same one.",
    },

    statuses: {
      conferred: "Awarded",
      complete: "Complete",
      complete_with_in_progress: "Complete once courses in progress are",
      needs_review: "Needs review",
      incomplete: "Not complete yet",
      closed: "No longer possible",
      undetermined: "Not settled",
    },
    nodeStatuses: {
      met: "Met",
      met_with_in_progress: "Met once courses in progress are complete",
      needs_review: "Needs review",
      unmet: "Missing",
      closed: "No longer possible",
    },
    standings: { counts: "counts", in_progress: "in progress", pending: "awaits a decision" },
    admissions: { eligible: "You may start", not_eligible: "You may not start yet", unknown: "Start needs review" },
    conferrals: { shut: "Cannot be awarded yet", unknown: "Award needs review" },
    credentialKinds: {
      badge: "Badge",
      meta_badge: "Meta-badge",
      micro_credential: "Micro-credential",
      certificate: "Certificate",
      diploma: "Diploma",
      degree: "Degree",
      program: "Program",
    },
    amount: (have, need, measure) =>
      measure ? `${number.format(have)} of ${worth(need, measure)}` : `${number.format(have)}, ${number.format(need)} needed`,
    worth,
    toGo: (n) => `${count(n, "credit", "credits")} to go`,
    counted: (have, need) => `${number.format(have)} of ${count(need, "credit counts", "credits count")}`,
    summary: {
      complete: (n) => `${number.format(n)} complete`,
      inProgress: (n) => `${number.format(n)} complete once courses in progress are`,
      review: (n) => `${count(n, "needs", "need")} review`,
      startable: (n) => `${number.format(n)} you may start`,
    },
    pursuedTogether: "What you pursue, counted together",
    groups: { complete: "Also complete", review: "Needs review", startable: "You may start", further: "Further away" },
    nextSteps: "What to do next",
    requirements: "What it takes, and what counts where",
    toStart: "To start",
    toBeAwarded: "To be awarded",
    alternative: "another way, not the one counted",
    whyNot: "Why these cannot both count",
    sharedTitle: "Counted here and elsewhere",
    sharedUse: (titles) => `also counts toward ${titles}`,
    exceptions: "Exceptions applied",
    grantedBy: "Granted by",
    notices: "About your record",
    unproved: "The search was ended before everything was looked at. A better answer may exist; ask your adviser.",
    edition: (year) => `Catalog year ${year}–${String((year + 1) % 100).padStart(2, "0")}`,
    pursue: "Pursue this",
    changed: (n) => `The answers for ${count(n, "credential", "credentials")} changed.`,
    working: "Working …",
    notAnswered: "Your record could not be answered as it stands.",
    unknownTargets: (ids) => `This page asks about credentials that its catalog does not have: ${ids}. Please tell whoever keeps the page.`,

    stack: "How it stacks",
    stackHint: "Choose a credential to see what it takes.",
    stackAsList: "The same as a list",
    countsToward: (from, into) => `${from} counts toward ${into}.`,
    neededFor: (from, into) => `${from} is required for ${into}.`,

    plan: "Show the shortest way there",
    planOf: (title) => `The shortest way to ${title}`,
    load: "Most credits per term",
    loadHint: "Leave empty for no limit.",
    planNothing: "Nothing more has to be taken.",
    planTotal: (courses, credits) => `${count(courses, "course", "courses")}, ${count(credits, "credit", "credits")}`,
    planLeast: "There is no way with fewer credits, or with as many credits and fewer courses.",
    planTerm: (n) => `Term ${n}`,
    planInstead: "or instead",
    planBefore: "only because something else asks for it first",
    planThen: "With all of it:",
    planStill: "What courses alone do not bring about",
    planWithoutTerms: "What is missing",

    print: "Print",
    unofficial: "Unofficial",
    unofficialHint: "This is a learner's own calculation. Only the registrar decides.",
    printed: (date) => `Answers as of ${date}`,
    rules: "Rules (SHA-256)",
    engine: "Engine (SHA-256)",

    retry: "Try again",
    problems: {
      bundleUnreachable: {
        title: "The rules could not be fetched",
        mend: "Check your connection and try again. If it stays like this, please tell whoever keeps this page.",
      },
      bundleDamaged: {
        title: "The rules arrived damaged",
        mend: "Try again; if it stays like this, the file on the server is not whole. Please tell whoever keeps this page.",
      },
      bundleVersion: {
        title: "These rules are of another version",
        mend: "The rules and this form do not fit together. Please tell whoever keeps this page that one of the two is to be renewed.",
      },
      moduleUnreachable: {
        title: "The engine could not be fetched",
        mend: "Check your connection and try again. If it stays like this, please tell whoever keeps this page.",
      },
      moduleDamaged: {
        title: "The engine is not the one that belongs here",
        mend: "It arrived damaged, or is of another version, so it was not run. Try again, and otherwise tell whoever keeps this page.",
      },
      insecure: {
        title: "This page is not served securely",
        mend: "The engine is checked before it runs, which browsers do only over HTTPS. Please tell whoever keeps this page.",
      },
      stopped: {
        title: "The engine could not be started",
        mend: "Try again, or use a current browser. What you entered is still here.",
      },
      noBundle: {
        title: "This form has no rules",
        mend: "Whoever keeps this page has to name them in the attribute “bundle”.",
      },
    },
    details: "Details for whoever keeps this page",
    trapped: "The engine stopped at this record and was started again. What you entered is still here; if the last change caused it, undo it.",
    refused: "The engine does not accept the record as it stands:",
  };
}

function spanish(): Words {
  const count = counter("es");
  const number = numberFormat("es");
  const worth = (n: number, measure: Measure): string =>
    ({ count: count(n, "elemento", "elementos"), credits: count(n, "crédito", "créditos"), hours: count(n, "hora", "horas") })[measure];
  return {
    loading: "Preparando las reglas…",
    promise: "Nada sale de esta página.",
    forgets: "Las respuestas se calculan en este dispositivo y no se guarda nada. Al recargar o cerrar la página se pierde lo que anotó; guarde su expediente si quiere volver a él.",
    language: "Idioma",
    yourRecord: "Su expediente",
    answers: "A qué equivale",
    asOf: "Responder para la fecha",

    has: "Lo que tiene",
    search: "Añada un curso, una insignia o un examen",
    searchHint: "Escriba un código o algunas palabras del título.",
    found: (n) => count(n, "resultado", "resultados"),
    moreFound: (n) => `${count(n, "resultado más", "resultados más")}: escriba un poco más`,
    notInCatalog: (code) => `Añadir «${code}», que no figura en este catálogo`,
    badCode: "Un código tiene 200 caracteres como máximo y ningún salto de línea.",
    added: (what) => `Se añadió ${what}`,
    removed: (what) => `Se quitó ${what}`,
    nothingYet: "Todavía no hay nada. Añada lo que ha terminado o está cursando; las respuestas cambian mientras escribe.",
    grade: "Calificación",
    noGrade: "Sin calificación",
    state: "Estado",
    states: { completed: "Terminado", in_progress: "En curso", planned: "Previsto" },
    more: "Detalles",
    moreOf: (what) => `Detalles de ${what}`,
    remove: "Quitar",
    removeOf: (what) => `Quitar ${what}`,
    credits: "Créditos",
    kind: "Tipo",
    kinds: {
      course: "Curso",
      badge: "Insignia",
      certificate: "Certificado",
      degree: "Título",
      exam: "Examen",
      experience: "Experiencia",
      competency: "Competencia",
    },
    asInCatalog: "Como en el catálogo",
    when: "Cuándo",
    noDate: "Sin indicar",
    onDay: "Un día…",
    day: "Día",
    expires: "Válido hasta",
    source: "De dónde procede",
    sources: {
      institution: "Obtenido aquí",
      transfer: "Transferido",
      exam: "Por examen",
      waiver: "Dispensado",
      external: "Obtenido fuera, sin transferir",
    },
    scale: "Escala de calificación",
    notStated: "Sin indicar",
    yes: "Sí",
    no: "No",
    badNumber: "Escriba un número como 3 o 1.5, con punto.",

    pursues: "Lo que cursa",
    pursuesHint: "Lo más importante primero. Lo que cursa se responde en conjunto, para que ningún curso se prometa dos veces.",
    addPursued: "Añadir una credencial",
    choose: "Elija…",
    first: (what) => `Subir ${what} un puesto`,
    awarded: "Lo que ya le otorgaron",
    awardedHint: "Credenciales que ya posee.",
    awardedCredential: "Añadir un otorgamiento",
    awardedOn: "Otorgada el",
    add: "Añadir",
    facts: "Sobre usted",
    factsHint: "Solo lo que preguntan las reglas. Deje en blanco lo que no sepa; la respuesta lo dirá.",
    kept: (approvals, exceptions) =>
      `De su archivo, y se tiene en cuenta: ${count(approvals, "decisión de una oficina", "decisiones de oficinas")}, ${count(exceptions, "excepción", "excepciones")}.`,

    file: "Traer un archivo",
    fileHint: "Un expediente que guardó aquí (JSON) o una tabla de logros (CSV). También puede soltarlo sobre este formulario.",
    chooseFile: "Elegir un archivo",
    dropHere: "Suelte el archivo para leerlo aquí",
    saveRecord: "Guardar mi expediente",
    startOver: "Empezar de nuevo",
    undo: "Deshacer",
    recordTaken: (name) => `El expediente de ${name} es ahora su expediente.`,
    rowsTaken: (n, name) => `${count(n, "fila añadida", "filas añadidas")} de ${name}.`,
    rowsRefused: (n) => `${count(n, "fila no se añadió", "filas no se añadieron")}`,
    rowsLeftOut: "Las respuestas no tienen en cuenta estas filas. Un curso que falta puede cambiar una respuesta en los dos sentidos: corrija las filas y traiga otra vez el archivo, o añádalas a mano.",
    whose: "¿Qué filas son las suyas?",
    whoseHint: (n) => `El archivo tiene filas de ${count(n, "estudiante", "estudiantes")}. Solo se añaden las que elija.`,
    rowsOf: (learner, n) => `${learner} (${count(n, "fila", "filas")})`,
    take: "Añadir estas filas",
    line: (line) => `Línea ${number.format(line)}`,
    cleared: "El formulario vuelve a estar vacío.",

    tooLarge: (name, size, most) =>
      `${name} tiene ${size}; un expediente tiene como máximo ${most}. ¿Es el archivo correcto? No se cambió nada.`,
    badRecord: (name) => `${name} no es un expediente legible, así que no se cambió nada.`,
    place: (line, column) => `Línea ${line}, columna ${column}`,
    csv: {
      unreadable: (name) => `${name} no se puede leer como tabla, así que no se cambió nada.`,
      utf16: "Esto es UTF-16, no UTF-8.",
      workbook: "Esto es un libro de cálculo u otro archivo ZIP, no una tabla de texto.",
      gzip: "Esto está comprimido con gzip.",
      notUtf8: "Esto no es texto UTF-8.",
      saveAsUtf8: "Guárdelo de nuevo como UTF-8 (en Excel: Guardar como, CSV UTF-8).",
      unpack: "Descomprímalo primero.",
      empty: "La tabla está vacía.",
      nameColumns: (columns) => `La primera línea debe nombrar las columnas, por ejemplo ${columns}.`,
      unknownColumn: (column) => `No se conoce la columna «${column}».`,
      knownColumns: (columns) => `Quítela o corrija su nombre. Las columnas conocidas son ${columns}.`,
      twice: (column) => `La columna «${column}» aparece dos veces.`,
      leaveOne: "Deje una de ellas.",
      missingColumn: (column) => `Falta la columna «${column}».`,
      addColumn: (column) => `Añada ${column} a la primera línea, y sus celdas debajo.`,
      useCommas: "Las columnas no están separadas por comas. Guarde el archivo con comas entre ellas.",
      openQuote: "En esta fila se abre una comilla que nunca se cierra, y no se puede saber dónde acaba la celda.",
      closeQuote: "Ciérrela, o escriba dos veces (\"\") una comilla dentro de una celda entre comillas.",
      badQuote: "Hay una comilla donde no puede haberla.",
      cells: (found, expected) => `La fila tiene ${count(found, "celda", "celdas")}; la primera línea tiene ${number.format(expected)}.`,
      sameCells: "Dé a la fila tantas celdas como a la primera línea; ponga entre comillas una celda que contenga una coma.",
      emptyCell: (column) => `La celda de «${column}» está vacía.`,
      fillIn: "Complétela.",
      badWord: (column, text) => `«${text}» no es un valor de «${column}».`,
      oneOf: (words) => `Escriba uno de: ${words}.`,
      badAmount: (column, text) => `«${text}» en «${column}» no es una cantidad.`,
      writeAmount: "Escriba un número de cero o más con tres decimales como máximo, como 3 o 1.5, con punto.",
      badDate: (column, text) => `«${text}» en «${column}» no es una fecha.`,
      writeDate: "Escriba un día real entre 1900 y 2200 como AAAA-MM-DD, por ejemplo 2025-08-31.",
      badFlag: (column, text) => `«${text}» en «${column}» no es ni «yes» ni «no».`,
      writeFlag: "Escriba yes o no, o déjela vacía si no se sabe.",
      badName: (column) => `El nombre en «${column}» no se puede usar.`,
      writeName: "Escriba un nombre de 1 a 200 bytes sin saltos de línea ni tabuladores.",
      repeated: (id) => `Su expediente ya tiene un logro «${id}».`,
      ownId: "Dé a cada logro un identificador propio, o quite la fila si es el mismo.",
    },

    statuses: {
      conferred: "Otorgada",
      complete: "Completa",
      complete_with_in_progress: "Completa al acabar lo que está en curso",
      needs_review: "Requiere revisión",
      incomplete: "Aún no completa",
      closed: "Ya no es posible",
      undetermined: "Sin resolver",
    },
    nodeStatuses: {
      met: "Cumplido",
      met_with_in_progress: "Cumplido al acabar lo que está en curso",
      needs_review: "Requiere revisión",
      unmet: "Falta",
      closed: "Ya no es posible",
    },
    standings: { counts: "cuenta", in_progress: "en curso", pending: "espera una decisión" },
    admissions: { eligible: "Puede empezar", not_eligible: "Aún no puede empezar", unknown: "El inicio requiere revisión" },
    conferrals: { shut: "Aún no se puede otorgar", unknown: "El otorgamiento requiere revisión" },
    credentialKinds: {
      badge: "Insignia",
      meta_badge: "Metainsignia",
      micro_credential: "Microcredencial",
      certificate: "Certificado",
      diploma: "Diploma",
      degree: "Título",
      program: "Programa",
    },
    amount: (have, need, measure) =>
      measure ? `${number.format(have)} de ${worth(need, measure)}` : `${number.format(have)}; hace falta ${number.format(need)}`,
    worth,
    toGo: (n) => `faltan ${count(n, "crédito", "créditos")}`,
    counted: (have, need) => `cuentan ${number.format(have)} de ${count(need, "crédito", "créditos")}`,
    summary: {
      complete: (n) => count(n, "completa", "completas"),
      inProgress: (n) => `${count(n, "completa", "completas")} al acabar lo que está en curso`,
      review: (n) => `${count(n, "requiere", "requieren")} revisión`,
      startable: (n) => `puede empezar ${number.format(n)}`,
    },
    pursuedTogether: "Lo que cursa, contado en conjunto",
    groups: { complete: "También completas", review: "Requieren revisión", startable: "Puede empezar", further: "Más lejos" },
    nextSteps: "Qué hacer ahora",
    requirements: "Qué se pide y qué cuenta dónde",
    toStart: "Para empezar",
    toBeAwarded: "Para que se otorgue",
    alternative: "otra vía, no la que se contó",
    whyNot: "Por qué no pueden contar a la vez",
    sharedTitle: "Contado aquí y en otro lugar",
    sharedUse: (titles) => `también cuenta para ${titles}`,
    exceptions: "Excepciones aplicadas",
    grantedBy: "Concedida por",
    notices: "Sobre su expediente",
    unproved: "La búsqueda terminó antes de mirarlo todo. Puede haber una respuesta mejor; consulte con su asesor.",
    edition: (year) => `Año académico ${year}–${String((year + 1) % 100).padStart(2, "0")}`,
    pursue: "Cursar esta",
    changed: (n) => `Cambiaron las respuestas de ${count(n, "credencial", "credenciales")}.`,
    working: "Calculando…",
    notAnswered: "No se pudo responder a su expediente tal como está.",
    unknownTargets: (ids) => `Esta página pregunta por credenciales que su catálogo no tiene: ${ids}. Avise a quien la mantiene.`,

    stack: "Cómo se apilan",
    stackHint: "Elija una credencial para ver qué pide.",
    stackAsList: "Lo mismo como lista",
    countsToward: (from, into) => `${from} cuenta para ${into}.`,
    neededFor: (from, into) => `${from} es necesaria para ${into}.`,

    plan: "Mostrar el camino más corto",
    planOf: (title) => `El camino más corto a ${title}`,
    load: "Máximo de créditos por periodo",
    loadHint: "Déjelo vacío para no poner límite.",
    planNothing: "No hace falta cursar nada más.",
    planTotal: (courses, credits) => `${count(courses, "curso", "cursos")}, ${count(credits, "crédito", "créditos")}`,
    planLeast: "No hay forma con menos créditos, ni con los mismos créditos y menos cursos.",
    planTerm: (n) => `Periodo ${n}`,
    planInstead: "o en su lugar",
    planBefore: "solo porque otra cosa lo pide antes",
    planThen: "Con todo ello:",
    planStill: "Lo que los cursos por sí solos no logran",
    planWithoutTerms: "Lo que falta",

    print: "Imprimir",
    unofficial: "No oficial",
    unofficialHint: "Es un cálculo del propio estudiante. Solo decide el registro académico.",
    printed: (date) => `Respuestas a fecha de ${date}`,
    rules: "Reglas (SHA-256)",
    engine: "Motor (SHA-256)",

    retry: "Intentar de nuevo",
    problems: {
      bundleUnreachable: {
        title: "No se pudieron obtener las reglas",
        mend: "Compruebe su conexión e inténtelo de nuevo. Si sigue así, avise a quien mantiene esta página.",
      },
      bundleDamaged: {
        title: "Las reglas llegaron dañadas",
        mend: "Inténtelo de nuevo; si sigue así, el archivo del servidor no está entero. Avise a quien mantiene esta página.",
      },
      bundleVersion: {
        title: "Estas reglas son de otra versión",
        mend: "Las reglas y este formulario no encajan. Avise a quien mantiene esta página de que hay que renovar uno de los dos.",
      },
      moduleUnreachable: {
        title: "No se pudo obtener el motor",
        mend: "Compruebe su conexión e inténtelo de nuevo. Si sigue así, avise a quien mantiene esta página.",
      },
      moduleDamaged: {
        title: "El motor no es el que corresponde",
        mend: "Llegó dañado o es de otra versión, y no se ejecutó. Inténtelo de nuevo o avise a quien mantiene esta página.",
      },
      insecure: {
        title: "Esta página no se sirve de forma segura",
        mend: "El motor se comprueba antes de ejecutarlo, y los navegadores solo lo hacen con HTTPS. Avise a quien mantiene esta página.",
      },
      stopped: {
        title: "No se pudo poner en marcha el motor",
        mend: "Inténtelo de nuevo o use un navegador actual. Lo que anotó sigue aquí.",
      },
      noBundle: {
        title: "Este formulario no tiene reglas",
        mend: "Quien mantiene esta página debe nombrarlas en el atributo «bundle».",
      },
    },
    details: "Detalles para quien mantiene esta página",
    trapped: "El motor se detuvo con este expediente y se puso en marcha de nuevo. Lo que anotó sigue aquí; si lo causó el último cambio, deshágalo.",
    refused: "El motor no acepta el expediente tal como está:",
  };
}

export const WORDS: Record<Language, Words> = { en: english(), es: spanish() };

/** A civil date in words. */
export function sayDate(date: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));
}

/** A number of bytes in words. */
export function saySize(bytes: number, language: Language): string {
  const format = { style: "unit", unit: "megabyte", maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(LOCALES[language], format).format(bytes / 2 ** 20);
}
