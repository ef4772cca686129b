/**
 * Month names of the languages LiveJournal printed dates in, January first; where a language bends them, both forms.
 * Abbreviations are prefixes of three letters or more that only one month has.
 */
const months = [
  'january february march april may june july august september october november december',
  'januar februar märz april mai juni juli august september oktober november dezember',
  'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'januari februari maart april mei juni juli augustus september oktober november december',
  'januar februar marts april maj juni juli august september oktober november december',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'januaro februaro marto aprilo majo junio julio aŭgusto septembro oktobro novembro decembro',
  'stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia',
  'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь',
  'января февраля марта апреля мая июня июля августа сентября октября ноября декабря',
  'січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень',
  'січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня',
  'студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня',
].map((names) => names.split(' '));

/** Days of the week, whole and shortened, lower case. */
export const weekdays: ReadonlySet<string> = new Set(
  (
    'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun ' +
    'montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so ' +
    'lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo ' +
    'понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс'
  ).split(' '),
);

/** The month a name or abbreviation stands for, 1 to 12; undefined for other words. */
export function monthOf(name: string): number | undefined {
  const month = byPrefix.get(name.toLowerCase());
  return month === 0 ? undefined : month;
}

/** Every prefix with its month; 0 where two months share it. */
const byPrefix = new Map<string, number>();
for (const language of months) {
  for (const [index, name] of language.entries()) {
    for (let length = 3; length <= name.length; length++) {
      const prefix = name.slice(0, length);
      const before = byPrefix.get(prefix) ?? index + 1;
      byPrefix.set(prefix, before === index + 1 ? before : 0);
    }
  }
}
