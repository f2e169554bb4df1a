// The page's own words; what the bot says comes from the bot.

import { TOUR } from "./tour_words.js";

const WORDS = {
  en: {
    brand: "Practice workspace", skip: "Skip to the messages", openMenu: "Channels and people",
    playing: "You are {name}. Change person", choosePerson: "Who would you like to be?", findPerson: "Find a person", guest: "guest",
    deactivated: "deactivated", newWindow: "Open in a second window to be two people at once.",
    channels: "Channels", direct: "Direct messages", apps: "Apps", unread: "{count} unread", app: "App", private: "private",
    messages: "Messages", home: "Home", homeEmpty: "Nothing here yet: the app has not published its home.", homeOf: "Home of {name}",
    empty: "No messages yet.", newMessages: "New", edited: "edited", onlyYou: "Only visible to you",
    reply: "Reply in thread", replies: { one: "{count} reply", other: "{count} replies" }, more: "More actions", noActions: "No actions here",
    thread: "Thread", closeThread: "Close the thread", write: "Message {where}", writeReply: "Reply…", send: "Send",
    sendHint: "Enter sends, Shift+Enter starts a new line", shortcuts: "Shortcuts", suggestions: "Suggestions",
    offline: "{name} is not connected. Messages wait; commands and buttons get no answer.", reconnecting: "Connection lost. Trying again…",
    time: "Workspace time", hourLater: "+1 hour", tomorrow: "Tomorrow 09:00", toReminder: "To the next reminder",
    toEscalation: "To the next escalation", next: "Next", nothingNext: "Nothing is planned.", moved: "It is now {time}.",
    reset: "Start again", resetAsk: "Begin the practice anew? All messages and changes are forgotten.", cancel: "Cancel",
    close: "Close", areYouSure: "Are you sure?", yes: "Yes", required: "Please complete this field.",
    tooShort: "Please write at least {count} characters.", tooLong: "Please write at most {count} characters.", optional: "(optional)",
    charactersLeft: { one: "{count} character left", other: "{count} characters left" },
    failed: "That did not work. Please try again.", unreachable: "The practice workspace does not answer. Nothing was sent.",
    date: "Date", timeOfDay: "Time", choose: "Choose", choices: "Choices", noMatch: "No match", typeMore: "Type at least {count} characters",
    loading: "Loading…", remove: "Remove {name}", unknownBlock: "“{type}” cannot be shown here", table: "Table", image: "Image",
    everyone: "everyone", notFound: "There is nobody to be here yet.", says: "{name}: {text}", more_options: "More options", dismiss: "Dismiss",
  },
  fr: {
    brand: "Espace d’entraînement", skip: "Aller aux messages", openMenu: "Canaux et personnes",
    playing: "Vous êtes {name}. Changer de personne", choosePerson: "Qui voulez-vous être ?", findPerson: "Chercher une personne", guest: "invité",
    deactivated: "désactivé", newWindow: "Ouvrez une seconde fenêtre pour être deux personnes à la fois.",
    channels: "Canaux", direct: "Messages directs", apps: "Applications", unread: "{count} non lus", app: "Appli", private: "privé",
    messages: "Messages", home: "Accueil", homeEmpty: "Rien ici pour l’instant : l’application n’a pas publié son accueil.", homeOf: "Accueil de {name}",
    empty: "Aucun message pour l’instant.", newMessages: "Nouveau", edited: "modifié", onlyYou: "Visible par vous seul",
    reply: "Répondre dans un fil", replies: { one: "{count} réponse", other: "{count} réponses" }, more: "Autres actions", noActions: "Aucune action ici",
    thread: "Fil", closeThread: "Fermer le fil", write: "Écrire à {where}", writeReply: "Répondre…", send: "Envoyer",
    sendHint: "Entrée envoie, Maj+Entrée va à la ligne", shortcuts: "Raccourcis", suggestions: "Suggestions",
    offline: "{name} n’est pas connecté. Les messages attendent ; commandes et boutons restent sans réponse.", reconnecting: "Connexion perdue. Nouvel essai…",
    time: "Heure de l’espace", hourLater: "+1 heure", tomorrow: "Demain 09:00", toReminder: "Au prochain rappel",
    toEscalation: "À la prochaine escalade", next: "Ensuite", nothingNext: "Rien n’est prévu.", moved: "Il est maintenant {time}.",
    reset: "Recommencer", resetAsk: "Recommencer l’entraînement ? Tous les messages et changements seront oubliés.", cancel: "Annuler",
    close: "Fermer", areYouSure: "Êtes-vous sûr ?", yes: "Oui", required: "Veuillez remplir ce champ.",
    tooShort: "Veuillez écrire au moins {count} caractères.", tooLong: "Veuillez écrire au plus {count} caractères.", optional: "(facultatif)",
    charactersLeft: { one: "{count} caractère restant", other: "{count} caractères restants" },
    failed: "Cela n’a pas marché. Veuillez réessayer.", unreachable: "L’espace d’entraînement ne répond pas. Rien n’a été envoyé.",
    date: "Date", timeOfDay: "Heure", choose: "Choisir", choices: "Choix", noMatch: "Aucun résultat", typeMore: "Tapez au moins {count} caractères",
    loading: "Chargement…", remove: "Retirer {name}", unknownBlock: "« {type} » ne peut pas être affiché ici", table: "Tableau", image: "Image",
    everyone: "tous", notFound: "Il n’y a encore personne ici.", says: "{name} : {text}", more_options: "Autres options", dismiss: "Fermer",
  },
};
const RIGHT_TO_LEFT = ["ar", "fa", "he", "ur"];

let language = "en";
let plural = new Intl.PluralRules("en");

/** Speaks the person's language where there are words for it, and turns the page their way. */
export function speak(locale) {
  const wanted = new Intl.Locale(locale).language;
  language = wanted in WORDS ? wanted : "en";
  plural = new Intl.PluralRules(language);
  document.documentElement.lang = locale;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(wanted) ? "rtl" : "ltr";
  document.body.lang = language; // honest to a screen reader where the words fell back to English
}

/** The code of the language that the page speaks. */
export function spoken() {
  return language;
}

/** The page's word for `key`, its {places} filled; `count` chooses the plural. */
export function word(key, values = {}) {
  const found = WORDS[language][key] ?? TOUR[language][key];
  const pattern = typeof found === "string" ? found : found[plural.select(values.count)] ?? found.other;
  return pattern.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
