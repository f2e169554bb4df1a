// The page's own words; what the bot says comes from the bot.

import { TOUR } from "./tour_words.js";

export const WORDS = {
  en: {
    brand: "Practice workspace", skip: "Skip to the messages", openMenu: "Channels and people",
    playing: "You are {name}. Change person", choosePerson: "Who would you like to be?", findPerson: "Find a person", guest: "guest",
    deactivated: "deactivated", newWindow: "Open in a second window to be two people at once.",
    channels: "Channels", direct: "Direct messages", apps: "Apps", unread: { one: "{count} unread message", other: "{count} unread messages" }, app: "App", private: "private",
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
    tooShort: { one: "Please write at least {count} character.", other: "Please write at least {count} characters." },
    tooLong: { one: "Please write at most {count} character.", other: "Please write at most {count} characters." }, optional: "(optional)",
    charactersLeft: { one: "{count} character left", other: "{count} characters left" },
    failed: "That did not work. Please try again.", unreachable: "The practice workspace does not answer. Nothing was sent.",
    date: "Date", timeOfDay: "Time", choose: "Choose", choices: "Choices", noMatch: "No match", typeMore: { one: "Type at least {count} character", other: "Type at least {count} characters" },
    loading: "Loading…", remove: "Remove {name}", unknownBlock: "“{type}” cannot be shown here", table: "Table", image: "Image",
    everyone: "everyone", notFound: "There is nobody to be here yet.", says: "{name}: {text}", more_options: "More options", dismiss: "Dismiss", older: "Earlier messages are being loaded…",
    refused_is_archived: "This channel is archived.", refused_no_commands_in_threads: "Commands do not work in threads. Write the command in the channel itself.",
    refused_unknown_command: "{name} is not a valid command.", refused_message_not_found: "This message is gone.", refused_unknown_shortcut: "There is no such shortcut.",
    refused_operation_timeout: "{name} did not respond in time (operation_timeout).", refused_nothing_planned: "Nothing of this kind is planned.", refused_story_being_told: "The story so far is being told. Please wait a moment.",
  },
  fr: {
    brand: "Espace d’entraînement", skip: "Aller aux messages", openMenu: "Canaux et personnes",
    playing: "Vous êtes {name}. Changer de personne", choosePerson: "Qui voulez-vous être ?", findPerson: "Chercher une personne", guest: "accès invité",
    deactivated: "compte désactivé", newWindow: "Ouvrez une seconde fenêtre pour être deux personnes à la fois.",
    channels: "Canaux", direct: "Messages directs", apps: "Applications", unread: { one: "{count} message non lu", other: "{count} messages non lus" }, app: "Appli", private: "privé",
    messages: "Messages", home: "Accueil", homeEmpty: "Rien ici pour l’instant : l’application n’a pas publié son accueil.", homeOf: "Accueil de {name}",
    empty: "Aucun message pour l’instant.", newMessages: "Nouveau", edited: "modifié", onlyYou: "Visible uniquement par vous",
    reply: "Répondre dans un fil", replies: { one: "{count} réponse", other: "{count} réponses" }, more: "Autres actions", noActions: "Aucune action ici",
    thread: "Fil", closeThread: "Fermer le fil", write: "Écrire à {where}", writeReply: "Répondre…", send: "Envoyer",
    sendHint: "Entrée envoie, Maj+Entrée va à la ligne", shortcuts: "Raccourcis", suggestions: "Suggestions",
    offline: "{name} n’a pas de connexion. Les messages attendent ; commandes et boutons restent sans réponse.", reconnecting: "Connexion perdue. Nouvel essai…",
    time: "Heure de l’espace", hourLater: "+1 heure", tomorrow: "Demain 09:00", toReminder: "Au prochain rappel",
    toEscalation: "À la prochaine remontée", next: "Ensuite", nothingNext: "Rien n’est prévu.", moved: "Il est maintenant {time}.",
    reset: "Recommencer", resetAsk: "Recommencer l’entraînement ? Tous les messages et changements seront oubliés.", cancel: "Annuler",
    close: "Fermer", areYouSure: "Confirmez-vous ?", yes: "Oui", required: "Veuillez remplir ce champ.",
    tooShort: { one: "Veuillez écrire au moins {count} caractère.", other: "Veuillez écrire au moins {count} caractères." },
    tooLong: { one: "Veuillez écrire au plus {count} caractère.", other: "Veuillez écrire au plus {count} caractères." }, optional: "(facultatif)",
    charactersLeft: { one: "{count} caractère restant", other: "{count} caractères restants" },
    failed: "Cela n’a pas marché. Veuillez réessayer.", unreachable: "L’espace d’entraînement ne répond pas. Rien n’a été envoyé.",
    date: "Date", timeOfDay: "Heure", choose: "Choisir", choices: "Choix", noMatch: "Aucun résultat", typeMore: { one: "Tapez au moins {count} caractère", other: "Tapez au moins {count} caractères" },
    loading: "Chargement…", remove: "Retirer {name}", unknownBlock: "« {type} » ne peut pas être affiché ici", table: "Tableau", image: "Image",
    everyone: "tous", notFound: "Il n’y a encore personne ici.", says: "{name} : {text}", more_options: "Autres options", dismiss: "Fermer", older: "Chargement des messages précédents…",
    refused_is_archived: "Ce canal est archivé.", refused_no_commands_in_threads: "Les commandes ne marchent pas dans un fil. Écrivez la commande dans le canal.",
    refused_unknown_command: "La commande {name} n’existe pas.", refused_message_not_found: "Ce message n’existe plus.", refused_unknown_shortcut: "Ce raccourci n’existe pas.",
    refused_operation_timeout: "{name} n’a pas répondu à temps (operation_timeout).", refused_nothing_planned: "Rien de tel n’est prévu.", refused_story_being_told: "L’histoire jusqu’ici est en train d’être racontée. Un instant.",
  },
  es: {
    brand: "Espacio de práctica", skip: "Ir a los mensajes", openMenu: "Canales y personas",
    playing: "Usted es {name}. Cambiar de persona", choosePerson: "¿Quién quiere ser?", findPerson: "Buscar una persona", guest: "acceso de invitado",
    deactivated: "cuenta desactivada", newWindow: "Abra una segunda ventana para ser dos personas a la vez.",
    channels: "Canales", direct: "Mensajes directos", apps: "Aplicaciones", unread: { one: "{count} mensaje sin leer", other: "{count} mensajes sin leer" }, app: "App", private: "privado",
    messages: "Mensajes", home: "Inicio", homeEmpty: "Aún no hay nada: la aplicación no ha publicado su inicio.", homeOf: "Inicio de {name}",
    empty: "Aún no hay mensajes.", newMessages: "Nuevo", edited: "editado", onlyYou: "Visible solo para usted",
    reply: "Responder en un hilo", replies: { one: "{count} respuesta", other: "{count} respuestas" }, more: "Más acciones", noActions: "No hay acciones aquí",
    thread: "Hilo", closeThread: "Cerrar el hilo", write: "Escribir a {where}", writeReply: "Responder…", send: "Enviar",
    sendHint: "Intro envía, Mayús+Intro empieza otra línea", shortcuts: "Atajos", suggestions: "Sugerencias",
    offline: "{name} no tiene conexión. Los mensajes esperan; los comandos y botones quedan sin respuesta.", reconnecting: "Se perdió la conexión. Nuevo intento…",
    time: "Hora del espacio", hourLater: "+1 hora", tomorrow: "Mañana 09:00", toReminder: "Al próximo recordatorio",
    toEscalation: "A la próxima elevación", next: "Después", nothingNext: "No hay nada previsto.", moved: "Ahora es {time}.",
    reset: "Empezar de nuevo", resetAsk: "¿Empezar la práctica de nuevo? Se olvidarán todos los mensajes y cambios.", cancel: "Cancelar",
    close: "Cerrar", areYouSure: "¿Lo confirma?", yes: "Sí", required: "Rellene este campo.",
    tooShort: { one: "Escriba al menos {count} carácter.", other: "Escriba al menos {count} caracteres." },
    tooLong: { one: "Escriba como máximo {count} carácter.", other: "Escriba como máximo {count} caracteres." }, optional: "(opcional)",
    charactersLeft: { one: "Queda {count} carácter", other: "Quedan {count} caracteres" },
    failed: "No ha funcionado. Inténtelo de nuevo.", unreachable: "El espacio de práctica no responde. No se ha enviado nada.",
    date: "Fecha", timeOfDay: "Hora", choose: "Elegir", choices: "Opciones", noMatch: "Sin resultados", typeMore: { one: "Escriba al menos {count} carácter", other: "Escriba al menos {count} caracteres" },
    loading: "Cargando…", remove: "Quitar {name}", unknownBlock: "«{type}» no se puede mostrar aquí", table: "Tabla", image: "Imagen",
    everyone: "todas las personas", notFound: "Todavía no hay nadie aquí.", says: "{name}: {text}", more_options: "Más opciones", dismiss: "Cerrar", older: "Cargando mensajes anteriores…",
    refused_is_archived: "Este canal está archivado.", refused_no_commands_in_threads: "Los comandos no funcionan en los hilos. Escriba el comando en el canal.",
    refused_unknown_command: "El comando {name} no existe.", refused_message_not_found: "Este mensaje ya no existe.", refused_unknown_shortcut: "Este atajo no existe.",
    refused_operation_timeout: "{name} no respondió a tiempo (operation_timeout).", refused_nothing_planned: "No hay nada de este tipo previsto.", refused_story_being_told: "Se está contando la historia hasta hoy. Espere un momento.",
  },
  ru: {
    brand: "Учебное пространство", skip: "Перейти к сообщениям", openMenu: "Каналы и люди",
    playing: "Вы — {name}. Сменить участника", choosePerson: "Кем вы хотите быть?", findPerson: "Найти участника", guest: "гостевой доступ",
    deactivated: "учетная запись отключена", newWindow: "Откройте второе окно, чтобы действовать сразу за двух участников.",
    channels: "Каналы", direct: "Личные сообщения", apps: "Приложения",
    unread: { one: "{count} непрочитанное сообщение", few: "{count} непрочитанных сообщения", many: "{count} непрочитанных сообщений", other: "{count} непрочитанного сообщения" }, app: "Приложение", private: "закрытый",
    messages: "Сообщения", home: "Главная", homeEmpty: "Здесь пока ничего нет: приложение еще не опубликовало главную страницу.", homeOf: "Главная страница: {name}",
    empty: "Сообщений пока нет.", newMessages: "Новые", edited: "изменено", onlyYou: "Видно только вам",
    reply: "Ответить в обсуждении", replies: { one: "{count} ответ", few: "{count} ответа", many: "{count} ответов", other: "{count} ответа" }, more: "Другие действия", noActions: "Здесь нет действий",
    thread: "Обсуждение", closeThread: "Закрыть обсуждение", write: "Сообщение: {where}", writeReply: "Ответ…", send: "Отправить",
    sendHint: "Enter — отправить, Shift+Enter — новая строка", shortcuts: "Быстрые действия", suggestions: "Подсказки",
    offline: "{name}: нет соединения. Сообщения ждут; команды и кнопки остаются без ответа.", reconnecting: "Соединение потеряно. Новая попытка…",
    time: "Время пространства", hourLater: "+1 час", tomorrow: "Завтра 09:00", toReminder: "К следующему напоминанию",
    toEscalation: "К следующей передаче выше", next: "Далее", nothingNext: "Ничего не запланировано.", moved: "Сейчас {time}.",
    reset: "Начать заново", resetAsk: "Начать тренировку заново? Все сообщения и изменения будут забыты.", cancel: "Отмена",
    close: "Закрыть", areYouSure: "Подтверждаете?", yes: "Да", required: "Заполните это поле.",
    tooShort: { one: "Напишите не менее {count} знака.", few: "Напишите не менее {count} знаков.", many: "Напишите не менее {count} знаков.", other: "Напишите не менее {count} знака." },
    tooLong: { one: "Напишите не более {count} знака.", few: "Напишите не более {count} знаков.", many: "Напишите не более {count} знаков.", other: "Напишите не более {count} знака." }, optional: "(необязательно)",
    charactersLeft: { one: "Остался {count} знак", few: "Осталось {count} знака", many: "Осталось {count} знаков", other: "Осталось {count} знака" },
    failed: "Не получилось. Попробуйте еще раз.", unreachable: "Учебное пространство не отвечает. Ничего не отправлено.",
    date: "Дата", timeOfDay: "Время", choose: "Выбрать", choices: "Варианты", noMatch: "Ничего не найдено",
    typeMore: { one: "Введите не менее {count} знака", few: "Введите не менее {count} знаков", many: "Введите не менее {count} знаков", other: "Введите не менее {count} знака" },
    loading: "Загрузка…", remove: "Убрать: {name}", unknownBlock: "«{type}» нельзя показать здесь", table: "Таблица", image: "Изображение",
    everyone: "все", notFound: "Здесь пока никого нет.", says: "{name}: {text}", more_options: "Другие варианты", dismiss: "Закрыть", older: "Загружаются более ранние сообщения…",
    refused_is_archived: "Этот канал в архиве.", refused_no_commands_in_threads: "В обсуждениях команды не работают. Напишите команду в канале.",
    refused_unknown_command: "Команды {name} нет.", refused_message_not_found: "Этого сообщения больше нет.", refused_unknown_shortcut: "Такого действия нет.",
    refused_operation_timeout: "{name}: ответ не пришел вовремя (operation_timeout).", refused_nothing_planned: "Ничего такого не запланировано.", refused_story_being_told: "Идет рассказ о том, что было до сих пор. Подождите немного.",
  },
  zh: {
    brand: "练习空间", skip: "跳到消息", openMenu: "频道和人员",
    playing: "您是 {name}。更换人员", choosePerson: "您想扮演谁？", findPerson: "查找人员", guest: "访客",
    deactivated: "已停用", newWindow: "再打开一个窗口，即可同时扮演两个人。",
    channels: "频道", direct: "私信", apps: "应用", unread: { other: "{count} 条未读消息" }, app: "应用", private: "非公开",
    messages: "消息", home: "主页", homeEmpty: "这里还没有内容：应用尚未发布其主页。", homeOf: "{name} 的主页",
    empty: "还没有消息。", newMessages: "新消息", edited: "已编辑", onlyYou: "仅您可见",
    reply: "在消息列中回复", replies: { other: "{count} 条回复" }, more: "更多操作", noActions: "此处没有可用操作",
    thread: "消息列", closeThread: "关闭消息列", write: "发消息到 {where}", writeReply: "回复…", send: "发送",
    sendHint: "按 Enter 发送，按 Shift+Enter 换行", shortcuts: "快捷方式", suggestions: "建议",
    offline: "{name} 未连接。消息会等待；命令和按钮得不到回应。", reconnecting: "连接已断开，正在重试…",
    time: "空间时间", hourLater: "+1 小时", tomorrow: "明天 09:00", toReminder: "到下一次提醒",
    toEscalation: "到下一次上报", next: "接下来", nothingNext: "没有任何计划。", moved: "现在是 {time}。",
    reset: "重新开始", resetAsk: "要重新开始练习吗？所有消息和更改都将被清除。", cancel: "取消",
    close: "关闭", areYouSure: "您确定吗？", yes: "是", required: "请填写此字段。",
    tooShort: { other: "请至少输入 {count} 个字符。" }, tooLong: { other: "请最多输入 {count} 个字符。" }, optional: "（选填）",
    charactersLeft: { other: "还可输入 {count} 个字符" },
    failed: "操作未成功，请重试。", unreachable: "练习空间没有响应。没有发送任何内容。",
    date: "日期", timeOfDay: "时间", choose: "选择", choices: "选项", noMatch: "没有匹配项", typeMore: { other: "请至少输入 {count} 个字符" },
    loading: "正在加载…", remove: "移除 {name}", unknownBlock: "此处无法显示“{type}”", table: "表格", image: "图片",
    everyone: "所有人", notFound: "这里还没有人。", says: "{name}：{text}", more_options: "更多选项", dismiss: "关闭", older: "正在加载更早的消息…",
    refused_is_archived: "该频道已归档。", refused_no_commands_in_threads: "消息列中不能使用命令。请在频道中输入命令。",
    refused_unknown_command: "没有 {name} 这个命令。", refused_message_not_found: "该消息已不存在。", refused_unknown_shortcut: "没有这个快捷方式。",
    refused_operation_timeout: "{name} 没有及时响应 (operation_timeout)。", refused_nothing_planned: "没有此类计划。", refused_story_being_told: "正在讲述此前的情况，请稍候。",
  },
  ar: {
    brand: "مساحة التدريب", skip: "الانتقال إلى الرسائل", openMenu: "القنوات والأشخاص",
    playing: "الشخصية الحالية: {name}. تغيير الشخصية", choosePerson: "أي شخصية تريد؟", findPerson: "البحث عن شخص", guest: "دخول ضيف",
    deactivated: "حساب معطل", newWindow: "افتح نافذة ثانية لتؤدي دور شخصين في آن واحد.",
    channels: "القنوات", direct: "الرسائل المباشرة", apps: "التطبيقات",
    unread: { zero: "لا رسائل غير مقروءة", one: "رسالة واحدة غير مقروءة", two: "رسالتان غير مقروءتين", few: "{count} رسائل غير مقروءة", many: "{count} رسالة غير مقروءة", other: "{count} رسالة غير مقروءة" }, app: "تطبيق", private: "خاصة",
    messages: "الرسائل", home: "الصفحة الرئيسية", homeEmpty: "لا شيء هنا بعد: لم ينشر التطبيق صفحته الرئيسية.", homeOf: "الصفحة الرئيسية: {name}",
    empty: "لا رسائل بعد.", newMessages: "جديد", edited: "معدلة", onlyYou: "مرئية لك فقط",
    reply: "الرد في سلسلة", replies: { zero: "لا ردود", one: "رد واحد", two: "ردان", few: "{count} ردود", many: "{count} ردا", other: "{count} رد" }, more: "إجراءات أخرى", noActions: "لا إجراءات هنا",
    thread: "سلسلة الردود", closeThread: "إغلاق السلسلة", write: "رسالة إلى {where}", writeReply: "الرد…", send: "إرسال",
    sendHint: "زر Enter للإرسال، وShift+Enter لسطر جديد", shortcuts: "الاختصارات", suggestions: "الاقتراحات",
    offline: "لا يوجد اتصال مع {name}. الرسائل تنتظر، والأوامر والأزرار تبقى بلا جواب.", reconnecting: "انقطع الاتصال. تجري إعادة المحاولة…",
    time: "وقت المساحة", hourLater: "+1 ساعة", tomorrow: "غدا 09:00", toReminder: "إلى التذكير التالي",
    toEscalation: "إلى التصعيد التالي", next: "التالي", nothingNext: "لا شيء مقرر.", moved: "الوقت الآن {time}.",
    reset: "البدء من جديد", resetAsk: "هل تريد بدء التدريب من جديد؟ ستمحى جميع الرسائل والتغييرات.", cancel: "إلغاء",
    close: "إغلاق", areYouSure: "هل تؤكد ذلك؟", yes: "نعم", required: "يرجى ملء هذا الحقل.",
    tooShort: { zero: "يرجى كتابة نص.", one: "يرجى كتابة حرف واحد على الأقل.", two: "يرجى كتابة حرفين على الأقل.", few: "يرجى كتابة {count} أحرف على الأقل.", many: "يرجى كتابة {count} حرفا على الأقل.", other: "يرجى كتابة {count} حرف على الأقل." },
    tooLong: { zero: "يرجى ترك الحقل فارغا.", one: "يرجى كتابة حرف واحد على الأكثر.", two: "يرجى كتابة حرفين على الأكثر.", few: "يرجى كتابة {count} أحرف على الأكثر.", many: "يرجى كتابة {count} حرفا على الأكثر.", other: "يرجى كتابة {count} حرف على الأكثر." }, optional: "(اختياري)",
    charactersLeft: { zero: "لم يبق أي حرف", one: "بقي حرف واحد", two: "بقي حرفان", few: "بقيت {count} أحرف", many: "بقي {count} حرفا", other: "بقي {count} حرف" },
    failed: "لم ينجح ذلك. يرجى إعادة المحاولة.", unreachable: "مساحة التدريب لا تستجيب. لم يرسل شيء.",
    date: "التاريخ", timeOfDay: "الوقت", choose: "اختيار", choices: "الخيارات", noMatch: "لا نتائج",
    typeMore: { zero: "ابدأ الكتابة", one: "اكتب حرفا واحدا على الأقل", two: "اكتب حرفين على الأقل", few: "اكتب {count} أحرف على الأقل", many: "اكتب {count} حرفا على الأقل", other: "اكتب {count} حرف على الأقل" },
    loading: "جار التحميل…", remove: "إزالة {name}", unknownBlock: "لا يمكن عرض «{type}» هنا", table: "جدول", image: "صورة",
    everyone: "الجميع", notFound: "لا أحد هنا بعد.", says: "{name}: {text}", more_options: "خيارات أخرى", dismiss: "إغلاق", older: "يجري تحميل الرسائل السابقة…",
    refused_is_archived: "هذه القناة مؤرشفة.", refused_no_commands_in_threads: "لا تعمل الأوامر في سلاسل الردود. اكتب الأمر في القناة.",
    refused_unknown_command: "لا يوجد أمر باسم {name}.", refused_message_not_found: "لم تعد هذه الرسالة موجودة.", refused_unknown_shortcut: "لا يوجد اختصار كهذا.",
    refused_operation_timeout: "لم يصل رد {name} في الوقت المحدد (operation_timeout).", refused_nothing_planned: "لا شيء مقرر من هذا النوع.", refused_story_being_told: "يجري سرد ما حدث حتى الآن. يرجى الانتظار لحظة.",
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

/** Why the server did not do it, in the person's language: by its code where that says enough. */
export function refusal({ error, sentence, name = "" }) {
  if (Object.hasOwn(WORDS.en, `refused_${error}`) && (name || error !== "operation_timeout")) return word(`refused_${error}`, { name });
  return language === "en" && sentence ? sentence : `${word("failed")} (${error})`;
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
