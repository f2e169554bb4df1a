// The emoji shortcodes that messages commonly use; others stay as written.

const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", negative_squared_cross_mark: "❎",
  large_green_circle: "🟢", green_circle: "🟢", large_yellow_circle: "🟡", large_orange_circle: "🟠", red_circle: "🔴",
  large_red_circle: "🔴", large_blue_circle: "🔵", large_purple_circle: "🟣", white_circle: "⚪", black_circle: "⚫",
  large_green_square: "🟩", large_yellow_square: "🟨", large_red_square: "🟥", white_large_square: "⬜", warning: "⚠️",
  no_entry: "⛔", no_entry_sign: "🚫", octagonal_sign: "🛑", rotating_light: "🚨", exclamation: "❗", question: "❓",
  grey_question: "❔", bangbang: "‼️", information_source: "ℹ️", memo: "📝", pencil: "📝", pencil2: "✏️", clipboard: "📋",
  page_facing_up: "📄", bookmark_tabs: "📑", scroll: "📜", calendar: "📆", date: "📅", spiral_calendar_pad: "🗓️",
  alarm_clock: "⏰", clock1: "🕐", clock9: "🕘", hourglass: "⌛", hourglass_flowing_sand: "⏳", stopwatch: "⏱️", bell: "🔔",
  no_bell: "🔕", mega: "📣", loudspeaker: "📢", speech_balloon: "💬", thought_balloon: "💭", email: "📧", envelope: "✉️",
  inbox_tray: "📥", outbox_tray: "📤", package: "📦", link: "🔗", paperclip: "📎", pushpin: "📌", round_pushpin: "📍",
  lock: "🔒", unlock: "🔓", key: "🔑", mag: "🔍", mag_right: "🔎", bulb: "💡", gear: "⚙️", wrench: "🔧", hammer: "🔨",
  scales: "⚖️", classical_building: "🏛️", office: "🏢", house: "🏠", globe_with_meridians: "🌐", earth_africa: "🌍",
  earth_americas: "🌎", earth_asia: "🌏", satellite: "📡", satellite_antenna: "📡", telephone: "☎️", computer: "💻",
  chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊", ladder: "🪜", traffic_light: "🚦",
  vertical_traffic_light: "🚦", construction: "🚧", dart: "🎯", trophy: "🏆", tada: "🎉", sparkles: "✨", star: "⭐",
  rocket: "🚀", fire: "🔥", zap: "⚡", seedling: "🌱", palm_tree: "🌴", airplane: "✈️", coffee: "☕", wave: "👋",
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", raised_hands: "🙌", clap: "👏", pray: "🙏", hand: "✋",
  raised_hand: "✋", point_right: "👉", point_left: "👈", point_up: "☝️", eyes: "👀", bust_in_silhouette: "👤",
  busts_in_silhouette: "👥", handshake: "🤝", smile: "😄", slightly_smiling_face: "🙂", thinking_face: "🤔", zzz: "💤",
  heart: "❤️", arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", arrow_upper_right: "↗️",
  arrow_lower_right: "↘️", arrows_counterclockwise: "🔄", repeat: "🔁", leftwards_arrow_with_hook: "↩️", new: "🆕",
  soon: "🔜", end: "🔚", back: "🔙", sos: "🆘", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣",
  zero: "0️⃣", small_blue_diamond: "🔹", small_orange_diamond: "🔸", black_small_square: "▪️", white_small_square: "▫️",
  heavy_plus_sign: "➕", heavy_minus_sign: "➖", robot_face: "🤖", crescent_moon: "🌙", sunny: "☀️", books: "📚", newspaper: "📰",
};

/** The picture for a shortcode without its colons, or undefined. */
export function emoji(name) {
  return Object.hasOwn(EMOJI, name) ? EMOJI[name] : undefined;
}

/** Plain text with its shortcodes as pictures. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) ?? whole);
}
