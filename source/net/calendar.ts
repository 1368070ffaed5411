const days = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayMs = 86_400_000;

/** `Sat Nov  1 08:45:54 2026`, UTC: C's ctime without the newline. */
export function ctime(ms: number): string {
	const day = Math.floor(ms / dayMs);
	const second = Math.floor((ms - day * dayMs) / 1000);
	const {year, month, date} = civil(day);
	const clock = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60].map(part => String(part).padStart(2, '0')).join(':');
	return `${days[((day % 7) + 7) % 7]} ${months[month]} ${String(date).padStart(2)} ${clock} ${year}`;
}

/** Howard Hinnant's civil_from_days: the Gregorian date of a day counted from 1970-01-01. */
export function civil(day: number): {year: number; month: number; date: number} {
	const shifted = day + 719_468;
	const era = Math.floor(shifted / 146_097);
	const ofEra = shifted - era * 146_097;
	const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
	const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
	const shiftedMonth = Math.floor((5 * ofYear + 2) / 153);
	const month = shiftedMonth < 10 ? shiftedMonth + 2 : shiftedMonth - 10;
	return {year: yearOfEra + era * 400 + (month < 2 ? 1 : 0), month, date: ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1};
}
