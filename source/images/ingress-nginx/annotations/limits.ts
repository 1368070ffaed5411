import type {Cors, RateLimit, RateLimitZone} from '../location-settings.js';
import {readCidrs} from './cidr.js';
import type {AnnotationReader} from './reader.js';
import type {Resolver} from './resolver.js';

const burstFactor = 5;
const sharedMib = 5;

/** annotations/ratelimit/main.go */
export function rateLimit({text, int, ingress}: AnnotationReader, {options}: Resolver): RateLimit | undefined {
	const rate = int('limit-rate') ?? options.limitRate;
	const rateAfter = int('limit-rate-after') ?? options.limitRateAfter;
	const [rpm, rps, connections] = [int('limit-rpm') ?? 0, int('limit-rps') ?? 0, int('limit-connections') ?? 0];
	const factor = int('limit-burst-multiplier') ?? burstFactor;
	const {cidrs, error} = readCidrs(text('limit-allowlist') ?? '');
	if (error !== undefined) return undefined;
	const limited = rpm !== 0 || rps !== 0 || connections !== 0;
	if (!limited && rate === 0 && rateAfter === 0) return undefined;
	const {namespace, name, uid} = ingress.metadata;
	const id = `${namespace}_${name}_${uid ?? ''}`;
	const zone = (kind: string, limit: number): RateLimitZone =>
		limited ? {name: `${id}_${kind}`, limit, burst: limit * factor, sharedSize: sharedMib} : {name: '', limit: 0, burst: 0, sharedSize: 0};
	return {
		id: limited ? id : '',
		name: limited ? id : '',
		connections: zone('conn', connections),
		rps: zone('rps', rps),
		rpm: zone('rpm', rpm),
		rate,
		rateAfter,
		allowlist: limited ? cidrs : [],
	};
}

const defaultHeaders = 'DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization';
const defaultMethods = 'GET, PUT, POST, DELETE, PATCH, OPTIONS';
const origin = /^(([a-z]+:\/\/)(\*\.)?[A-Za-z0-9\-.]*(:[0-9]+)?|\*)$/;

/** annotations/cors/main.go */
export function cors({text, boolean, int, log}: AnnotationReader): Cors | undefined {
	if (!(boolean('enable-cors') ?? false)) return undefined;
	const matching = (value: string | undefined, pattern: RegExp, otherwise: string) =>
		value !== undefined && pattern.test(value) ? value : otherwise;
	return {
		allowOrigin: origins(text('cors-allow-origin'), log),
		allowMethods: matching(text('cors-allow-methods'), /^([A-Za-z]+,?\s?)+$/, defaultMethods),
		allowHeaders: matching(text('cors-allow-headers'), /^([A-Za-z0-9\-_]+,?\s?)+$/, defaultHeaders),
		allowCredentials: boolean('cors-allow-credentials') ?? true,
		exposeHeaders: matching(text('cors-expose-headers'), /^(([A-Za-z0-9\-_]+|\*),?\s?)+$/, ''),
		maxAge: int('cors-max-age') ?? 1_728_000,
	};
}

function origins(value: string | undefined, log: AnnotationReader['log']): readonly string[] {
	const found: string[] = [];
	for (const each of (value ?? '').split(',').map(part => part.trim())) {
		if (each === '') continue;
		if (each === '*') return ['*'];
		if (origin.test(each)) found.push(each);
		else log.plain('E', 'main.go:204', `Error parsing cors-allow-origin parameters. Supplied incorrect origin: ${each}. Skipping.`);
	}

	return found.length > 0 ? found : ['*'];
}
