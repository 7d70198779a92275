const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))| +(\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?)?$/;

/** The largest of each group of digits; Go's `time.Parse` lets a zone be a whole day away. */
const LARGEST = [9999, 12, 31, 23, 59, 59, 24, 60, 23, 59, 59];

/** Whether a string looks like a timestamp: a tag says so, and an emitter puts it in quotes. */
export function isTimestamp(text: string): boolean {
  if (text.charCodeAt(4) !== 0x2d) return false;
  const match = TIMESTAMP.exec(text);
  if (match === null) return false;
  const numbers = match.slice(1).map((digits: string | undefined) => Number(digits ?? 0));
  if (numbers.some((number, index) => number > (LARGEST[index] ?? 0))) return false;
  const [year = 0, month = 0, day = 0] = numbers;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month > 0 && day > 0 && day <= days;
}
