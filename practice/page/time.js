// Instants as the viewer reads them: their zone, their language, Slack's date tokens.

// A formatter costs more to make than a message to draw: each is made once.
const formatters = new Map();

function formatter(locale, options) {
  const key = `${locale} ${JSON.stringify(options)}`;
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(locale, options));
  return formatters.get(key);
}

/** Formats an instant for `viewer` ({tz, locale}) with Intl options. */
export function show(instant, viewer, options) {
  return formatter(viewer.locale, { timeZone: viewer.tz, ...options }).format(instant);
}

export function timeOfDay(instant, viewer) {
  return show(instant, viewer, { hour: "2-digit", minute: "2-digit" });
}

/** Date and time with weekday, short: for the clock and for what happens next. */
export function shortMoment(instant, viewer) {
  return show(instant, viewer, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

export function fullMoment(instant, viewer) {
  return show(instant, viewer, { dateStyle: "full", timeStyle: "short" });
}

/** The calendar day `YYYY-MM-DD` of an instant in a zone. */
export function dayIn(tz, instant) {
  return formatter("en-CA", { timeZone: tz, year: "numeric", month: "2-digit", day: "2-digit" }).format(instant);
}

/** The wall time `HH:MM` of an instant in a zone. */
export function wallTimeIn(tz, instant) {
  return formatter("en-GB", { timeZone: tz, hour: "2-digit", minute: "2-digit" }).format(instant);
}

/** The instant of a wall time in a zone; twice corrected, since the offset may change in between. */
export function instantOf(day, time, tz) {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  let guess = wanted;
  for (let turn = 0; turn < 2; turn += 1) {
    const shown = Date.parse(`${dayIn(tz, guess)}T${wallTimeIn(tz, guess)}:00Z`);
    guess += wanted - shown;
  }
  return new Date(guess);
}

/** Tomorrow at nine on the viewer's wall clock. */
export function tomorrowAtNine(now, tz) {
  const noon = Date.parse(`${dayIn(tz, now)}T12:00:00Z`);
  return instantOf(new Date(noon + 86_400_000).toISOString().slice(0, 10), "09:00", tz);
}

/** Yesterday, today, tomorrow, or null when it is further away. */
function nearDay(instant, viewer, now) {
  const days = Math.round((Date.parse(dayIn(viewer.tz, instant)) - Date.parse(dayIn(viewer.tz, now))) / 86_400_000);
  if (Math.abs(days) > 1) return null;
  return new Intl.RelativeTimeFormat(viewer.locale, { numeric: "auto" }).format(days, "day");
}

/** The heading above a day's messages. */
export function dayHeading(instant, viewer, now) {
  const text = nearDay(instant, viewer, now) ?? show(instant, viewer, { weekday: "long", day: "numeric", month: "long" });
  return text.charAt(0).toLocaleUpperCase(viewer.locale) + text.slice(1);
}

const UNITS = [["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** "in 3 hours", "2 days ago". */
export function distance(instant, viewer, now) {
  const seconds = Math.round((instant - now) / 1000);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(viewer.locale, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

const TOKENS = {
  date_num: (instant, viewer) => dayIn(viewer.tz, instant),
  date: (instant, viewer) => show(instant, viewer, { dateStyle: "long" }),
  date_short: (instant, viewer) => show(instant, viewer, { dateStyle: "medium" }),
  date_long: (instant, viewer) => show(instant, viewer, { dateStyle: "full" }),
  time: timeOfDay,
  time_secs: (instant, viewer) => show(instant, viewer, { timeStyle: "medium" }),
  ago: distance,
};

/** Fills Slack's date tokens, `{date_long} {time}`, for the viewer; `_pretty` says "tomorrow" when near. */
export function slackDate(epoch, pattern, viewer, now) {
  const instant = new Date(Number(epoch) * 1000);
  return pattern.replace(/\{(\w+?)(_pretty)?\}/g, (whole, token, pretty) => {
    if (!(token in TOKENS)) return whole;
    return (pretty && nearDay(instant, viewer, now)) || TOKENS[token](instant, viewer, now);
  });
}
