import type {Backoff} from '../record.js';

/** Models k8s.io/client-go/util/flowcontrol/backoff.go with the kubelet's numbers. */
const firstMs = 10_000;
const mostMs = 300_000;

/** A crash is measured from the time of the exit. */
export const isBackingOffSince = (backoff: Backoff | undefined, eventMs: number, nowMs: number): boolean =>
	backoff !== undefined && eventMs - backoff.atMs <= mostMs && nowMs - eventMs < backoff.delayMs;

/** A pull is measured from the last try. */
export const isBackingOff = (backoff: Backoff | undefined, nowMs: number): boolean =>
	backoff !== undefined && nowMs - backoff.atMs < backoff.delayMs;

export function nextBackoff(backoff: Backoff | undefined, eventMs: number, nowMs: number): Backoff {
	const fresh = backoff === undefined || eventMs - backoff.atMs > 2 * mostMs;
	return {delayMs: fresh ? firstMs : Math.min(mostMs, backoff.delayMs * 2), atMs: nowMs};
}

/** `10s`, `1m20s`, `5m0s`: a Go duration of whole seconds. */
export function goSeconds(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

/** `213ms`, `1.234s`, `1m2.5s`: a Go duration rounded to milliseconds. */
export function goMillis(ms: number): string {
	if (ms < 1000) return `${ms}ms`;
	const minutes = Math.floor(ms / 60_000);
	const rest = ms - minutes * 60_000;
	const seconds = `${Math.floor(rest / 1000)}.${String(rest % 1000).padStart(3, '0')}`.replace(/\.?0+$/, '');
	return minutes > 0 ? `${minutes}m${seconds || '0'}s` : `${seconds}s`;
}
