/** `2` or `"25%"` of `total`; percentages round as asked (apimachinery intstr.GetScaledValueFromIntOrPercent). */
export function intOrPercent(value: number | string | undefined, total: number, round: 'up' | 'down'): number {
	if (typeof value !== 'string') return value ?? 0;
	const percent = Number.parseInt(value, 10) || 0;
	return value.endsWith('%') ? Math[round === 'up' ? 'ceil' : 'floor']((percent * total) / 100) : percent;
}
