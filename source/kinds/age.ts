import {parseRfc3339} from '../api/values/time.js';

/** Durations as kubectl prints them. Models apimachinery/pkg/util/duration/duration.go. */
export function humanDuration(ms: number): string {
	const seconds = Math.trunc(ms / 1000);
	if (seconds < -1) return '<invalid>';
	if (seconds < 0) return '0s';
	if (seconds < 120) return `${seconds}s`;
	const minutes = Math.trunc(seconds / 60);
	if (minutes < 10) return both(minutes, 'm', seconds % 60, 's');
	if (minutes < 180) return `${minutes}m`;
	const hours = Math.trunc(minutes / 60);
	if (hours < 8) return both(hours, 'h', minutes % 60, 'm');
	if (hours < 48) return `${hours}h`;
	if (hours < 24 * 8) return both(Math.trunc(hours / 24), 'd', hours % 24, 'h');
	if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24)}d`;
	if (hours < 24 * 365 * 8) return both(Math.trunc(hours / 24 / 365), 'y', Math.trunc(hours / 24) % 365, 'd');
	return `${Math.trunc(hours / 24 / 365)}y`;
}

const both = (large: number, largeUnit: string, small: number, smallUnit: string): string =>
	small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;

export function shortHumanDuration(ms: number): string {
	const seconds = Math.trunc(ms / 1000);
	if (seconds < -1) return '<invalid>';
	if (seconds < 0) return '0s';
	if (seconds < 60) return `${seconds}s`;
	const minutes = Math.trunc(seconds / 60);
	if (minutes < 60) return `${minutes}m`;
	const hours = Math.trunc(minutes / 60);
	if (hours < 24) return `${hours}h`;
	return hours < 24 * 365 ? `${Math.trunc(hours / 24)}d` : `${Math.trunc(hours / 24 / 365)}y`;
}

/** How long ago a timestamp was; `<unknown>` without one. */
export function ageOf(timestamp: string | null | undefined, nowMs: number): string {
	const then = timestamp ? parseRfc3339(timestamp) : undefined;
	return then === undefined ? '<unknown>' : humanDuration(nowMs - then);
}
